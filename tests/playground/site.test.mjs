// SPDX-License-Identifier: GPL-2.0-or-later
// The page as files on a web server: it works, and asks nobody else.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';
import { after, before, test } from 'node:test';
import { built, launch, picture } from './lib.mjs';

const types = { html: 'text/html', js: 'text/javascript', css: 'text/css', json: 'application/json', wasm: 'application/wasm' };
let browser;
let server;

before(async () => {
	server = createServer((request, response) => {
		const name = normalize(new URL(request.url, 'http://x').pathname).replace(/\/$/, '/index.html');
		try {
			const data = readFileSync(join(built, 'site', name));
			response.writeHead(200, { 'content-type': types[name.split('.').at(-1)] }).end(data);
		} catch {
			response.writeHead(404).end();
		}
	});
	await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
	browser = await launch();
});

after(async () => {
	await browser.close();
	server.close();
});

test('served from a server of its own', async () => {
	const page = await browser.newPage();
	const origin = `http://127.0.0.1:${server.address().port}`;
	const strangers = [];
	page.on('request', (request) => request.url().startsWith(origin) || strangers.push(request.url()));
	const faults = [];
	page.on('pageerror', (error) => faults.push(error.message));
	page.on('console', (message) => message.type() === 'error' && !message.text().includes('404') && faults.push(message.text()));
	await page.goto(`${origin}/#start/microvm`);
	await picture(page);
	assert.match(await page.textContent('#table'), /5\.8 +eth0 +614ms/);
	assert.deepEqual(strangers, []);
	assert.deepEqual(faults, []);
});
