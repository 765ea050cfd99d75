// SPDX-License-Identifier: GPL-2.0-or-later
// For the page's tests: the built page, the native program, a browser.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as zlib from 'node:zlib';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const built = join(root, 'build/playground');
export const pageUrl = pathToFileURL(join(built, 'lwsim.html')).href;
const program = resolve(root, process.env.LWSIM ?? 'build/release/lwsim');

const modules = createRequire(join(built, 'modules/package.json'));
const { chromium } = modules('playwright-core');
export const axePath = modules.resolve('axe-core/axe.min.js');

export const read = (path) => readFileSync(join(root, path), 'utf8');

// Every scenario of the tree, wrong ones too.
export const scenarios = readdirSync(join(root, 'scenarios'), { recursive: true })
	.filter((path) => path.endsWith('.lw')).sort().map((path) => join('scenarios', path));

// Runs lwsim where the scenario is, so that messages have its name without a folder.
export function lwsim(path, ...args) {
	const run = spawnSync(program, [...args, basename(path)],
		{ cwd: join(root, dirname(path)), encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, NO_COLOR: '1', LC_ALL: 'C.UTF-8' } });
	return { code: run.status, out: run.stdout, err: run.stderr };
}

// The picture as `lwsim report` writes it.
export function lwsimPicture(path) {
	const file = join(mkdtempSync(join(tmpdir(), 'lwsim-')), 'picture.svg');
	lwsim(path, 'report', '-o', file);
	return readFileSync(file, 'utf8');
}

// Node.js before 21.2 has no deflate-raw in its streams; browsers have.
try {
	new CompressionStream('deflate-raw');
} catch {
	const raw = (work) => class extends TransformStream {
		constructor() {
			const parts = [];
			super({
				transform: (part) => { parts.push(part); },
				flush: (to) => to.enqueue(new Uint8Array(work(Buffer.concat(parts)))),
			});
		}
	};
	globalThis.CompressionStream = raw(zlib.deflateRawSync);
	globalThis.DecompressionStream = raw(zlib.inflateRawSync);
}

export function launch() {
	return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
}

// A page with what it copies in `copied`; an error in the page or a request fails the test at its end.
export async function openPage(browser, fragment = '', options = {}) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
	const page = await context.newPage();
	page.faults = [];
	page.on('pageerror', (error) => page.faults.push(error.message));
	page.on('console', (message) => message.type() === 'error' && page.faults.push(message.text()));
	page.on('request', (request) => /^(file|blob|data):/.test(request.url()) || page.faults.push(`a request: ${request.url()}`));
	await context.addInitScript(() => {
		Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.copied = text; } } });
	});
	await page.goto(`${pageUrl}#${fragment}`);
	return page;
}

export const picture = (page) => page.waitForSelector('#picture-frame:not(.stale) svg');

// Puts a text in place of the editor's.
export async function type(page, text) {
	await page.click('.cm-content');
	await page.keyboard.press('Control+A');
	await page.keyboard.insertText(text);
}

export const status = (page) => page.textContent('#status');

// Waits until the page's status matches.
export const says = (page, expected) => page.waitForFunction((source) =>
	new RegExp(source).test(document.getElementById('status').textContent), expected.source);

