// SPDX-License-Identifier: GPL-2.0-or-later
// Makes build/playground/lwsim.html, one file, and build/playground/site/, the same in several, from this folder, the
// wasm and the scenarios.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { readContents } from './contents.mjs';

const PAGE_MAX_BYTES = 1 << 20;

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const target = join(root, 'build/playground');
const modules = join(target, 'modules/node_modules'); // from npm, see ../build
const { build } = createRequire(join(modules, 'any'))('esbuild');

async function bundle(entry) {
	const { outputFiles } = await build({
		entryPoints: [join(here, entry)], bundle: true, minify: true, write: false, format: 'iife', nodePaths: [modules],
		target: ['chrome110', 'firefox115', 'safari16.4'], legalComments: 'none', charset: 'utf8',
	});
	return outputFiles[0].text;
}

// Nothing in an inline script may look like its end.
const inScript = (text) => text.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');

// What the page adds to the picture's colours: links, marked lines, outlines that contrast enough with the paper.
const OWN = {
	light: {
		link: '#00568a', accent: '#0072b2', target: '#fff0a8', active: '#0072b214', select: '#b3d7ff', edge: '#8a8a8a', right: '#00714f', number: '#7a3e00',
	},
	dark: {
		link: '#7cc4ff', accent: '#56b4e9', target: '#352f10', active: '#7cc4ff1a', select: '#2a4d70', edge: '#777d85', right: '#4fd6ad', number: '#f0b95a',
	},
};

// The picture's colours are those of sim/report/ink.c.
function palette() {
	const inks = [...readFileSync(join(root, 'sim/report/ink.c'), 'utf8')
		.matchAll(/\{ "(\w+)", 0x([0-9a-f]{6}), 0x([0-9a-f]{6}) \}/g)];
	if (!inks.length)
		throw new Error('sim/report/ink.c has no colours in the expected form');
	const variables = (at, own) => [...inks.map((ink) => [ink[1], `#${ink[at]}`]), ...Object.entries(own)]
		.map(([name, value]) => `--${name}:${value}`).join(';');
	const classes = inks.map(([, name]) => `.f-${name}{fill:var(--${name})}.s-${name}{stroke:var(--${name})}`).join('\n');
	return `:root{${variables(2, OWN.light)}}\n@media (prefers-color-scheme:dark){:root{${variables(3, OWN.dark)}}}\n` +
		`.f-none{fill:none}.s-none{stroke:none}\n${classes}\n`;
}

async function style() {
	const { outputFiles } = await build({
		stdin: { contents: palette() + readFileSync(join(here, 'style.css'), 'utf8').replace(/^.*%PALETTE%.*$/m, ''), loader: 'css' },
		minify: true, write: false, charset: 'utf8',
	});
	return outputFiles[0].text;
}

const policy = (parts) =>
	["default-src 'none'", "base-uri 'none'", "form-action 'none'", 'img-src data:', "style-src 'unsafe-inline'", ...parts].join('; ');

function page(values) {
	let html = readFileSync(join(here, 'index.html'), 'utf8');
	for (const [name, value] of Object.entries(values))
		html = html.replace(`%${name}%`, () => value);
	return html;
}

const [app, worker, css] = await Promise.all([bundle('main.mjs'), bundle('worker.mjs'), style()]);
const wasm = readFileSync(join(target, 'wasm/lwsim.wasm'));
const contents = JSON.stringify(readContents(root));
const inline = `\n${inScript(app)}`;
const hash = createHash('sha256').update(inline).digest('base64');

const whole = page({
	CSP: policy([`script-src 'sha256-${hash}' 'wasm-unsafe-eval'`, 'worker-src blob:']),
	STYLE: `<style>\n${css}</style>`,
	SCRIPT: `<script type="text/plain" id="part-worker">\n${inScript(worker)}</script>
<script type="application/json" id="part-contents">${contents.replaceAll('<', '\\u003c')}</script>
<script type="text/plain" id="part-wasm">${gzipSync(wasm, { level: 9 }).toString('base64')}</script>
<script>${inline}</script>`,
});
const site = page({
	CSP: policy(["script-src 'self' 'wasm-unsafe-eval'", "style-src-elem 'self' 'unsafe-inline'", "worker-src 'self'", "connect-src 'self'"]),
	STYLE: '<link rel="stylesheet" href="style.css">',
	SCRIPT: '<script src="app.js"></script>',
});

if (Buffer.byteLength(whole) > PAGE_MAX_BYTES)
	throw new Error(`lwsim.html has ${Buffer.byteLength(whole)} bytes, expected at most ${PAGE_MAX_BYTES}`);
rmSync(join(target, 'site'), { recursive: true, force: true });
mkdirSync(join(target, 'site'), { recursive: true });
const files = { 'lwsim.html': whole, 'site/index.html': site, 'site/app.js': app, 'site/worker.js': worker, 'site/style.css': css,
	'site/contents.json': contents, 'site/lwsim.wasm': wasm };
for (const [name, data] of Object.entries(files))
	writeFileSync(join(target, name), data);
console.log(`build/playground/lwsim.html: ${Buffer.byteLength(whole)} bytes, ${gzipSync(whole, { level: 9 }).length} compressed`);
