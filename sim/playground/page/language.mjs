// SPDX-License-Identifier: GPL-2.0-or-later
// The scenario language for the editor. All words are the parser's own: page_words() lists its tables.
import { StreamLanguage, foldService } from '@codemirror/language';

const TAGS = {
	flag: 'atom', operstate: 'atom', kind: 'typeName', observer: 'typeName', sysfs: 'propertyName',
	link: 'propertyName', expect: 'propertyName', statement: 'keyword', header: 'meta',
};
const KERNEL = /^\*?\d+\.\d+(\.\d+)*(\+[\w*-]+)*$|^\*\+[\w+*-]+$/;
const TIME = /^\+?(\d+\.?\d*|\.\d+)(s|ms|us|ns|j|jiffies)?(?=[\s#/]|$)/;
const WORD = /^[^\s"#<>=,|/]+/;

function tagsOf(words) {
	const tags = new Map();
	for (const [list, tag] of Object.entries(TAGS))
		for (const word of words[list] ?? [])
			tags.set(word, tag);
	return tags;
}

export function scenarioLanguage(words) {
	const tags = tagsOf(words);
	return StreamLanguage.define({
		name: 'lwsim',
		startState: () => ({ isSnapshot: false }),
		token(stream, state) {
			if (stream.sol() && stream.match('-- ', false))
				state.isSnapshot = true;
			if (state.isSnapshot || stream.match('#', false)) {
				stream.skipToEnd();
				return 'comment';
			}
			if (stream.eatSpace())
				return null;
			if (stream.match(/^"([^"\\]|\\.)*"?/))
				return 'string';
			if (stream.match(/^\$[\w-]+/) || stream.match(/^\+\$[\w-]+/))
				return 'variableName';
			if (stream.match(TIME))
				return 'number';
			const word = stream.match(WORD);
			if (!word) {
				stream.next();
				return 'punctuation';
			}
			if (stream.string[stream.start - 1] === '=') // a value, such as status=on
				return null;
			return tags.get(word[0]) ?? (KERNEL.test(word[0]) ? 'labelName' : null);
		},
		languageData: { commentTokens: { line: '#' } },
	});
}

// Several comment lines one after another fold.
export const commentFolds = foldService.of((state, from, to) => {
	const isComment = (number) => number <= state.doc.lines && /^#(?![=?>!])/.test(state.doc.line(number).text);
	const first = state.doc.lineAt(from).number;
	if (!isComment(first) || (first > 1 && isComment(first - 1)))
		return null;
	let last = first;
	while (isComment(last + 1))
		last++;
	return last > first ? { from: to, to: state.doc.line(last).to } : null;
});

// Names that the text itself gives: devices, and $param.
function namesIn(text) {
	const names = new Set(text.match(/\b[a-z]+\d+\b/g));
	for (const [, name] of text.matchAll(/^param\s+([\w-]+)/gm))
		names.add(`$${name}`);
	return [...names].map((label) => ({ label, type: 'variable' }));
}

// In the order of the parser's table, which begins with what is used most.
const options = (list = [], type) => list.map((label, i) => ({ label, type, boost: -i }));

// What can stand where the cursor is, by the words before it.
function candidates(before, words, kernels, text) {
	const previous = before.trim().split(/\s+/).at(-1);
	const names = namesIn(text);
	if (!before.trim())
		return before ? options(words.statement, 'keyword') : options(words.header, 'property');
	if (/^(kernel|compare)\s/.test(before) || /\bon\s+([\d*]\S*\s+)*$/.test(before))
		return kernels.versions.map(({ name, about }) => ({ label: name, type: 'class', detail: about }));
	if (/[<,]$/.test(before) || previous === 'flags')
		return options(words.flag, 'constant');
	if (/^(state|operstate|dev->operstate)$/.test(previous))
		return options(words.operstate, 'constant');
	if (/^sysfs\s/.test(before.replace(/^\S*\s+/, '')))
		return [...names, ...options(words.sysfs, 'property')];
	if (previous === 'type')
		return options(words.kind, 'type');
	if (/\bexpect\s/.test(before))
		return [...options(words.expect, 'property'), ...names, ...options(words.observer, 'type')];
	if (/\bip\s|\bsetlink\s/.test(before))
		return [...options(words.link, 'property'), ...names, ...options(words.kind, 'type')];
	return [...options(words.statement, 'keyword'), ...names];
}

export function completeWith(words, kernels) {
	return (context) => {
		const line = context.state.doc.lineAt(context.pos);
		const before = context.state.sliceDoc(line.from, context.pos);
		if (/^[^"]*#/.test(before) || (before.match(/"/g) ?? []).length % 2)
			return null;
		const change = /\+([\w-]*)$/.exec(before);
		if (change && /\d\+([\w-]+\+)*[\w-]*$/.test(before))
			return {
				from: context.pos - change[1].length,
				options: kernels.changes.map(({ name, about }) => ({ label: name, type: 'class', detail: about })),
			};
		const word = /[^\s"#=<,+]*$/.exec(before)[0];
		if (!word && !context.explicit)
			return null;
		return {
			from: context.pos - word.length,
			options: candidates(before.slice(0, before.length - word.length), words, kernels,
				context.state.doc.toString()),
			validFor: /^[^\s"#=<,+]*$/,
		};
	};
}
