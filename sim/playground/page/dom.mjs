// SPDX-License-Identifier: GPL-2.0-or-later
// Makes elements, and the texts that several parts show.

export const byId = (id) => document.getElementById(id);

// make('a', {href: '#learn', onclick}, 'text', element): properties that begin with aria- or data- are attributes.
export function make(tag, properties = {}, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(properties))
		if (name in element && !name.includes('-'))
			element[name] = value;
		else if (value !== undefined)
			element.setAttribute(name, value);
	element.append(...children.flat().filter((child) => child !== undefined && child !== false));
	return element;
}

export const button = (text, onclick, properties = {}) =>
	make('button', { type: 'button', onclick, ...properties }, text);

const PIECES = /(`[^`]+`|\[[^\]]+\]\([^)]+\)|https?:\/\/[^\s,)]*[^\s,).:;])/;

// Text with `code`, [words](address) and addresses, as elements.
export function inline(text) {
	return text.split(PIECES).map((piece) => {
		const [, words, address] = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(piece) ?? [];
		if (address)
			return make('a', { href: address, rel: 'noreferrer' }, words);
		if (/^https?:/.test(piece))
			return make('a', { href: piece, rel: 'noreferrer' }, piece);
		return /^`.*`$/.test(piece) ? make('code', {}, piece.slice(1, -1)) : piece;
	});
}

// Empty lines are between paragraphs.
export const paragraphs = (text) => text.trim().split(/\n\s*\n/)
	.map((part) => make('p', {}, inline(part.replaceAll('\n', ' '))));

const SECOND_NS = 1e9;

export const seconds = (t_ns) => (t_ns / SECOND_NS).toFixed(6);

// 614ms, 1.043s, 250us: at most milliseconds from 1 s on.
export function duration(ns) {
	if (ns >= SECOND_NS)
		return `${+(ns / SECOND_NS).toFixed(3)}s`;
	if (ns >= 1e6)
		return `${+(ns / 1e6).toFixed(3)}ms`;
	return ns ? `${+(ns / 1e3).toFixed(3)}us` : '0ms';
}

// Reads it out, for those who do not see the page; the same words also stand at its foot.
export function say(text) {
	byId('status').textContent = text;
}

// A message that stays until it is closed.
export function complain(text) {
	byId('complaint-text').textContent = text;
	byId('complaint').hidden = false;
}

export function complainNoMore() {
	byId('complaint').hidden = true;
}

// A menu that opens is in view, also near the window's foot. Menus close on Escape, and when the focus or a click goes elsewhere.
export function closeMenus() {
	const menus = () => [...document.querySelectorAll('details.menu[open]')];
	addEventListener('toggle', ({ target }) => {
		if (target.matches?.('details.menu[open]'))
			target.lastElementChild.scrollIntoView({ block: 'nearest' });
	}, true);
	addEventListener('keydown', ({ key }) => {
		for (const menu of key === 'Escape' ? menus() : []) {
			menu.open = false;
			menu.querySelector('summary').focus();
		}
	});
	for (const type of ['pointerdown', 'focusin'])
		addEventListener(type, ({ target }) => menus().filter((menu) => !menu.contains(target)).forEach((menu) => { menu.open = false; }));
}
