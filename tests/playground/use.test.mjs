// SPDX-License-Identifier: GPL-2.0-or-later
// The page in a browser, as people use it: typing, clicks, keys, files, links, reload.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { launch, lwsim, openPage, pageUrl, picture, read, says, type } from './lib.mjs';

let browser;
const pages = [];

before(async () => {
	browser = await launch();
});

after(() => browser.close());

afterEach(async () => {
	for (const page of pages.splice(0)) {
		const { faults } = page;
		await page.context().close();
		assert.deepEqual(faults, []);
	}
});

async function open(fragment, options) {
	const page = await openPage(browser, fragment, options);
	pages.push(page);
	return page;
}

const chips = (page) => page.locator('#kernel-chips .chip').allTextContents().then((all) => all.map((text) => text.replace('×', '')));
const editorText = (page) => page.evaluate(async () => {
	document.getElementById('copy-lw').click();
	await Promise.resolve();
	return window.copied;
});
const rowsOf = (csv) => csv.trim().split('\n').slice(1).map((row) => row.split(',')).map((row) => [parseInt(row[1], 10), row[3]]);
const marked = (page) => page.locator('.marked-line').allTextContents();

const MICROVM = read('scenarios/microvm.lw').replace(/^-- [^]*/m, '');
const MONITOR = `[2026-01-01T10:00:00.000000] 2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq state UP group default
[2026-01-01T10:00:05.000000] 2: eth0: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc fq state DOWN group default
`;

test('the page starts with the two cables, and their picture comes before their text', async () => {
	const page = await open('');
	await picture(page);
	assert.match(await page.textContent('#picture-frame'), /two cables pulled together/);
	assert.match(await page.textContent('#story'), /eth1 has an event \(carrier off\), not urgent/);
	assert.ok((await page.locator('#picture-frame').boundingBox()).y < (await page.locator('#editor').boundingBox()).y);
});

test('the figures in the text of the start pages are those of the runs', async () => {
	const page = await open('start/microvm');
	await picture(page);
	const [, wait] = /^5\.8 +eth0 +(\d+)ms/m.exec(await page.textContent('#table'));
	assert.match(await page.textContent('#intro'), new RegExp(`the client waits ${wait} ms`));
	const cost = await open('start/cost');
	await picture(cost);
	const most = [...(await cost.textContent('#table')).matchAll(/^6\.1 +d0 .* (\d+)$/gm)].map(([, count]) => count);
	assert.equal(most.length, 4);
	assert.match(await cost.textContent('#intro'), new RegExp(`woken ${most[3]} times in 0\\.8 s`));
	const totals = [...(await cost.textContent('#table')).matchAll(/^6\.1 +d0 .* (\d+) +\d+$/gm)].map(([, count]) => Number(count));
	assert.match(await cost.textContent('#intro'), new RegExp(`too: ${totals[0]} messages on 6\\.1, ${totals[3] - most[3]} with both`));
});

test('a wrong text: message at its place, the last picture dimmed; corrected, all is well', async () => {
	const page = await open('own');
	await picture(page);
	await type(page, '0 ip link add d0 type dumy\n');
	await says(page, /1 error/);
	assert.match(await page.textContent('#problems'), /error: line 1: unknown type 'dumy', did you mean 'dummy'\?/);
	assert.equal(await page.textContent('.cm-lintRange-error'), 'dumy');
	assert.equal(await page.locator('#picture-frame.stale svg').count(), 1);
	await type(page, '0 ip link add d0 type dummy\n');
	await picture(page);
	assert.match(await page.textContent('#picture-frame'), /d0/);
	assert.equal(await page.locator('#problems').isVisible(), false);
	await type(page, '0 ip link add d0 type dumy\n');
	await says(page, /1 error/);
	await page.reload();
	await says(page, /1 error/);
	assert.match(await page.textContent('#picture-note'), /^Line 1: unknown type 'dumy'/);
	assert.equal(await page.isVisible('#picture-frame'), false);
	assert.deepEqual(await chips(page), ['6.1']);
	await page.click('#start-again');
	await picture(page);
	await page.click('text=Bring back the text that was here before');
	await says(page, /1 error/);
});

