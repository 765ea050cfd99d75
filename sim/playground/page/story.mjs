// SPDX-License-Identifier: GPL-2.0-or-later
// The story of a run: what the kernel did and why, each sentence with its time and line. The picture's text alternative.
import { byId, button, make, seconds } from './dom.mjs';

const SHOWN_FIRST = 300;

const list = () => byId('story');

function item({ t_ns, kind, text, function: name, line, running }, onLine) {
	const words = line
		? make('button', { type: 'button', className: 'sentence', tabIndex: -1, title: `Go to line ${line}`, onclick: () => onLine(line) }, text)
		: text;
	const place = [name, line && `line ${line}`].filter(Boolean).join(', ');
	return make('li', { className: `${kind.replace(' ', '-')}${running > 0 ? ' running' : ''}`, 'data-line': line },
		make('time', {}, seconds(t_ns)), ' ', make('span', {}, words, place && make('small', {}, ` ${place}`)));
}

// The story is one stop of the Tab key; arrow keys go from sentence to sentence.
function walk(event) {
	const all = [...list().querySelectorAll('.sentence')];
	const at = all.indexOf(event.target);
	const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
	if (at < 0 || !all[to])
		return;
	event.preventDefault();
	event.target.tabIndex = -1;
	all[to].tabIndex = 0;
	all[to].focus();
}

// sentences: [{t_ns, kind, text, function, line, running}]
export function showStory(sentences, onLine) {
	const fill = (count) => {
		list().replaceChildren(...sentences.slice(0, count).map((one) => item(one, onLine)));
		list().querySelector('.sentence')?.setAttribute('tabindex', '0');
	};
	list().onkeydown = walk;
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
	// an expectation has none: it belongs to the action before it
	const shown = chosen ?? linked[0] ?? [...list().children].findLast(({ dataset }) => Number(dataset.line) <= line);
	if (shown && (shown.offsetTop < list().scrollTop || shown.offsetTop > list().scrollTop + list().clientHeight - 60))
		list().scrollTop = shown.offsetTop - list().clientHeight / 3;
}
