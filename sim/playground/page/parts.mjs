// SPDX-License-Identifier: GPL-2.0-or-later
// What the page consists of beside its code: inside one file, or as files beside it on a web server.
import { byId } from './dom.mjs';

async function inflate(base64) {
	const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
	return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

async function fetchPart(name) {
	const answer = await fetch(name);
	if (!answer.ok)
		throw new Error(`${name}: ${answer.status}`);
	return answer;
}

// {module, contents, workerUrl}
export async function loadParts() {
	const inside = byId('part-wasm');
	if (inside)
		return {
			module: await WebAssembly.compile(await inflate(inside.textContent)),
			contents: JSON.parse(byId('part-contents').textContent),
			workerUrl: URL.createObjectURL(new Blob([byId('part-worker').textContent], { type: 'text/javascript' })),
		};
	const [wasm, contents] = await Promise.all([fetchPart('lwsim.wasm'), fetchPart('contents.json')]);
	return {
		module: await WebAssembly.compile(await wasm.arrayBuffer()),
		contents: await contents.json(),
		workerUrl: 'worker.js',
	};
}
