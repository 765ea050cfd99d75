// SPDX-License-Identifier: GPL-2.0-or-later
// How the page looks: nothing wider than the window, no serious finding of axe-core, in light and dark, narrow and wide.
// Screenshots to look at are in build/playground/screenshots/.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axePath, built, launch, openPage, picture } from './lib.mjs';

const folder = join(built, 'screenshots');
let browser;

before(async () => {
	mkdirSync(folder, { recursive: true });
	browser = await launch();
});

after(() => browser.close());

const wait = { learn: '.path', reports: '.cards' };

async function look(fragment, width, colorScheme, work = async () => {}) {
	const page = await openPage(browser, fragment, { viewport: { width, height: 900 }, colorScheme, bypassCSP: true, reducedMotion: 'reduce' });
	if (wait[fragment])
		await page.waitForSelector(wait[fragment]);
	else
		await picture(page);
	await work(page);
	await page.evaluate(() => document.getElementById('editor').scrollIntoView()); // CodeMirror draws what is in view
	await page.waitForTimeout(100);
	await page.screenshot({ path: join(folder, `${fragment.replaceAll('/', '-') || 'start'}-${width}-${colorScheme}.png`), fullPage: true });
	assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the page is wider than the window');
	await page.addScriptTag({ path: axePath });
	const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
	assert.deepEqual(violations.filter(({ impact }) => ['serious', 'critical'].includes(impact))
		.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 150)).slice(0, 3).join(' | ')}`), []);
	assert.deepEqual(page.faults, []);
	await page.context().close();
}

const steps = async (page) => {
	await page.click('#tab-play');
	await page.waitForSelector('.cursor', { state: 'attached' });
	await page.click('#play-forward');
};
const wrong = async (page) => {
	await page.click('.cm-content');
	await page.keyboard.insertText('x');
	await page.waitForSelector('.stale');
};

for (const [fragment, work] of [['start'], ['start/microvm', steps], ['start/cost'], ['learn'], ['learn/5'], ['reports'],
	['reports/frr_14481_down_never_told', (page) => page.waitForSelector('#still table')], ['own', wrong], ['embed/start']])
	for (const width of [360, 800, 1440, 2000])
		for (const scheme of width === 800 ? ['light'] : ['light', 'dark'])
			test(`${fragment}, ${width} pixels, ${scheme}`, () => look(fragment, width, scheme, work));
