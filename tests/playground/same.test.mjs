// SPDX-License-Identifier: GPL-2.0-or-later
// In the browser, too, every scenario has the native program's picture, story, table, lanes and messages.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { launch, lwsim, lwsimPicture, openPage, read, scenarios } from './lib.mjs';
import { writeLink } from '../../sim/playground/page/link.mjs';

let browser;
let page;

before(async () => {
	browser = await launch();
	page = await openPage(browser, 'own');
});

after(() => browser.close());

// What `lwsim check` prints as "FILE:LINE:COL: SEVERITY: TEXT", filled into lines, and the line with a caret under it: as
// the page lists it.
function listed(printed) {
	const messages = [];
	for (const line of printed.split('\n').filter((one) => one && !/^ *\d* +\| /.test(one))) {
		const [, number, severity, text] = /^(?:\S+?:(?:(\d+):\d+:)? )?(error|warning|note): (.*)$/.exec(line) ?? [];
		if (text === undefined)
			messages.push(`${messages.pop()} ${line.trim()}`);
		else
			messages.push(`${severity}: ${number ? `line ${number}: ` : ''}${text}`);
	}
	return messages;
}

async function copied(id) {
	await page.evaluate((button) => {
		window.copied = undefined;
		document.getElementById(button).click();
	}, id);
	return (await page.waitForFunction(() => window.copied)).jsonValue();
}

// CodeMirror takes no text with a carriage return or without UTF-8 as it is.
const canBeTyped = (path) => !/bad-(nul|utf8)/.test(path) && !read(path).includes('\r') && read(path).length < 100000;

for (const path of scenarios.filter(canBeTyped))
	test(path, async () => {
		const link = await writeLink({ text: read(path) });
		await page.evaluate((fragment) => new Promise((resolve) => {
			// the status is said anew after each run
			const observer = new MutationObserver(() => {
				observer.disconnect();
				resolve();
			});
			observer.observe(document.getElementById('status'), { childList: true });
			location.hash = fragment;
		}), link);
		const check = lwsim(path, 'check');
		const problems = await page.locator('#problems > li.error, #problems > li.warning, #problems > li.note').allTextContents();
		assert.deepEqual(problems, listed(check.err));
		if (check.code === 2)
			return;
		assert.equal(await page.textContent('#table'), lwsim(path, 'compare').out);
		assert.equal(await copied('copy-story'), lwsim(path, 'explain').out);
		const name = path.split('/').at(-1);
		assert.equal((await copied('copy-svg')).replace('>scenario.lw, HZ', `>${name}, HZ`), lwsimPicture(path));
	});

test('the picture can be saved', async () => {
	await page.evaluate(() => { location.hash = 'start/microvm'; });
	await page.waitForFunction(() => /microVM/.test(document.getElementById('picture-frame').textContent));
	await page.click('#share summary');
	const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save-svg')]);
	assert.equal(download.suggestedFilename(), 'microvm.svg');
	assert.match(readFileSync(await download.path(), 'utf8'), /^<\?xml[^]*microVM/);
	assert.deepEqual(page.faults, []);
});
