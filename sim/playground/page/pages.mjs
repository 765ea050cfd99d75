// SPDX-License-Identifier: GPL-2.0-or-later
// The pages, by the link's fragment. A page is {key, title, nav, file, text, intro, ...}; without `text` it has no workbench.
import { button, inline, make, paragraphs } from './dom.mjs';
import { leadingComment, titleOf } from './lesson.mjs';
import { BadLink, isLink, readLink } from './link.mjs';
import { QUESTIONS } from './questions.mjs';
import { openImport } from './share.mjs';
import { isLessonDone, readDraft } from './store.mjs';

const EMPTY = `# Statements, one a line: the time in seconds, then what happens. Ctrl+Space completes.
title    "my own"
kernel   6.1
hz       1000

0        virtnet_probe eth0 status=on
2        ip link set eth0 up
5        virtnet_config_changed eth0 link=down
7        end
`;

const ABOUT = `lwsim shows what Linux does with a network link's state: when programs are told that a link is up or down, on
which kernel, and why. It simulates the kernel's own rules. [Lesson 1](#learn/1) begins at the beginning.`;

const plain = (text) => text.replaceAll('`', '');

const link = (href, ...words) => make('a', { href }, ...words);

// A command of the program is for a shell; here the scenario that it names is a page, if it is another one.
function withoutCommands(text, file) {
	return text.replace(/(?:See it: )?`?\blwsim \w+[^`\n]*? (?:scenarios\/)?([\w-]+\.lw)`?/g, (_, name) => name === file ? '' : `[${name}](#example/${name})`)
		.replace(/^`lwsim [^`]*` .*$/gm, '');
}

// A scenario's leading comment; its reason begins a paragraph.
const aboutOf = (text, file) => paragraphs(withoutCommands(leadingComment(text), file).replace(/\n(?=Why:|Since \d|Measured )/g, '\n\n'));

function startPage(contents, id) {
	const question = QUESTIONS.find((one) => one.id === id);
	return {
		key: id, nav: 'start', title: question.question, file: question.file, text: contents.scenarios[question.file],
		intro: [
			...paragraphs(ABOUT),
			make('nav', { className: 'questions', 'aria-label': 'Three questions' }, QUESTIONS.map((one) =>
				make('a', { href: `#${one.id}`, ...one.id === id && { 'aria-current': 'page' } }, one.question))),
			...paragraphs(question.about),
		],
	};
}

function lessonsPage(contents) {
	const done = contents.lessons.filter(({ id }) => isLessonDone(id)).length;
	return {
		key: 'learn', nav: 'learn', title: 'Learn',
		intro: [
			make('p', {}, 'Twelve lessons for people who know ', make('code', {}, 'ip link'), ' but not linkwatch: a text, a picture, ' +
				'a question that you answer by changing a line. ', done ? `You have answered ${done} of ${contents.lessons.length}.` : ''),
			make('ol', { className: 'path' }, contents.lessons.map(({ id, text }, i) => make('li', { className: isLessonDone(id) ? 'done' : '' },
				link(`#learn/${i + 1}`, ...inline(titleOf(text))), isLessonDone(id) && make('span', { className: 'done-mark' }, ' answered')))),
		],
	};
}

function lessonPage(contents, number) {
	const lesson = contents.lessons[number - 1];
	if (!lesson)
		return undefined;
	const next = contents.lessons[number];
	return {
		key: `learn/${number}`, nav: 'learn', title: `Lesson ${number} of ${contents.lessons.length}: ${titleOf(lesson.text)}`,
		file: `lesson-${number}.lw`, lesson, text: '',
		outro: [make('nav', { className: 'next', 'aria-label': 'Lessons' },
			number > 1 && link(`#learn/${number - 1}`, `Lesson ${number - 1}`), link('#learn', 'All lessons'),
			next && link(`#learn/${number + 1}`, `Lesson ${number + 1}: ${titleOf(next.text)}`))],
	};
}

function reportsPage(contents) {
	return {
		key: 'reports', nav: 'reports', title: 'Reports from the field',
		intro: [
			make('p', {}, 'Problems that people reported, about the kernel, daemons and distributions, simulated anew: ' +
				'what they saw, what the kernel did, and on which kernels it still happens.'),
			make('ul', { className: 'cards' }, contents.reports.map((report) => make('li', {},
				link(`#reports/${report.id}`, ...inline(titleOf(report.text))), ...paragraphs(report.seen),
				make('p', { className: 'source' }, inline(report.source))))),
		],
	};
}

