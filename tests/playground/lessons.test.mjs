// SPDX-License-Identifier: GPL-2.0-or-later
// Each lesson in the page: a wrong edit does not answer it, the right one does. The edits are tests/cli/lesson_try.sh's.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { launch, openPage, picture, read, type } from './lib.mjs';

let browser;

before(async () => {
	browser = await launch();
});

after(() => browser.close());

const edits = /^edits='\n([^']*)'$/m.exec(read('tests/cli/lesson_try.sh'))[1].trim().split('\n').map((line) => line.split('|'));
const sed = (text, script) => execFileSync('sed', ['-e', script], { input: text, encoding: 'utf8' });

assert.equal(edits.length, 12);
for (const [number, right, wrong] of edits)
	test(`lesson ${number}`, async () => {
		const page = await openPage(browser, `learn/${number}`);
		await picture(page);
		await page.evaluate(() => document.getElementById('copy-lw').click());
		const copy = await page.evaluate(() => window.copied);
		assert.doesNotMatch(copy, /^#[=!]/m);
		await type(page, sed(copy, wrong));
		await page.waitForFunction(() => /^Not yet/.test(document.getElementById('verdict').textContent));
		assert.equal(await page.isVisible('#answer'), false);
		await type(page, sed(copy, right));
		await page.waitForSelector('#verdict.right');
		assert.ok((await page.textContent('#answer')).length > 20);
		assert.deepEqual(page.faults, []);
		await page.context().close();
	});