test('the skip button goes to the editor, and a question keeps the focus', async () => {
	const page = await open('');
	await picture(page);
	await page.focus('#skip');
	await page.keyboard.press('Enter');
	await page.waitForFunction(() => document.activeElement.classList.contains('cm-content'));
	assert.ok(await page.evaluate(() => document.getElementById('editor').getBoundingClientRect().top < innerHeight / 2));
	await page.focus('.questions a:nth-child(2)');
	await page.keyboard.press('Enter');
	await page.waitForFunction(() => document.activeElement.hash === '#start/microvm');
	await page.click('#nav a[href="#learn"]');
	await page.waitForSelector('.path');
	assert.equal(await page.textContent('#status'), '');
});

test('the story is one stop of the Tab key', async () => {
	const page = await open('');
	await picture(page);
	await page.focus('#story .sentence');
	await page.keyboard.press('ArrowDown');
	assert.match(await page.evaluate(() => document.activeElement.textContent), /^notification: eth0/);
	await page.keyboard.press('Tab');
	assert.ok(await page.evaluate(() => !document.activeElement.closest('#story')));
});

test('in a narrow window the picture shows the answer, and its hint stands before it', async () => {
	const page = await open('start/microvm', { viewport: { width: 390, height: 800 } });
	await picture(page);
	const right = await page.locator('#picture-frame text', { hasText: 'UP to RUNNING: 614ms' }).first()
		.evaluate((text) => text.getBoundingClientRect().right);
	assert.ok(right <= 390, `it ends at ${right}`);
	const top = (selector) => page.locator(selector).boundingBox().then(({ y }) => y);
	await page.waitForSelector('#sideways.needed');
	assert.match(await page.textContent('#sideways'), /From top to bottom: 5\.8, 5\.8\+urgent-event, 5\.8\+urgent-event\+setlink-event\.$/);
	assert.ok(await top('#sideways') < await top('#picture-frame'));
	await page.click('#tab-play');
	await page.waitForSelector('.cursor', { state: 'attached' });
	assert.ok(await page.locator('#play-forward').evaluate((step) => {
		const { top: from, bottom } = step.getBoundingClientRect();
		return from >= 0 && bottom <= innerHeight;
	}));
});

test('an expectation that fails stands at its line, with why', async () => {
	const page = await open('own');
	await type(page, '0 ip link add d0 type dummy\n1 ip link set d0 up\n  expect d0 running no\n');
	await says(page, /1 expectation failed/);
	assert.equal(await page.textContent('.cm-lintRange-warning'), 'no');
	await page.click('#problems summary');
	assert.match(await page.textContent('#problems'), /fails on 6.1: line 3[^]*ip link set d0 up/);
});

test('marks of the picture lead to their line, and a line to its marks', async () => {
	const page = await open('start/microvm');
	await picture(page);
	await page.locator('#picture-frame .spot[data-line="14"]').first().click();
	assert.match((await marked(page))[0], /setlink eth0 up/);
	assert.match(await page.textContent('#story .chosen'), /setlink eth0 up/);
	await page.keyboard.press('ArrowDown');
	await page.locator('.cm-line', { hasText: 'virtnet_probe eth0' }).click();
	assert.deepEqual(await page.evaluate(() => [...new Set([...document.querySelectorAll('.spot.linked')].map((spot) => spot.dataset.line))]), ['11']);
});

test('with the keyboard alone: to a mark, its reason, its line, and out of the editor', async () => {
	const page = await open('');
	await picture(page);
	await page.focus('#primer summary');
	await page.keyboard.press('Tab'); // the frame is no stop of its own
	await page.keyboard.press('ArrowRight');
	assert.match(await page.textContent('#tip'), /setlink eth\{0\.\.1\} up/);
	await page.keyboard.press('Enter');
	assert.match((await marked(page))[0], /setlink eth/);
	assert.ok(await page.evaluate(() => document.activeElement.classList.contains('cm-content')));
	await page.keyboard.press('Tab');
	assert.ok(await page.evaluate(() => !document.activeElement.closest('.cm-content')));
});

