// SPDX-License-Identifier: GPL-2.0-or-later
// A lesson: its text, its question, and whether the reader's text answers it.
import { byId, button, make, paragraphs, say } from './dom.mjs';
import { goalsOf, kernelOf, missingGoals } from './lesson.mjs';
import { isLessonDone, markLesson } from './store.mjs';

export class LessonPage {
	#client;
	#lesson;
	#parts;

	constructor(client, lesson) {
		this.#client = client;
		this.#lesson = lesson;
	}

	// What the reader edits.
	async load() {
		this.#parts = await this.#client.ask('page_lesson', [this.#lesson.text]);
		return this.#parts.scenario;
	}

	get intro() {
		const { paragraph, question, task, answer } = this.#parts;
		const reveal = button('Show the answer', () => {
			this.#showAnswer(byId('answer').hidden);
			byId('answer').scrollIntoView({ block: 'nearest' });
		}, { id: 'reveal' });
		return [make('div', { className: 'lesson' },
			make('section', {}, ...paragraphs(paragraph)),
			make('section', { className: 'task' },
				make('h2', {}, 'The question'), ...paragraphs(question),
				make('h2', {}, 'Try it'), ...paragraphs(task),
				isLessonDone(this.#lesson.id) && make('p', {}, 'You have answered this lesson.'),
				reveal, make('div', { id: 'answer', hidden: true, tabIndex: -1 },
					...paragraphs(answer.replace(/\bscenarios\/([\w-]+\.lw)/g, '[$1](#example/$1)')))))];
	}

	// Judges the reader's text on the kernel that it names, as `lwsim lesson --try` does.
	async judge({ text, sets, kernels, tests }) {
		if (text.trim() === this.#parts.scenario.trim() && !Object.keys(sets).length)
			return;
		const missing = missingGoals(goalsOf(this.#lesson.text), text);
		if (missing.length) {
			this.#say(`This line is missing; put it back: ${missing[0].trim()}`, false);
			return;
		}
		const kernel = kernelOf(text);
		const at = kernels.indexOf(kernel);
		const passed = at >= 0 ? tests[at].passed : (await this.#client.ask('page_run', [text, kernel, ''])).tests?.[0].passed;
		this.#say(passed ? `Yes, that is it, on ${kernel}. ` : `Not yet, on ${kernel}.`, passed);
	}

	#showAnswer(isShown) {
		byId('answer').hidden = !isShown;
		byId('reveal').textContent = isShown ? 'Hide the answer' : 'Show the answer';
	}

	// Where the reader is, beside the text.
	#say(words, isRight) {
		const verdict = byId('verdict');
		verdict.hidden = false;
		verdict.classList.toggle('right', isRight);
		verdict.replaceChildren(words);
		if (!isRight)
			return;
		markLesson(this.#lesson.id);
		this.#showAnswer(true);
		verdict.append(button('Read the answer', () => byId('answer').focus()));
		say(words);
	}
}
