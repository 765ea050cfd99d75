// SPDX-License-Identifier: GPL-2.0-or-later
// tests/bench/playground: sizes and times of the page, as a table.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { built, launch, lwsim, openPage, picture, read, scenarios } from './lib.mjs';
import { writeLink } from '../../sim/playground/page/link.mjs';

const STARTS = 10;
const KEYS = 40;
const KEYS_OF_EACH = 5;
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

function row(name, values) {
	console.log(`${name.padEnd(44)}${[quantile(values, 0.5), quantile(values, 0.95)].map((value) => `${Math.round(value)} ms`.padStart(9)).join('')}`);
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
	await page.context().close();
	return times;
}

const size = (name) => {
	const bytes = readFileSync(join(built, name));
	console.log(`${name.padEnd(44)}${String(bytes.length).padStart(9)} bytes, ${gzipSync(bytes, { level: 9 }).length} compressed`);
};
['lwsim.html', 'site/app.js', 'site/lwsim.wasm', 'site/contents.json'].forEach(size);
console.log(`\n${''.padEnd(44)}${'median'.padStart(9)}${'p95'.padStart(9)}`);
await start();
const starts = [];
for (let i = 0; i < STARTS; i++)
	starts.push(await start());
row('start to the picture of the two cables', starts);
row('key to picture: microvm.lw, 3 kernels', await typing(read('scenarios/microvm.lw').replace(/^-- [^]*/m, '')));
row('key to picture: 300 devices', await typing(devices300));
row('key to picture: a storm of 60 s, 12000 flaps', await typing(storm60));

// Every scenario of the tree of under 100 lines, without its snapshots.
const all = [];
for (const path of scenarios.filter((name) => !name.includes('/bad/'))) {
	const text = read(path).replace(/^-- [^]*/m, '');
	if (text.split('\n').length <= 100 && lwsim(path, 'check').code === 0)
		all.push({ path, ms: quantile(await typing(text, KEYS_OF_EACH), 0.5) });
}
row(`key to picture: ${all.length} scenarios under 100 lines`, all.map(({ ms }) => ms));
for (const { path, ms } of all.sort((a, b) => b.ms - a.ms).slice(0, SLOWEST))
	row(`    ${path.replace('scenarios/', '')}`, [ms]);
await browser.close();