test('completion has the words of the parser', async () => {
	const page = await open('own');
	await type(page, '0 virtnet_pr');
	await page.keyboard.press('Control+Space');
	await page.waitForSelector('.cm-tooltip-autocomplete');
	assert.match(await page.textContent('.cm-tooltip-autocomplete'), /virtnet_probe/);
	await page.waitForTimeout(100); // CodeMirror takes no Enter in the first 75 ms
	await page.keyboard.press('Enter');
	assert.match(await editorText(page), /virtnet_probe$/);
});

test('in a narrow window menus stay in it', async () => {
	const page = await open('start/microvm', { viewport: { width: 360, height: 740 } });
	await picture(page);
	for (const menu of ['#kernel-add', '#share']) {
		await page.click(`${menu} summary`);
		await page.waitForFunction((inside) => document.querySelector(inside).getBoundingClientRect().bottom <= innerHeight + 1, `${menu} > :not(summary)`);
		const { x, width } = await page.locator(`${menu} > :not(summary)`).boundingBox();
		assert.ok(x >= 0 && x + width <= 360, `${menu}: ${x} to ${x + width}`);
	}
});

test('kernels: add one with a change, remove one, back to those of the file', async () => {
	const page = await open('');
	await picture(page);
	await page.click('#kernel-add summary');
	await page.selectOption('#kernel-version', '5.8');
	await page.check('#kernel-changes [value=urgent-event]');
	await page.click('#kernel-form [type=submit]');
	await page.waitForFunction(() => document.querySelectorAll('.chip').length === 2);
	assert.deepEqual(await chips(page), ['6.1', '5.8+urgent-event']);
	assert.match(await page.textContent('#table'), /5\.8\s*\n.*\+urgent-event|5\.8\+urgent-event/);
	await page.click('[aria-label="Remove kernel 6.1"]');
	await page.waitForFunction(() => document.querySelectorAll('.chip').length === 1);
	assert.deepEqual(await chips(page), ['5.8+urgent-event']);
	await page.click('#kernels-own');
	await says(page, /Ran on 6\.1:/);
	assert.deepEqual(await chips(page), ['6.1']);
});

test('menus close on Escape and when the focus goes on', async () => {
	const page = await open('');
	await picture(page);
	await page.click('#kernel-add summary');
	await page.keyboard.press('Escape');
	assert.equal(await page.isVisible('#kernel-form'), false);
	assert.ok(await page.evaluate(() => document.activeElement.matches('#kernel-add summary')));
	await page.keyboard.press('Enter');
	assert.ok(await page.isVisible('#kernel-form'));
	await page.focus('#copy-link');
	assert.equal(await page.isVisible('#kernel-form'), false);
});

