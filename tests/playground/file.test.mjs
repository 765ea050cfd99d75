// SPDX-License-Identifier: GPL-2.0-or-later
// The page as a file: small enough, one file, and nothing in it asks a network.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { built } from './lib.mjs';

const page = readFileSync(join(built, 'lwsim.html'), 'utf8');
const policyOf = (html) => Object.fromEntries(/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)[1]
	.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)]));

test('the page is one file of at most 1 MB', () => {
	assert.ok(Buffer.byteLength(page) <= 1 << 20, `${Buffer.byteLength(page)} bytes`);
	assert.doesNotMatch(page.replace(/<script[^]*?<\/script>/g, ''), /<(script|img|iframe|link)\b[^>]*\b(src|href)=/);
});

test("the page's policy allows no request, and runs one script: its own", () => {
	const policy = policyOf(page);
	assert.deepEqual(policy['default-src'], ["'none'"]);
	for (const [rule, sources] of Object.entries(policy))
		assert.ok(!sources.some((source) => /^(\*|https?:|'self'|'unsafe-eval')/.test(source)), `${rule} ${sources}`);
	assert.ok(!policy['script-src'].includes("'unsafe-inline'"));
	const script = /<script>([^]*?)<\/script>/.exec(page)[1];
	assert.ok(policy['script-src'].includes(`'sha256-${createHash('sha256').update(script).digest('base64')}'`));
});

test('the same in files asks its own server alone', () => {
	const site = join(built, 'site');
	assert.deepEqual(readdirSync(site).sort(), ['app.js', 'contents.json', 'index.html', 'lwsim.wasm', 'style.css', 'worker.js']);
	const policy = policyOf(readFileSync(join(site, 'index.html'), 'utf8'));
	for (const [rule, sources] of Object.entries(policy))
		assert.ok(!sources.some((source) => /^(\*|https?:)/.test(source)), `${rule} ${sources}`);
});

test('every lesson, report and scenario is in it', () => {
	const contents = JSON.parse(readFileSync(join(built, 'site/contents.json'), 'utf8'));
	assert.equal(contents.lessons.length, 12);
	assert.ok(contents.reports.length > 20 && contents.reports.every(({ text, seen, source }) => text && seen && source));
	assert.ok(contents.scenarios['cables.lw'].includes('virtnet_config_changed eth1 link=down'));
});
