// SPDX-License-Identifier: GPL-2.0-or-later
// Links: what was made by any version opens for ever; what is broken says so.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { read } from './lib.mjs';
import { BadLink, isLink, readLink, writeLink } from '../../sim/playground/page/link.mjs';

// A new version adds its links; none is ever removed.
for (const { about, fragment, ...expected } of JSON.parse(read('tests/playground/links.json')))
	test(`a stored link opens: ${about}`, async () => {
		assert.ok(isLink(fragment));
		assert.deepEqual(await readLink(fragment), expected);
	});

test('a link brings back what was put in', async () => {
	const given = { text: 'title "\u00e4\u6f22\u{1f600}"\n0 end\n', kernels: ['6.1', '5.8+urgent-event'], sets: { open: '1s' }, view: { tab: 'play' } };
	assert.deepEqual(await readLink(await writeLink(given)), given);
});

test('a dozen lines make a short link', async () => {
	const link = await writeLink({ text: read('scenarios/microvm.lw').replace(/^-- [^]*/m, '') });
	assert.ok(link.length < 1200, `${link.length} characters`);
	assert.match(link, /^[\w.-]+$/);
});

const data = (value) => deflateRawSync(JSON.stringify(value)).toString('base64url');

for (const [about, fragment] of Object.entries({
	'nothing after the version': '1.',
	'not base64': '1.%%%',
	'cut off': `1.${data({ t: 'title "a"\n' }).slice(0, -6)}`,
	'not JSON': `1.${deflateRawSync('{').toString('base64url')}`,
	'no text': `1.${data({ k: [] })}`,
	'a text of another kind': `1.${data({ t: 7 })}`,
	'a bomb': `1.${data({ t: 'x'.repeat(1 << 24) })}`,
	'not UTF-8': `1.${deflateRawSync(Buffer.from([0x7b, 0xff])).toString('base64url')}`,
	'a newer version': `2.${data({ t: '' })}`,
	'version 0': `0.${data({ t: '' })}`,
}))
	test(`a broken link says so: ${about}`, () => assert.rejects(readLink(fragment), BadLink));

test('what else a link carries is ignored, and wrong kinds do not harm', async () => {
	const link = await readLink(`1.${data({ t: '0 end\n', k: ['6.1', 7], p: { a: 1, b: '2' }, v: null, x: 'new' })}`);
	assert.deepEqual(link, { text: '0 end\n', kernels: ['6.1'], sets: { b: '2' }, view: {} });
});