test('a slider sets a parameter; the wait shrinks, and the curve is the one of lwsim sweep', async () => {
	const page = await open('start/microvm');
	await page.waitForSelector('.curve');
	const slide = (value) => page.locator('#param-open').evaluate((slider, to) => {
		slider.value = to;
		slider.dispatchEvent(new Event('input'));
	}, value);
	await slide(900e6);
	await page.waitForFunction(() => /5\.8 +eth0 +114ms/.test(document.getElementById('table').textContent));
	assert.equal(await page.textContent('#params output'), '900ms');
	await page.waitForFunction(() => /5\.8, 5\.8\+urgent-event: 114ms/.test(document.querySelector('.legend').textContent));
	const label = await page.getAttribute('.curve > svg', 'aria-label');
	const rows = lwsim('scenarios/microvm.lw', 'sweep', '--vary', 'open=0ms,1200ms', '--kernel', '5.8').out.split('\n');
	assert.match(label, new RegExp(`5\\.8 and 5\\.8\\+urgent-event: ${Number(rows[1].split(',')[3]) / 1000}s at 0ms, ${rows[2].split(',')[3]}ms at 1\\.2s`));
	assert.equal(await page.textContent('.slide label'), 'open how long after the probe');
	const every = rowsOf(lwsim('scenarios/microvm.lw', 'sweep', '--vary', 'open=0ms..1200ms/20ms', '--kernel', '5.8').out);
	const free = every.findLast(([, wait]) => wait !== '0')[0] + 20;
	assert.equal(await page.textContent('.limits'), `5.8, 5.8+urgent-event: no wait from ${free / 1000}s on; ` +
		'5.8+urgent-event+setlink-event: no wait at any value. The values are 20ms apart.');
	await slide(610e6); // between two points of the curve
	await page.waitForFunction(() => /5\.8, 5\.8\+urgent-event: 404ms/.test(document.querySelector('.legend').textContent));
	await page.click('.slide .quiet');
	await page.waitForFunction(() => /5\.8 +eth0 +614ms/.test(document.getElementById('table').textContent));
	assert.equal(await page.isVisible('#changed'), false);
});

test('off the value of the file, expectations are no failures, and the page says what was moved', async () => {
	const page = await open('start/cost');
	await picture(page);
	await page.locator('#param-times').evaluate((slider) => {
		slider.value = 1;
		slider.dispatchEvent(new Event('input'));
	});
	await page.waitForSelector('#problems .soft');
	assert.match(await page.textContent('#problems'), /written for times = 40\.differs on 6\.1\+setlink-event: line 20/);
	assert.equal(await page.locator('#problems .fail, .cm-lintRange-warning').count(), 0);
	assert.match(await page.textContent('#changed'), /^You moved times to 1;/);
	await page.click('#start-again');
	await page.waitForSelector('#problems', { state: 'hidden' });
	assert.equal(await page.isVisible('#sideways'), false);
});

test("a lesson's goals are not failures before anything was touched", async () => {
	const page = await open('learn/1');
	await picture(page);
	assert.match(await page.textContent('#problems'), /^goal, not met yet: line 19/);
	assert.equal(await page.locator('#problems .fail, .cm-lintRange-warning').count(), 0);
});

test('step by step, forward and back, with the list, the limit and the timer', async () => {
	const page = await open('start/microvm');
	await picture(page);
	await page.click('#tab-play');
	await page.waitForSelector('.cursor', { state: 'attached' });
	const x = () => page.getAttribute('.cursor', 'x1').then(Number);
	const first = await x();
	await page.click('#play-forward');
	assert.match(await page.textContent('#play-when'), /Step 2 of 3: 0\.410000 s, jiffy 102/);
	assert.match(await page.textContent('#play-list'), /^eth0: an event waits/);
	assert.match(await page.textContent('#play-window'), /until 1\.008000, 598ms from now/);
	assert.match(await page.textContent('#play-work'), /fires at 1\.024000, in 614ms/);
	assert.match(await page.textContent('#play-devices'), /stale/);
	assert.ok(await x() > first);
	assert.match((await marked(page))[0], /setlink eth0 up/);
	await page.keyboard.press('ArrowLeft');
	assert.equal(await x(), first);
	await page.click('#play-last');
	assert.match((await marked(page))[0], /virtnet_probe eth0/); // what the timer's run comes from
	assert.equal(await page.locator('.pinned').count(), 0);
	assert.ok(await page.isDisabled('#play-forward'));
	await page.click('#tab-story');
	assert.equal(await page.locator('.cursor').count(), 0);
});

