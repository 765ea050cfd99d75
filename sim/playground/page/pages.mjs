// SPDX-License-Identifier: GPL-2.0-or-later
// The pages, by the link's fragment. A page is {key, title, nav, file, text, intro, ...}; without `text` it has no bench.
import { button, make, paragraphs } from './dom.mjs';
import { leadingComment, titleOf } from './lesson.mjs';
import { BadLink, isLink, readLink } from './link.mjs';
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

// The three questions of the start page.
const QUESTIONS = [
	{ id: 'start', file: 'cables.lw', question: 'Why is the second DOWN a second late?', about: `
Two cables are pulled, 5 ms apart. The first DOWN is sent at once, the second a second later, and until then userspace still sees \`eth1\` RUNNING. Nothing is broken: linkwatch, the part of the kernel that sends these messages, handles non-urgent events at most once a second, and all devices share that limit.

Change a time below: with \`+1s\` in line 10, both are sent at once. The expectation in line 12 then fails: it says that userspace still sees UP.` },
	{ id: 'start/microvm', file: 'microvm.lw', question: 'Why does a DHCP client wait 0.6 s?', about: `
A DHCP client sends nothing before its device is RUNNING. On this microVM the driver starts and turns the carrier off and on: two events. linkwatch handles the first at once and stores DOWN. It handles non-urgent events at most once a second, and an event of a device that is not up is not urgent: so the second has to wait. Then \`eth0\` is set up. It has carrier, but the stored state is still DOWN, and the client waits 614 ms, until linkwatch's timer fires.

A patch with two changes was posted. The first alone does not help; both together end the wait. Drag \`open\` to set \`eth0\` up later. What the patch would cost is [the next question](#start/cost).` },
	{ id: 'start/cost', file: 'storm.lw', question: 'What would the posted patch cost?', about: `
A script runs \`ip link set d0 up\` again and again on a device without carrier. Nothing changes, so Linux 6.1 sends nothing. With both changes of the patch, every command becomes an urgent event, and every urgent event a message: all programs that listen are woken 40 times in 0.8 s. This is what the limit is there to prevent, and why the patch was not merged. Drag \`times\`, and see the messages grow.

There is a second cost: the extra events use up the shared second, so that [other devices wait longer](#learn/12).` },
];

const LINK = /\[([^\]]+)\]\(([^)]+)\)/;

// Paragraphs, whose [text](address) are links.
function prose(text) {
	return text.trim().split(/\n\s*\n/).map((part) => make('p', {}, part.split(/(\[[^\]]+\]\([^)]+\))/).flatMap((piece) => {
		const match = LINK.exec(piece);
		if (match)
			return match[2].startsWith('http') ? make('a', { href: match[2], rel: 'noreferrer' }, match[1]) : link(match[2], match[1]);
		return paragraphs(piece).flatMap((element) => {
			const before = /^\s/.test(piece) ? [' '] : [];
			return [...before, ...element.childNodes, /\s$/.test(piece) ? ' ' : ''];
		});
	})));
}

function startPage(contents, id) {
	const question = QUESTIONS.find((one) => one.id === id);
	return {
		key: id, nav: 'start', title: question.question, file: question.file, text: contents.scenarios[question.file],
		intro: [
			make('nav', { className: 'questions', 'aria-label': 'Three questions' }, QUESTIONS.map((one) =>
				make('a', { href: `#${one.id}`, ...one.id === id && { 'aria-current': 'page' } }, one.question))),
			...prose(question.about),
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
			make('p', {}, 'What people reported to kernels, daemons and distributions, replayed: what they saw, what the kernel did, and on which kernels it still happens.'),
			make('ul', { className: 'cards' }, contents.reports.map((report) => make('li', {},
				link(`#reports/${report.id}`, titleOf(report.text)), ...prose(report.seen), make('p', { className: 'source' }, prose(report.source)[0].childNodes.length ? [...prose(report.source)[0].childNodes] : '')))),
		],
	};
}

function reportPage(contents, id) {
	const report = contents.reports.find((one) => one.id === id);
	if (!report)
		return undefined;
	const about = leadingComment(report.text);
	return {
		key: `reports/${id}`, nav: 'reports', title: titleOf(report.text), file: `${id}.lw`, text: report.text, report,
		intro: [
			make('div', { className: 'sections' },
				make('section', {}, make('h2', {}, 'What people saw'), ...prose(report.seen), make('p', { className: 'source' }, 'Report: ', [...prose(report.source)[0].childNodes])),
				make('section', {}, make('h2', {}, 'What the kernel did'), ...paragraphs(about)),
				make('section', {}, make('h2', {}, 'Where it still happens'), make('div', { id: 'still' }, make('p', {}, 'Running it on every version ...')))),
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
			make('p', {}, 'Type a scenario, open a file, or paste what ', make('code', {}, 'ip -ts monitor link'), ' printed. The text stays in this browser; nothing is sent anywhere.'),
			make('p', {}, make('label', {}, 'An example: ', examples)),
			readDraft('own before') && make('p', {}, button('Bring back the text that was here before', () => dispatchEvent(new Event('bring-back')))),
		].filter(Boolean),
	};
}

function examplePage(contents, file) {
	const text = contents.scenarios[file];
	return text && {
		key: `example/${file}`, nav: 'own', title: titleOf(text) || file, file, text, intro: paragraphs(leadingComment(text)),
	};
}

async function linkPage(fragment) {
	const given = await readLink(fragment);
	return {
		key: `link ${fragment}`, nav: '', title: titleOf(given.text) || 'A scenario from a link', file: 'scenario.lw', ...given,
		intro: paragraphs(leadingComment(given.text)),
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
