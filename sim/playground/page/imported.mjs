// SPDX-License-Identifier: GPL-2.0-or-later
// What of a scenario that was made from a log the log does not say. The text itself tells, so that a link's and a draft's do.
import { duration } from './dom.mjs';

const SECOND_NS = 1e9;
const MADE = /^# Made by `lwsim import`/;
const BEGIN = /^# The capture's .* is second (\d+(?:\.\d+)?) here\./m;
const TIMELESS = /^# The capture has no times/m;
const STATEMENT = /^(\d+(?:\.\d+)?)\s+\S/gm;

export const isImported = (text) => MADE.test(text);

const lineOf = (text, pattern) => text.slice(0, text.search(pattern)).split('\n').length;

// Waits for RUNNING that began before the log did, each once.
function waitsAcross(messages, begin_ns) {
	const across = messages.filter(({ t_ns, waited_ns }) => waited_ns > 0 && t_ns >= begin_ns && t_ns - waited_ns < begin_ns);
	return [...new Set(across.map(({ dev, waited_ns }) => `${dev}'s wait of ${duration(waited_ns)} for RUNNING`))];
}

// In words: what the picture shows and the log does not. '': nothing, or the text is not from a log.
export function guessOf({ text, messages }) {
	if (!isImported(text))
		return '';
	if (TIMELESS.test(text))
		return 'The log has no times: all times here are guesses, and so is every wait.';
	const begin = BEGIN.exec(text)?.[1];
	if (!begin || ![...text.matchAll(STATEMENT)].some(([, time]) => Number(time) < Number(begin)))
		return '';
	const waits = waitsAcross(messages, Number(begin) * SECOND_NS);
	return `The log begins at ${begin} s: everything before is a guess of what came before it` +
		`${waits.length ? `, and so is ${waits.join(', ')}` : ''}. ` +
		`Correct what you know better, then delete line ${lineOf(text, BEGIN)}: this note is about it.`;
}
