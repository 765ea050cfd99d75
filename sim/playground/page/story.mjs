// SPDX-License-Identifier: GPL-2.0-or-later
// The story of a run: what the kernel did and why, each sentence with its time and line. The picture's text alternative.
import { byId, button, make, seconds } from './dom.mjs';

const SHOWN_FIRST = 300;

const list = () => byId('story');

function item({ t_ns, kind, text, function: name, line, running }, onLine) {
	const words = line
		? make('button', { type: 'button', className: 'sentence', title: `Go to line ${line}`, onclick: () => onLine(line) }, text)
		: text;
	const place = [name, line && `line ${line}`].filter(Boolean).join(', ');
	return make('li', { className: `${kind.replace(' ', '-')}${running > 0 ? ' running' : ''}`, 'data-line': line },
		make('time', {}, seconds(t_ns)), ' ', make('span', {}, words, place && make('small', {}, ` ${place}`)));
}

// sentences: [{t_ns, kind, text, function, line, running}]
export function showStory(sentences, onLine) {
	const fill = (count) => list().replaceChildren(...sentences.slice(0, count).map((one) => item(one, onLine)));
	fill(SHOWN_FIRST);
	byId('story-more').replaceChildren(...sentences.length <= SHOWN_FIRST ? [] : [
		button(`Show all ${sentences.length} sentences`, () => {
			fill(sentences.length);
			byId('story-more').replaceChildren();
			list().children[SHOWN_FIRST].querySelector('button')?.focus();
		})]);
}

// Shows which sentences are a line's, and one of them, that number `sentence`, above all.
export function markStory(line, sentence) {
	for (const element of list().querySelectorAll('.linked, .chosen'))
		element.classList.remove('linked', 'chosen');
	const linked = [...list().querySelectorAll(`[data-line="${Number(line)}"]`)];
	linked.forEach((element) => element.classList.add('linked'));
	const chosen = list().children[sentence];
	chosen?.classList.add('chosen');
	const shown = chosen ?? linked[0];
	if (shown && (shown.offsetTop < list().scrollTop || shown.offsetTop > list().scrollTop + list().clientHeight - 60))
		list().scrollTop = shown.offsetTop - list().clientHeight / 3;
}
