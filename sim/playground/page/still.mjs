// SPDX-License-Identifier: GPL-2.0-or-later
// On which kernel versions a report still happens: by running it on each, and comparing the messages.
import { byId, duration, make } from './dom.mjs';
import { kernelOf } from './lesson.mjs';

const withoutTimes = (messages) => messages.map(({ dev, flags, operstate }) => `${dev} ${flags} ${operstate}`).join('\n');
const withTimes = (messages) => messages.map(({ jiffy, dev, flags, operstate }) => `${jiffy} ${dev} ${flags} ${operstate}`).join('\n');

// Neighbours with the same words share a row.
function group(rows) {
	const groups = [];
	for (const row of rows) {
		const last = groups.at(-1);
		if (last && last.words === row.words && last.count === row.count && last.late === row.late)
			last.to = row.name;
		else
			groups.push({ ...row, from: row.name, to: row.name });
	}
	return groups;
}

// How long after its cause, the action of its line, the latest message was sent.
function latest({ messages, stories }) {
	const actions = stories[0].filter(({ kind }) => kind === 'action');
	return messages.reduce((most, { t_ns, line }) => {
		const cause = actions.findLast((action) => action.line === line && action.t_ns <= t_ns);
		return cause ? Math.max(most, t_ns - cause.t_ns) : most;
	}, 0);
}

// What a kernel refuses that the reference accepts: old ones lack commands.
const refusals = ({ stories }) => stories[0].filter(({ kind }) => kind === 'error').map(({ text }) => text);

function judge(run, reference) {
	const news = refusals(run).find((text) => !refusals(reference).includes(text));
	if (news)
		return `it cannot run this: ${news}`;
	if (withTimes(run.messages) === withTimes(reference.messages))
		return 'the same messages, to the jiffy';
	if (withoutTimes(run.messages) === withoutTimes(reference.messages))
		return 'the same messages, at other times';
	return 'other messages';
}

const show = (rows, kernel) => make('table', {},
	make('caption', {}, `Compared with ${kernel}, the kernel of the report or the one that stands for it.`),
	make('thead', {}, make('tr', {}, ['Linux', 'It sends', 'Messages', 'Latest'].map((head) => make('th', { scope: 'col' }, head)))),
	make('tbody', {}, group(rows).map(({ from, to, words, count, late }) => make('tr',
		{ className: words.startsWith('the same') ? 'same' : '' },
		make('th', { scope: 'row' }, from === to ? from : `${from} to ${to}`), make('td', {}, words),
		make('td', { className: 'count' }, count), make('td', { className: 'count' }, late)))));

// client: asked when it has nothing else to do. isCurrent(): the reader is still on this page.
export async function showStill(client, text, isCurrent) {
	const { versions } = await client.ask('page_kernels', []);
	const kernel = kernelOf(text);
	const run = (name) => client.ask('page_run', [text, name, ''], { isIdle: true, key: `still ${name}` });
	const reference = await run(kernel);
	const rows = [];
	for (const { name } of versions) {
		const answer = name === kernel ? reference : await run(name);
		if (!isCurrent())
			return;
		const late = latest(answer);
		rows.push({ name, words: judge(answer, reference), count: answer.messages.length, late: late ? `${duration(late)} late` : 'at once' });
	}
	byId('still')?.replaceChildren(show(rows, kernel));
}
