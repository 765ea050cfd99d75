// SPDX-License-Identifier: GPL-2.0-or-later
// What is wrong with the text, and which expectations fail and why: in the editor at their place, and as a list.
import { byId, button, make } from './dom.mjs';
import { placeDiagnostics } from './bytes.mjs';

// The notes that stand after a failure in what `lwsim test` prints.
function notesOf(printed, line, text) {
	const lines = printed.split('\n');
	const at = lines.findIndex((one) => one.includes(`:${line}:`) && one.endsWith(text));
	const notes = [];
	for (const one of lines.slice(at + 1)) {
		if (/^\S+:\d+:\d+: |^why: /.test(one))
			break;
		if (one.startsWith('note: '))
			notes.push(one.slice('note: '.length));
	}
	return at < 0 ? [] : notes;
}

// The sentences that led to the first failure.
const storyOf = (printed) => /^why: [^]*/m.exec(printed)?.[0].replace(/^why: /, '').trimEnd() ?? '';

// [{kernel, line, offset, length, text, notes, story}]
export function failuresOf({ kernels, tests }) {
	return tests.flatMap(({ failures, printed }, at) => failures.filter(({ severity }) => severity === 'fail')
		.map((failure, i) => ({
			...failure,
			kernel: kernels[at],
			notes: notesOf(printed, failure.line, failure.text),
			story: i === 0 ? storyOf(printed) : '',
		})));
}

// Commands that failed stop a run that judges: `lwsim test` prints why.
export const refusalsOf = ({ kernels, tests }) => tests.flatMap(({ passed, failures, printed }, at) =>
	passed || failures.length || !printed ? [] : [{ kernel: kernels[at], text: printed.trimEnd() }]);

// All messages, with how many more there are, which only what is printed says.
export function messagesOf({ diagnostics, printed }) {
	const more = /^note: (\d+ more errors?)$/m.exec(printed);
	return more ? [...diagnostics, { severity: 'note', text: more[1] }] : diagnostics;
}

// By their place in the text; those without one come last.
const inOrder = (diagnostics) => [...diagnostics].sort((a, b) => (a.offset ?? Infinity) - (b.offset ?? Infinity) || 0);

const lintSeverity = { error: 'error', warning: 'warning', note: 'info', fail: 'warning' };

// For the editor.
export function marksOf(text, diagnostics, failures, tone) {
	const messages = [
		...diagnostics.map((one) => ({ ...one, message: one.text })),
		...failures.map((one) => ({
			...one, severity: tone.kind === 'plain' ? 'fail' : 'note',
			message: [`${LABELS[tone.kind](one.kernel)}${one.text}`, ...one.notes].join('\n'),
		})),
	].filter(({ line }) => line);
	return placeDiagnostics(text, messages).map(({ from, to, severity, message }) =>
		({ from, to, severity: lintSeverity[severity], message }));
}

function place(line, onLine) {
	return line ? [button(`line ${line}`, () => onLine(line), { className: 'sentence' }), ': '] : [];
}

// A failure is news where the scenario is as it was written; elsewhere it may be what the reader asked for.
const LABELS = {
	plain: (kernel) => `fails on ${kernel}: `,
	goal: () => 'goal, not met yet: ',
	moved: (kernel) => `differs on ${kernel}: `,
};

// {kind, words}: how failures are called; words: why they are soft. sets: the params that are off the file's value.
export function failureTone(isLesson, sets, ownValue) {
	const moved = Object.keys(sets).filter((name) => sets[name] !== ownValue(name));
	if (isLesson)
		return { kind: 'goal' };
	if (!moved.length)
		return { kind: 'plain' };
	return { kind: 'moved', words: `The expectations are written for ${moved.map((name) => `${name} = ${ownValue(name)}`).join(', ')}.` };
}

export function showProblems(diagnostics, failures, refusals, tone, onLine) {
	const label = LABELS[tone.kind];
	const items = [
		...inOrder(diagnostics).map(({ line, severity, text }) => make('li', { className: severity },
			make('strong', {}, `${severity}: `), place(line, onLine), text)),
		failures.length > 0 && tone.words && make('li', { className: 'soft' }, tone.words),
		...failures.map(({ kernel, line, text, notes, story }) => make('li', { className: tone.kind === 'plain' ? 'fail' : 'soft' },
			make('strong', {}, label(kernel)), place(line, onLine), text,
			notes.length > 0 && make('details', {}, make('summary', {}, 'Why?'),
				make('ul', {}, notes.map((note) => make('li', {}, note))),
				story && make('pre', { tabIndex: 0, 'aria-label': 'What led to it' }, story)))),
		...refusals.map(({ kernel, text }) => make('li', { className: 'fail' },
			make('strong', {}, `stops on ${kernel}: `), make('pre', { tabIndex: 0, 'aria-label': 'Why it stops' }, text))),
	].filter(Boolean);
	byId('problems').replaceChildren(...items);
	byId('problems').hidden = !items.length;
}