test('a lesson: not yet, then right; the answer shows, and the path remembers it', async () => {
	const page = await open('learn/5');
	await picture(page);
	assert.equal(await page.isVisible('#answer'), false);
	const copy = await editorText(page);
	await type(page, copy.replace('+5ms', '+900ms'));
	await page.waitForFunction(() => /Not yet/.test(document.getElementById('verdict').textContent));
	await type(page, copy.replace('         expect eth1 notify', '         # expect eth1 notify'));
	await page.waitForFunction(() => /missing; put it back/.test(document.getElementById('verdict').textContent));
	await type(page, copy.replace('+5ms', '+1s'));
	await page.waitForSelector('#verdict.right');
	assert.match(await page.textContent('#verdict'), /^Yes, that is it, on 6\.1\./);
	await page.click('#verdict button');
	assert.ok(await page.evaluate(() => document.activeElement.id === 'answer'));
	await page.goto(`${pageUrl}#learn`);
	await page.reload();
	await page.waitForSelector('.path .done');
	assert.match(await page.textContent('.path .done'), /the rate limit.*answered/);
});

test('the answer of a lesson can be shown', async () => {
	const page = await open('learn/12');
	await page.click('#reveal');
	assert.ok(await page.isVisible('#answer'));
	assert.equal(await page.getAttribute('#answer a', 'href'), '#example/microvm_landed.lw');
	await page.click('#reveal');
	assert.equal(await page.isVisible('#answer'), false);
});

test('a report: on which kernels it still happens, by running it', async () => {
	const page = await open('reports/frr_14481_down_never_told');
	await page.waitForSelector('#still table');
	const rows = (await page.locator('#still tbody tr').allTextContents()).join('\n');
	assert.match(rows, /4\.19 to 6\.2as reported\d/);
	assert.match(rows, /6\.8 to 7\.2differently\d/);
	assert.match(await page.textContent('#still'), /with those on 6\.1, [^]*does not judge whether the fault is gone/);
	assert.match(await page.textContent('#still .hint'), /6\.1, 6\.2, 6\.8,/);
});

test('a link opens with its text, kernels, parameters and view', async () => {
	const page = await open('start/microvm');
	await picture(page);
	await page.locator('#param-open').evaluate((slider) => {
		slider.value = 600e6;
		slider.dispatchEvent(new Event('input'));
	});
	await page.click('[aria-label="Remove kernel 5.8+urgent-event"]');
	await page.click('#tab-table');
	await page.click('#copy-link');
	await page.waitForSelector('#copy-link.copied');
	const address = await page.evaluate(() => window.copied);
	const other = await open(address.split('#')[1]);
	await picture(other);
	assert.equal(await editorText(other), await editorText(page));
	assert.deepEqual(await chips(other), ['5.8', '5.8+urgent-event+setlink-event']);
	assert.equal(await other.textContent('#params output'), '600ms');
	assert.ok(await other.isVisible('#table'));
	assert.match(await other.textContent('#intro'), /comes from a link, made on the page Why does a DHCP client wait/);
	assert.equal(await other.textContent('#nav [aria-current=page]'), 'Start');
	assert.equal(await other.isVisible('#changed'), false);
});

test("a lesson's link opens with the lesson, and a text of one's own without a page", async () => {
	const page = await open('learn/5');
	await picture(page);
	const copied = async () => {
		await page.evaluate(() => { window.copied = undefined; });
		await page.click('#copy-link');
		return (await page.waitForFunction(() => window.copied)).jsonValue().then((address) => address.split('#')[1]);
	};
	const lesson = await open(await copied());
	await picture(lesson);
	assert.match(await lesson.textContent('#title'), /^Lesson 5 of 12/);
	await type(lesson, (await editorText(lesson)).replace('+5ms', '+1s'));
	await lesson.waitForSelector('#verdict.right');
	await page.click('#nav a[href="#own"]');
	await page.waitForSelector('#examples');
	await picture(page);
	await type(page, '# See it: lwsim compare scenarios/microvm.lw\n0 ip link add d0 type dummy\n');
	await says(page, /Ran on/);
	const own = await open(await copied());
	await picture(own);
	assert.match(await own.textContent('#intro'), /Somebody made this/);
	assert.doesNotMatch(await own.textContent('#intro'), /lwsim compare/);
});

