// SPDX-License-Identifier: GPL-2.0-or-later
// The workbench: a scenario's text, and what it does on its kernels. All pages share it.
import { button, byId, complain, complainNoMore, make, say } from './dom.mjs';
import { Superseded } from './client.mjs';
import { Editor } from './editor.mjs';
import { guessOf, isImported } from './imported.mjs';
import { Kernels } from './kernels.mjs';
import { kernelOf } from './lesson.mjs';
import { ownValue, Params } from './params.mjs';
import { Picture, timesOf } from './picture.mjs';
import { Play } from './play.mjs';
import { failuresOf, failureTone, marksOf, messagesOf, refusalsOf, showProblems } from './problems.mjs';
import { markStory, showStory } from './story.mjs';
import { Tabs } from './tabs.mjs';

// A picture that costs more waits until typing pauses, so that letters appear at once.
const COST_MAX_MS = 40;
const PAUSE_MS = 150;

const FAILED = { plain: 'failed', goal: 'not met yet', moved: 'written for another value' };

const plural = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;

export class Workbench {
	#client;
	#editor;
	#kernels;
	#params;
	#picture;
	#play;
	#tabs;
	#sets = {};
	#isLesson = false;
	#place = ''; // the page's, which a link names
	#cost_ms = 0; // of the last picture, until it was on the screen
	#pause;
	#storyOf; // the kernel that the reader chose
	#run; // the last that had a picture
	#onChange;
	#onRun;