function reportPage(contents, id) {
	const report = contents.reports.find((one) => one.id === id);
	if (!report)
		return undefined;
	return {
		key: `reports/${id}`, nav: 'reports', title: titleOf(report.text), file: `${id}.lw`, text: report.text, report,
		intro: [
			make('div', { className: 'sections' },
				make('section', {}, make('h2', {}, 'What people saw'), ...paragraphs(report.seen),
					make('p', { className: 'source' }, 'Report: ', inline(report.source))),
				make('section', {}, make('h2', {}, 'What the kernel did'), ...aboutOf(report.text)),
				make('section', {}, make('h2', {}, 'Where it still happens'),
					make('div', { id: 'still' }, make('p', {}, 'Running it on every version ...')))),
		],
		outro: [make('nav', { className: 'next', 'aria-label': 'Reports' }, link('#reports', 'All reports'))],
	};
}

function ownPage(contents) {
	const examples = make('select', { id: 'examples', onchange: () => { location.hash = examples.value; } },
		make('option', { value: 'own' }, 'choose'),
		Object.entries(contents.scenarios).map(([file, text]) => [file, plain(titleOf(text)) || file])
			.sort(([, one], [, other]) => one.localeCompare(other, 'en', { sensitivity: 'base' }))
			.map(([file, title]) => make('option', { value: `example/${file}` }, title)));
	return {
		key: 'own', nav: 'own', title: 'My own', file: 'own.lw', text: EMPTY,
		intro: [
			make('p', {}, inline('Type a scenario, open a file, or paste what `ip -ts monitor link` printed. ' +
				'The text stays in this browser; nothing is sent anywhere. '), button('Paste a log', openImport, { id: 'paste-log' })),
			make('p', {}, make('label', {}, 'An example: ', examples)),
			readDraft('own before') && make('p', {},
				button('Bring back the text that was here before', () => dispatchEvent(new Event('bring-back')))),
		].filter(Boolean),
	};
}

function examplePage(contents, file) {
	const text = contents.scenarios[file];
	return text && {
		key: `example/${file}`, nav: 'own', title: titleOf(text) || file, file, text, intro: aboutOf(text, file),
	};
}

// The page that a link was made on: as the link says, or by its text, which may be one of ours.
function originOf(contents, { text, view }) {
	const question = QUESTIONS.find(({ file }) => contents.scenarios[file] === text);
	const report = contents.reports.find((one) => one.text === text);
	const file = Object.keys(contents.scenarios).find((name) => contents.scenarios[name] === text);
	const found = question?.id ?? (report && `reports/${report.id}`) ?? (file && `example/${file}`);
	return placePage(contents, view.page ?? found ?? '');
}

async function linkPage(contents, fragment) {
	const given = await readLink(fragment);
	const origin = originOf(contents, given);
	if (origin?.text === undefined || origin.key === 'own')
		return {
			key: `link ${fragment}`, nav: 'own', title: titleOf(given.text) || 'A scenario from a link', file: 'scenario.lw', ...given,
			intro: [make('p', { className: 'notice' }, 'Somebody made this scenario and sent it as a link.'), ...aboutOf(given.text)],
		};
	const words = inline(`This comes from a link, made on the page [${plain(origin.title)}](#${origin.key}), and may differ from it.`);
	return { ...origin, key: `link ${fragment}`, ...given, origin: origin.key, intro: [make('p', { className: 'notice' }, words), ...origin.intro ?? []] };
}

// The page of a place such as learn/3; undefined: there is none.
function placePage(contents, fragment) {
	const [place, rest] = [fragment.split('/', 1)[0], fragment.slice(fragment.indexOf('/') + 1)];
	if (QUESTIONS.some(({ id }) => id === fragment))
		return startPage(contents, fragment);
	if (place === 'learn')
		return fragment === 'learn' ? lessonsPage(contents) : lessonPage(contents, Number(rest));
	if (place === 'reports')
		return fragment === 'reports' ? reportsPage(contents) : reportPage(contents, rest);
	if (place === 'example')
		return examplePage(contents, rest);
	return fragment === 'own' ? ownPage(contents) : undefined;
}

function decode(hash) {
	try {
		return decodeURIComponent(hash);
	} catch {
		return hash;
	}
}

// {page, isEmbedded, problem}: problem says why the link could not be opened; then the page is the start page.
export async function findPage(contents, hash) {
	const whole = decode(hash.replace(/^#/, ''));
	const isEmbedded = /^embed(\/|$)/.test(whole);
	const fragment = whole.replace(/^embed\/?/, '') || 'start';
	let problem = 'there is no such page';
	let page;
	try {
		page = isLink(fragment) ? await linkPage(contents, fragment) : placePage(contents, fragment);
	} catch (error) {
		if (!(error instanceof BadLink))
			throw error;
		problem = error.message;
	}
	return page ? { page, isEmbedded } : { page: startPage(contents, 'start'), isEmbedded, problem };
}