for (const { about, fragment, text } of JSON.parse(read('tests/playground/links.json')))
	test(`a stored link opens in the page: ${about}`, async () => {
		const page = await open(fragment);
		await says(page, /Ran on|error/);
		assert.equal(await editorText(page), text);
		assert.equal(await page.isVisible('#complaint'), false);
	});

for (const fragment of ['1.AAAA', '9.abc', 'learn/99', 'reports/none', 'nonsense', '%E0%A4%A'])
	test(`a broken link gets a message and a page: #${fragment}`, async () => {
		const page = await open(fragment);
		await picture(page);
		assert.match(await page.textContent('#complaint-text'), /cannot be opened/);
		await page.click('#complaint-close');
		assert.equal(await page.isVisible('#complaint'), false);
	});

test('in a frame: the picture and the text, and a way to the whole page', async () => {
	const page = await open('embed/start/microvm');
	await picture(page);
	assert.equal(await page.isVisible('#nav'), false);
	assert.equal(await page.getAttribute('#open-whole', 'href'), `${pageUrl}#start/microvm`);
});

test('what was typed survives a reload and other pages, and can be undone', async () => {
	const page = await open('start/microvm');
	await picture(page);
	await type(page, `# mine\n${MICROVM}`);
	await says(page, /Ran on/);
	await page.reload();
	await picture(page);
	assert.match(await editorText(page), /^# mine/);
	await page.click('#nav a[href="#learn"]');
	await page.goBack();
	await picture(page);
	assert.match(await editorText(page), /^# mine/);
	await page.click('#start-again');
	await page.waitForFunction(() => !/# mine/.test(document.querySelector('.cm-content').textContent));
});

test('without storage the page works, and says that it keeps nothing', async () => {
	const page = await openPage(browser, '');
	pages.push(page);
	await page.context().addInitScript(() => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied'); } }));
	await page.reload();
	await picture(page);
	await type(page, '0 ip link add d0 type dummy\n');
	await says(page, /Ran on 6\.1: 1 notification/);
	assert.ok(await page.isVisible('#unkept'));
});

test('a text of ten million statements is stopped, kept, and the page goes on', async () => {
	const page = await open('own');
	await picture(page);
	const text = '0 ip link add d0 type dummy\n1 repeat 9999998 every 1ms {\nip link set d0 up\n}\n';
	await type(page, text);
	await page.waitForSelector('#complaint:not([hidden])', { timeout: 20000 });
	assert.match(await page.textContent('#complaint-text'), /longer than 2 s|out of memory/);
	assert.equal(await editorText(page), text);
	assert.ok(await page.isVisible('#rerun'));
	await page.reload();
	await page.waitForSelector('#complaint:not([hidden])', { timeout: 20000 });
	assert.equal(await editorText(page), text);
	await type(page, '0 ip link add d0 type dummy\n');
	await says(page, /Ran on 6\.1: 1 notification/);
	assert.equal(await page.isVisible('#complaint'), false);
});

test('files: a scenario and a log open; what is neither gets a message, and the text stays', async () => {
	const page = await open('own');
	await picture(page);
	const file = (name, buffer) => page.setInputFiles('#file', { name, mimeType: 'text/plain', buffer: Buffer.from(buffer) });
	await type(page, '# before\n0 ip link add a type dummy\n');
	await says(page, /Ran on/);
	for (const bytes of [[0x7f, 0x45, 0x4c, 0x46, 0], [0xff, 0xfe, 0x41]]) {
		await file('a.out', bytes);
		await page.waitForSelector('#complaint:not([hidden])');
		assert.match(await page.textContent('#complaint-text'), /a\.out is not a text file/);
		await page.click('#complaint-close');
	}
	await file('big.lw', 'x'.repeat((1 << 20) + 1));
	await page.waitForSelector('#complaint:not([hidden])');
	assert.match(await page.textContent('#complaint-text'), /1 MB/);
	assert.match(await editorText(page), /^# before/);
	await file('microvm.lw', MICROVM);
	await page.waitForFunction(() => /microVM/.test(document.getElementById('picture-frame').textContent));
	assert.equal(await editorText(page), MICROVM);
	await page.click('text=Bring back the text that was here before');
	await page.waitForFunction(() => /# before/.test(document.querySelector('.cm-content').textContent));
	await file('monitor.log', MONITOR);
	await page.waitForFunction(() => /Made by `lwsim import`/.test(document.querySelector('.cm-content').textContent));
});

test('a pasted log of ip monitor becomes a scenario, and can be undone', async () => {
	const page = await open('own');
	await picture(page);
	const before = await editorText(page);
	await page.click('.cm-content');
	await page.evaluate((text) => {
		const data = new DataTransfer();
		data.setData('text/plain', text);
		document.querySelector('.cm-content').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
	}, MONITOR);
	await page.waitForFunction(() => /Made by `lwsim import`/.test(document.querySelector('.cm-content').textContent));
	await picture(page);
	await page.keyboard.press('Control+z');
	assert.equal(await editorText(page), before);
});

test('the import window takes a log, and refuses what is none', async () => {
	const page = await open('own');
	await picture(page);
	const put = async (text) => {
		await page.click('#share summary');
		await page.click('#open-import');
		await page.fill('#import-text', text);
		await page.click('#import-form [type=submit]:not([value])');
	};
	await put('hello\n');
	await page.waitForSelector('#complaint:not([hidden])');
	assert.match(await page.textContent('#complaint-text'), /cannot be imported/);
	await page.click('#complaint-close');
	const before = await editorText(page);
	await page.click('#share summary');
	await page.click('#open-import');
	await page.fill('#import-text', MONITOR);
	await page.click('#import-cancel');
	assert.equal(await editorText(page), before);
	await put(MONITOR);
	await page.waitForFunction(() => /Made by `lwsim import`/.test(document.querySelector('.cm-content').textContent));
	assert.match(await editorText(page), /A \? marks a guess, which the capture does not say: correct it\.\n[^#]/);
	assert.match(await page.textContent('.cm-content'), /is second 10\.0 here\.# A \? marks a guess/); // not folded
});

test('of a log: what was before it is a guess, and the page says so, also after a reload and in a link', async () => {
	const page = await open('own');
	await picture(page);
	await page.click('#paste-log');
	await page.fill('#import-text', MONITOR);
	await page.click('#import-form [type=submit]:not([value])');
	const guess = /^The log begins at 10\.0 s: everything before is a guess of what came before it, and so is eth0's wait of 9\.9s for RUNNING\. .*delete line 2:/;
	const shown = (on) => on.waitForFunction((source) => new RegExp(source).test(document.getElementById('guessed').textContent), guess.source);
	await shown(page);
	assert.match(await page.textContent('#picture-frame'), /UP to RUNNING: eth0 9\.9s/);
	assert.match(await page.textContent('#table'), /9\.9s/);
	await page.reload();
	await shown(page);
	await page.click('#copy-link');
	await page.waitForSelector('#copy-link.copied');
	await shown(await open(await page.evaluate(() => window.copied.split('#')[1])));
	await type(page, (await editorText(page)).replace(/^# The capture.*\n/m, ''));
	await page.waitForFunction(() => !document.getElementById('guessed').textContent);
});

test('a log that is pasted beside the editor is imported too', async () => {
	const page = await open('own');
	await picture(page);
	await page.evaluate((text) => {
		const data = new DataTransfer();
		data.setData('text/plain', text);
		document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
	}, MONITOR);
	await page.waitForFunction(() => /Made by `lwsim import`/.test(document.querySelector('.cm-content').textContent));
});

test('where copying is not allowed, the text is shown to copy by hand', async () => {
	const page = await open('');
	await picture(page);
	await page.evaluate(() => { navigator.clipboard.writeText = async () => { throw new DOMException('denied'); }; });
	await page.click('#copy-link');
	await page.waitForSelector('#copy[open]');
	assert.match(await page.inputValue('#copy-text'), /#1\./);
});
