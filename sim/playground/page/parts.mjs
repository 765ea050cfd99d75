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

async function fetchModule() {
	return WebAssembly.compile(await (await fetchPart('lwsim.wasm')).arrayBuffer());
}

// {module, contents, workerUrl}; module is a promise, so that the rest of the page is made meanwhile.
export async function loadParts() {
	const inside = byId('part-wasm');
	if (inside)
		return {
			module: inflate(inside.textContent).then((bytes) => WebAssembly.compile(bytes)),
			contents: JSON.parse(byId('part-contents').textContent),
			workerUrl: URL.createObjectURL(new Blob([byId('part-worker').textContent], { type: 'text/javascript' })),
		};
	const module = fetchModule();
	return { module, contents: await (await fetchPart('contents.json')).json(), workerUrl: 'worker.js' };
}
