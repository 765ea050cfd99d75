// SPDX-License-Identifier: GPL-2.0-or-later
// On which kernel versions a report still happens: by running it on each, and comparing the messages.
import { byId, duration, make, paragraphs } from './dom.mjs';
import { kernelOf } from './lesson.mjs';

const withoutTimes = (messages) => messages.map(({ dev, flags, operstate }) => `${dev} ${flags} ${operstate}`).join('\n');
const withTimes = (messages) => messages.map(({ jiffy, dev, flags, operstate }) => `${jiffy} ${dev} ${flags} ${operstate}`).join('\n');

// Neighbours with the same words share a row.
function group(rows) {
	const groups = [];
	for (const row of rows) {
		const last = groups.at(-1);
		if (last && last.words === row.words && last.count === row.count && last.wait === row.wait)
			last.to = row.name;
		else
			groups.push({ ...row, from: row.name, to: row.name });
	}
	return groups;
}

// The longest time from a cause, the action of a message's line, to the message. One that never came has none.
function longestWait({ messages, stories }) {
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
		return 'as reported';
	if (withoutTimes(run.messages) === withoutTimes(reference.messages))
		return 'as reported, at other times';
	return 'differently';
}

const about = (kernel) => `lwsim compares the messages with those on ${kernel}, which the report's scenario names: "as reported" is the same messages,
to the jiffy. It does not judge whether the fault is gone; what is known of that is under "What the kernel did".`;

const footnote = (names) => `"Longest wait" is from a cause to its message; a message that never comes is not counted. These are the versions that
lwsim has: ${names.join(', ')}. Of one between two rows it does not know to which it belongs.`;

const table = (rows) => make('table', {},
	make('thead', {}, make('tr', {}, ['Linux', 'It sends messages', 'How many', 'Longest wait'].map((head) => make('th', { scope: 'col' }, head)))),
	make('tbody', {}, group(rows).map(({ from, to, words, count, wait }) => make('tr',
		{ className: words.startsWith('as reported') ? 'same' : '' },
		make('th', { scope: 'row' }, from === to ? from : `${from} to ${to}`), make('td', {}, words),
		make('td', { className: 'count' }, count), make('td', { className: 'count' }, wait)))));

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
		const wait_ns = longestWait(answer);
		rows.push({ name, words: judge(answer, reference), count: answer.messages.length, wait: wait_ns ? duration(wait_ns) : 'none' });
	}
	byId('still')?.replaceChildren(...paragraphs(about(kernel)), table(rows),
		make('div', { className: 'hint' }, ...paragraphs(footnote(rows.map(({ name }) => name)))));
}
