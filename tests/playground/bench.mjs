// SPDX-License-Identifier: GPL-2.0-or-later
// tests/bench/playground: sizes and times of the page, as a table.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { built, launch, lwsim, openPage, picture, read, scenarios } from './lib.mjs';
import { writeLink } from '../../sim/playground/page/link.mjs';

const STARTS = 10;
const KEYS = 40;
const KEYS_OF_EACH = 10;
const KEY_DELAY_MS = 80;
const SLOWEST = 5;

const devices300 = `kernel   6.1
hz       1000
0        ip link add d{0..299} type dummy
1        ip link set d{0..299} up
2        ip link set d{0..299} carrier off
`;
const storm60 = `kernel   6.1
hz       1000
0        virtnet_probe eth0 status=on
1        setlink eth0 up
         repeat 6000 every 10ms {
             virtnet_config_changed eth0 link=down
+5ms         virtnet_config_changed eth0 link=up
         }
`;

function quantile(values, part) {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}

function row(name, values, cpu_ms) {
	const cells = [quantile(values, 0.5), quantile(values, 0.95), ...cpu_ms === undefined ? [] : [cpu_ms]];
	console.log(`${name.padEnd(48)}${cells.map((value) => `${Math.round(value)} ms`.padStart(9)).join('')}`);
}

// Processor time of the page's thread so far, which other programs on the machine hardly change.
async function cpuOf(session) {
	const { metrics } = await session.send('Performance.getMetrics');
	return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
}

const browser = await launch();

// From the request of the page to the picture on the screen.
async function start() {
	const page = await openPage(browser, '');
	const took = await (await page.waitForFunction(() => performance.getEntriesByName('picture')[0]?.startTime)).jsonValue();
	await page.context().close();
	return took;
}

// From a key to the frame that shows its picture, a comment growing at the end of the text.
async function typing(text, keys = KEYS) {
	const page = await openPage(browser, await writeLink({ text: `${text}# ` }));
	await picture(page);
	await page.click('.cm-content');
	await page.keyboard.press('Control+End');
	const session = await page.context().newCDPSession(page);
	await session.send('Performance.enable', { timeDomain: 'threadTicks' });
	const from = await cpuOf(session);
	const times = [];
	for (let i = 0; i < keys; i++) {
		await page.evaluate(() => {
			window.shown = new Promise((resolve) => {
				let from;
				addEventListener('keydown', () => { from = performance.now(); }, { once: true, capture: true });
				new MutationObserver((_changes, observer) => {
					observer.disconnect();
					requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - from)));
				}).observe(document.getElementById('picture-frame'), { childList: true });
			});
		});
		await page.keyboard.press('x');
		times.push(await page.evaluate(() => window.shown));
	}
	const cpu_ms = (await cpuOf(session) - from) / keys;
	await page.context().close();
	return { times, cpu_ms };
}

// From a key to the frame that shows its letter, while somebody types without a pause.
async function letters(text, keys) {
	const page = await openPage(browser, await writeLink({ text: `${text}# ` }));
	await picture(page);
	await page.click('.cm-content');
	await page.keyboard.press('Control+End');
	await page.evaluate(() => {
		window.letters = [];
		addEventListener('keydown', ({ timeStamp }) => requestAnimationFrame(() => setTimeout(() => window.letters.push(performance.now() - timeStamp))), true);
	});
	await page.keyboard.type('x'.repeat(keys), { delay: KEY_DELAY_MS });
	await page.waitForFunction((count) => window.letters.length > count, keys - 1);
	const times = await page.evaluate(() => window.letters);
	await page.context().close();
	return times;
}

async function typingRow(name, text) {
	const { times, cpu_ms } = await typing(text);
	row(name, times, cpu_ms);
}

const size = (name) => {
	const bytes = readFileSync(join(built, name));
	console.log(`${name.padEnd(48)}${String(bytes.length).padStart(9)} bytes, ${gzipSync(bytes, { level: 9 }).length} compressed`);
};
['lwsim.html', 'site/app.js', 'site/lwsim.wasm', 'site/contents.json'].forEach(size);
console.log(`\n${''.padEnd(48)}${['median', 'p95', 'page CPU'].map((head) => head.padStart(9)).join('')}`);
await start();
const starts = [];
for (let i = 0; i < STARTS; i++)
	starts.push(await start());
row('start to the picture of the two cables', starts);
await typingRow('key to picture: microvm.lw, 3 kernels', read('scenarios/microvm.lw').replace(/^-- [^]*/m, ''));
await typingRow('key to picture: 300 devices', devices300);
await typingRow('key to picture: a storm of 60 s, 12000 flaps', storm60);

// Every scenario of the tree of under 100 lines, without its snapshots.
const all = [];
for (const path of scenarios.filter((name) => !name.includes('/bad/'))) {
	const text = read(path).replace(/^-- [^]*/m, '');
	if (text.split('\n').length <= 100 && lwsim(path, 'check').code === 0)
		all.push({ path, times: await letters(text, KEYS_OF_EACH) });
}
row(`key to letter: ${all.length} scenarios under 100 lines`, all.flatMap(({ times }) => times));
const median = ({ times }) => quantile(times, 0.5);
for (const one of all.sort((a, b) => median(b) - median(a)).slice(0, SLOWEST))
	row(`    ${one.path.replace('scenarios/', '')}`, one.times);
await browser.close();
