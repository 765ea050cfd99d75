// SPDX-License-Identifier: GPL-2.0-or-later
// What the texts of scenarios and lessons have beside statements. scenarios/lessons/README.md says how a lesson is written.

const GOAL = '#=';

// Snapshots are for `lwsim test`.
export function withoutSnapshots(text) {
	const at = text.search(/^-- /m);
	return at < 0 ? text : text.slice(0, at).trimEnd() + '\n';
}

// The comment at the beginning, as paragraphs.
export function leadingComment(text) {
	const lines = text.split('\n');
	const end = lines.findIndex((line) => !line.startsWith('#'));
	return lines.slice(0, end < 0 ? lines.length : end).map((line) => line.replace(/^# ?/, '')).join('\n');
}

export const titleOf = (text) => /^title\s+"((?:[^"\\]|\\.)*)"/m.exec(text)?.[1].replace(/\\(.)/g, '$1') ?? '';

// The kernel that a text names; lwsim's own default without one.
export const kernelOf = (text) => /^kernel\s+(\S+)/m.exec(text)?.[1] ?? '6.1';

// What a lesson's reader is to make hold: page_lesson() turns `#=` into spaces in the reader's copy.
export const goalsOf = (text) => text.split('\n').filter((line) => line.startsWith(GOAL)).map((line) => line.slice(GOAL.length));

const words = (line) => line.replace(/#.*/, '').trim().split(/\s+/).join(' ');

// The goals that a reader's text has no more.
export function missingGoals(goals, text) {
	const lines = text.split('\n').map(words);
	let from = 0;
	return goals.filter((goal) => {
		const at = lines.indexOf(words(goal), from);
		if (at < 0)
			return true;
		from = at + 1;
		return false;
	});
}
