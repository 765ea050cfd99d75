// SPDX-License-Identifier: GPL-2.0-or-later
// A scenario in a link: the fragment is VERSION.DATA. DATA is JSON, compressed (deflate-raw), in base64url.
// What a version could read, every later version reads: tests/playground/links.json has links of each version.

const VERSION = 1;
const TEXT_MAX_BYTES = 1 << 20;

export class BadLink extends Error {}

async function through(bytes, stream, limit = Infinity) {
	const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
	const parts = [];
	let size = 0;
	for (let part = await reader.read(); !part.done; part = await reader.read()) {
		size += part.value.length;
		if (size > limit) {
			await reader.cancel();
			throw new BadLink('its text is longer than 1 MB');
		}
		parts.push(part.value);
	}
	return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function toBase64Url(bytes) {
	let text = '';
	for (const byte of bytes)
		text += String.fromCharCode(byte);
	return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text) {
	const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

// Whether a fragment, without its '#', is meant as such a link.
export const isLink = (fragment) => /^\d+\./.test(fragment);

// kernels: names, [] for the file's own; sets: {param: value}; view: {tab, story, page}: page is where it was made.
export async function writeLink({ text, kernels = [], sets = {}, view = {} }) {
	const data = { t: text };
	if (kernels.length)
		data.k = kernels;
	if (Object.keys(sets).length)
		data.p = sets;
	if (Object.keys(view).length)
		data.v = view;
	const bytes = new TextEncoder().encode(JSON.stringify(data));
	return `${VERSION}.${toBase64Url(await through(bytes, new CompressionStream('deflate-raw')))}`;
}

const isText = (value) => typeof value === 'string';
const textsOf = (value) => Array.isArray(value) ? value.filter(isText) : [];
const textsIn = (value) => value && typeof value === 'object'
	? Object.fromEntries(Object.entries(value).filter(([, text]) => isText(text))) : {};

async function readVersion1(data) {
	let value;
	try {
		const bytes = await through(fromBase64Url(data), new DecompressionStream('deflate-raw'), TEXT_MAX_BYTES);
		value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch (error) {
		throw error instanceof BadLink ? error : new BadLink('a part of it is missing or was changed');
	}
	if (!isText(value?.t))
		throw new BadLink('it has no scenario');
	return { text: value.t, kernels: textsOf(value.k), sets: textsIn(value.p), view: textsIn(value.v) };
}

// Throws BadLink, whose message completes "This link cannot be opened: ".
export async function readLink(fragment) {
	const dot = fragment.indexOf('.');
	const version = Number(fragment.slice(0, dot));
	if (version > VERSION)
		throw new BadLink('it was made by a newer version of this page');
	if (version !== 1)
		throw new BadLink('it names no version');
	return readVersion1(fragment.slice(dot + 1));
}