	// onChange(): the text, the kernels or a param are others; onRun(answer): it ran.
	constructor(client, { onChange, onRun, onPaste }) {
		this.#client = client;
		this.#onChange = onChange;
		this.#onRun = onRun;
		this.#editor = new Editor({
			parent: byId('editor'), label: 'Scenario', onPaste,
			onChange: () => this.#changed(),
			onLine: (line) => this.#markElsewhere(line),
		});
		this.#kernels = new Kernels(() => this.#changed());
		this.#params = new Params(client, (name, value) => this.#set(name, value));
		this.#picture = new Picture({ frame: byId('picture-frame'), tip: byId('tip'), onMark: (spot) => this.#follow(spot) });
		this.#play = new Play((step, isByReader) => this.#showStep(step, isByReader));
		this.#tabs = new Tabs(byId('tabs'), () => {
			this.#showTab();
			if (this.#tabs.chosen === 'play')
				byId('play-state').scrollIntoView({ block: 'nearest' });
		});
		byId('story-kernel').onchange = () => {
			this.#storyOf = byId('story-kernel').value;
			this.#showTab();
		};
		byId('rerun').onclick = () => this.run();
		byId('pin').onchange = () => this.#pin();
		addEventListener('resize', () => this.#sayWhetherItScrolls());
	}

	// What page_words() and page_kernels() say.
	teach(words, kernels) {
		this.#editor.teach(words, kernels);
		this.#kernels.teach(kernels);
	}

	get text() {
		return this.#editor.text;
	}

	get lastRun() {
		return this.#run;
	}

	// What a link and a draft keep.
	get state() {
		const view = { tab: this.#tabs.chosen, page: this.#place, ...this.#storyOf && { story: this.#storyOf } };
		return { text: this.text, kernels: this.#kernels.chosen, sets: this.#sets, view };
	}

	get file() {
		return this.#client.file;
	}

	// kernels: [] for the file's own.
	open({ text, kernels = [], sets = {}, view = {}, file = 'scenario.lw', lesson, key = '', origin }) {
		this.#client.file = file;
		this.#isLesson = Boolean(lesson);
		this.#place = origin ?? (key.startsWith('link ') ? 'own' : key);
		this.#sets = { ...sets };
		this.#kernels.choose(kernels);
		this.#play.rewind();
		this.#editor.load(text);
		if (!isImported(text)) // whose comment says what is guessed
			this.#editor.foldComment();
		this.#run = undefined;
		clearTimeout(this.#pause);
		this.#storyOf = view.story;
		this.#picture.empty();
		byId('guessed').textContent = '';
		this.#tabs.choose(view.tab ?? 'story');
		return this.run();
	}

	replace(text) {
		this.#sets = {};
		this.#kernels.choose([]);
		this.#editor.replace(text);
	}

	focus() {
		this.#editor.focus();
	}

	get #setsText() {
		return Object.entries(this.#sets).map((pair) => pair.join('=')).join('\n');
	}

	get #kernelsText() {
		return this.#kernels.chosen.join('\n');
	}

	ask(name, ...args) {
		return this.#client.ask(name, args);
	}

	// The kernel whose story and steps are shown.
	get #kernel() {
		return Math.max(0, byId('story-kernel').selectedIndex);
	}

	get kernelName() {
		return this.#run?.kernels[this.#kernel] ?? '';
	}

	get setsText() {
		return this.#setsText;
	}

	#changed() {
		this.#onChange();
		clearTimeout(this.#pause);
		if (this.#cost_ms > COST_MAX_MS)
			this.#pause = setTimeout(() => this.run(), PAUSE_MS);
		else
			this.run();
	}

	#set(name, value) {
		if (value === undefined)
			delete this.#sets[name];
		else
			this.#sets[name] = value;
		this.#changed();
	}

	async run() {
		const { text } = this;
		const asked = { kernels: this.#kernels.chosen, sets: { ...this.#sets } };
		try {
			const answer = await this.#client.ask('page_run', [text, this.#kernelsText, this.#setsText], { key: 'run' });
			this.#show({ ...answer, text, ...asked, kernels: answer.kernels ?? asked.kernels });
		} catch (error) {
			if (error instanceof Superseded)
				return;
			this.#picture.stale();
			complain(error.message);
			byId('rerun').hidden = false;
			say(error.message);
		}
	}

	#show(run) {
		if (!byId('rerun').hidden) // it was about a run
			complainNoMore();
		byId('rerun').hidden = true;
		const hasRun = run.svg !== undefined;
		const failures = hasRun ? failuresOf(run) : [];
		const refusals = hasRun ? refusalsOf(run) : [];
		const tone = failureTone(this.#isLesson, run.sets, (name) => ownValue(run.text, name));
		if (run.text === this.text)
			this.#editor.show(marksOf(run.text, run.diagnostics, failures, tone));
		showProblems(messagesOf(run), failures, refusals, tone, (line) => this.#goTo(line));
		byId('picture-frame').hidden = !hasRun && !this.#run;
		if (!hasRun) {
			this.#picture.stale();
			const [first] = run.diagnostics;
			const words = `${first.line ? `Line ${first.line}: ` : ''}${first.text}`;
			byId('picture-note').replaceChildren(words, '. ', this.#run ? 'The picture is that of the text before. ' : '',
				...first.line ? [button('Go there', () => this.#goTo(first.line))] : []);
			if (!this.#run)
				this.#kernels.show(run.kernels.length ? run.kernels : [kernelOf(run.text)]);
			say(`${plural(run.diagnostics.length, 'error')}. ${words}`);
			return;
		}
		const isFirst = !this.#run;
		this.#run = run;
		this.#measure();
		byId('picture-note').textContent = '';
		byId('guessed').textContent = guessOf(run);
		byId('from-top').textContent = run.kernels.length > 1 ? `From top to bottom: ${run.kernels.join(', ')}.` : '';
		this.#picture.show(run.svg, run.spots, timesOf(run));
		if (isFirst)
			this.#picture.showAnswer();
		this.#kernels.show(run.kernels);
		this.#params.show(run);
		byId('table').textContent = run.table;
		this.#offerKernels(run.kernels);
		this.#showTab();
		say(`Ran on ${run.kernels.join(', ')}: ${plural(run.messages.length, 'notification')}` +
			`${failures.length ? `, ${plural(failures.length, 'expectation')} ${FAILED[tone.kind]}` : ''}.`);
		this.#onRun(run, failures);
	}

	#measure() {
		const from = performance.now();
		requestAnimationFrame(() => setTimeout(() => {
			this.#cost_ms = performance.now() - from;
			this.#sayWhetherItScrolls();
		}));
	}

	#sayWhetherItScrolls() {
		const { scrollWidth, clientWidth } = byId('picture-frame');
		byId('sideways').classList.toggle('needed', scrollWidth > clientWidth);
	}

	#offerKernels(names) {
		const select = byId('story-kernel');
		const wanted = [this.#storyOf, kernelOf(this.#run.text)].find((name) => names.includes(name));
		select.replaceChildren(...names.map((name) => make('option', {}, name)));
		select.value = wanted ?? names[0];
		byId('story-kernel-label').hidden = names.length < 2 || this.#tabs.chosen === 'table';
	}

	#showTab() {
		const tab = this.#tabs.chosen;
		this.#pin();
		byId('story-kernel-label').hidden = tab === 'table' || (this.#run?.kernels.length ?? 0) < 2;
		if (tab !== 'play') {
			this.#play.stop();
			this.#picture.cursor(undefined);
		}
		if (!this.#run)
			return;
		if (tab === 'play')
			this.#askSteps();
		byId('table-hint').hidden = byId('table').scrollWidth <= byId('table').clientWidth;
		if (tab === 'story')
			showStory(this.#run.stories[this.#kernel], (line) => this.#goTo(line));
	}

	#pin() {
		byId('workbench').classList.toggle('pinned', byId('pin').checked);
	}

	async #askSteps() {
		try {
			this.#play.load(await this.#client.ask('page_steps', [this.#run.text, this.kernelName, this.#setsText], { key: 'steps' }));
		} catch (error) {
			if (!(error instanceof Superseded))
				complain(error.message);
		}
	}

	#showStep(step, isByReader) {
		if (this.#tabs.chosen !== 'play')
			return;
		const line = this.#causeOf(step);
		this.#picture.cursor(step.t_ns, this.#kernel);
		this.#editor.mark(line ? [line] : []);
		this.#editor.reveal(line ?? 1);
		this.#picture.mark(line);
		if (isByReader)
			say(`${step.t_ns / 1e9} s: ${step.log.map(({ text }) => text).join('; ')}`);
	}

	// A step's own action; of a timer's step, which comes later, the action that led to it.
	#causeOf({ t_ns, line, log }) {
		if (log.some(({ kind }) => kind === 'action'))
			return line;
		return this.#run.stories[this.#kernel].findLast((sentence) => sentence.t_ns === t_ns && sentence.line)?.line ?? line;
	}

	// From the picture, the story or a message to the line.
	#goTo(line) {
		this.#editor.goTo(line);
		this.#mark(line);
	}

	// From a mark of the picture to its line, and to its sentence in its kernel's story.
	#follow({ line, kernel, sentence }) {
		const select = byId('story-kernel');
		if (select.selectedIndex !== kernel) {
			select.selectedIndex = kernel;
			this.#storyOf = select.value;
			this.#showTab();
		}
		this.#editor.goTo(line);
		this.#mark(line, sentence);
	}

	#mark(line, sentence) {
		this.#editor.mark([line]);
		this.#markElsewhere(line, sentence);
	}

	#markElsewhere(line, sentence) {
		this.#picture.mark(line);
		markStory(line, sentence);
	}
}
