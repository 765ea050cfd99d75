// SPDX-License-Identifier: GPL-2.0-or-later
// The story of a run, in sentences, each with its time and its line. It is the picture's text alternative.
import { byId, button, make, seconds } from './dom.mjs';

const SHOWN_FIRST = 400;

function item({ t_ns, text, line }, onLine) {
	const isAction = text.startsWith('> ');
	return make('li', { className: isAction ? 'action' : '', 'data-line': line || undefined },
		make('time', {}, seconds(t_ns)), ' ',
		line ? make('button', { type: 'button', className: 'sentence', onclick: () => onLine(line) }, text) : text);
}

// sentences: [{t_ns, text, line}]
export function showStory(sentences, onLine) {
	const list = byId('story');
	const fill = (count) => list.replaceChildren(...sentences.slice(0, count).map((one) => item(one, onLine)));
	fill(SHOWN_FIRST);
	byId('story-more').replaceChildren();
	if (sentences.length > SHOWN_FIRST)
		byId('story-more').replaceChildren(button(`Show all ${sentences.length} sentences`, () => {
			fill(sentences.length);
			byId('story-more').replaceChildren();
			list.children[SHOWN_FIRST].querySelector('button')?.focus();
		}));
}

export function markStory(line) {
	for (const element of byId('story').querySelectorAll('.linked'))
		element.classList.remove('linked');
	for (const element of byId('story').querySelectorAll(`[data-line="${Number(line)}"]`))
		element.classList.add('linked');
}
