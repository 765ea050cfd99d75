// SPDX-License-Identifier: GPL-2.0-or-later
// The pages, by the link's fragment. A page is {key, title, nav, file, text, intro, ...}; without `text` it has no bench.
import { button, inline, make, paragraphs } from './dom.mjs';
import { leadingComment, titleOf } from './lesson.mjs';
import { BadLink, isLink, readLink } from './link.mjs';
import { QUESTIONS } from './questions.mjs';
import { isLessonDone, readDraft } from './store.mjs';

const EMPTY = `# Statements, one a line: the time in seconds, then what happens. Ctrl+Space completes.
title    "my own"
kernel   6.1
hz       1000

0        virtnet_probe eth0 status=on
2        ip link set eth0 up
5        virtnet_config_changed eth0 link=down
`;

const link = (href, ...words) => make('a', { href }, ...words);

// A scenario's leading comment; its reason begins a paragraph.
const aboutOf = (text) => paragraphs(leadingComment(text).replace(/\n(?=Why:|Since \d|Measured )/g, '\n\n'));

function startPage(contents, id) {
	const question = QUESTIONS.find((one) => one.id === id);
	return {
		key: id, nav: 'start', title: question.question, file: question.file, text: contents.scenarios[question.file],
		intro: [
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
				link(`#learn/${i + 1}`, titleOf(text)), isLessonDone(id) && make('span', { className: 'done-mark' }, ' answered')))),
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
			make('p', {}, 'What people reported to kernels, daemons and distributions, replayed: ' +
				'what they saw, what the kernel did, and on which kernels it still happens.'),
			make('ul', { className: 'cards' }, contents.reports.map((report) => make('li', {},
				link(`#reports/${report.id}`, titleOf(report.text)), ...paragraphs(report.seen),
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
		Object.entries(contents.scenarios).map(([file, text]) => make('option', { value: `example/${file}` }, titleOf(text) || file)));
	return {
		key: 'own', nav: 'own', title: 'My own', file: 'own.lw', text: EMPTY,
		intro: [
			make('p', {}, inline('Type a scenario, open a file, or paste what `ip -ts monitor link` printed. ' +
				'The text stays in this browser; nothing is sent anywhere.')),
			make('p', {}, make('label', {}, 'An example: ', examples)),
			readDraft('own before') && make('p', {},
				button('Bring back the text that was here before', () => dispatchEvent(new Event('bring-back')))),
		].filter(Boolean),
	};
}

function examplePage(contents, file) {
	const text = contents.scenarios[file];
	return text && {
		key: `example/${file}`, nav: 'own', title: titleOf(text) || file, file, text, intro: aboutOf(text),
	};
}

async function linkPage(fragment) {
	const given = await readLink(fragment);
	return {
		key: `link ${fragment}`, nav: '', title: titleOf(given.text) || 'A scenario from a link', file: 'scenario.lw', ...given,
		intro: aboutOf(given.text),
	};
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
		const [place, rest] = [fragment.split('/', 1)[0], fragment.slice(fragment.indexOf('/') + 1)];
		if (isLink(fragment))
			page = await linkPage(fragment);
		else if (QUESTIONS.some(({ id }) => id === fragment))
			page = startPage(contents, fragment);
		else if (place === 'learn')
			page = fragment === 'learn' ? lessonsPage(contents) : lessonPage(contents, Number(rest));
		else if (place === 'reports')
			page = fragment === 'reports' ? reportsPage(contents) : reportPage(contents, rest);
		else if (place === 'example')
			page = examplePage(contents, rest);
		else if (fragment === 'own')
			page = ownPage(contents);
	} catch (error) {
		if (!(error instanceof BadLink))
			throw error;
		problem = error.message;
	}
	return page ? { page, isEmbedded } : { page: startPage(contents, 'start'), isEmbedded, problem };
}
