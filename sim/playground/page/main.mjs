// SPDX-License-Identifier: GPL-2.0-or-later
// Starts the page, and goes from page to page.
import { Workbench } from './workbench.mjs';
import { Client, Superseded } from './client.mjs';
import { byId, button, closeMenus, complain, complainNoMore, inline, make, say } from './dom.mjs';
import { LessonPage } from './lesson_page.mjs';
import { findPage } from './pages.mjs';
import { loadParts } from './parts.mjs';
import { isMonitorText, Share } from './share.mjs';
import { dropDraft, readDraft, writeDraft } from './store.mjs';
import { showStill } from './still.mjs';

// Commands for a shell, which an imported scenario recommends.
const SHELL = /\. Then see what remains:\n(#   lwsim .*\n)+/;

class Site {
	#contents;
	#client;
	#workbench;
	#page;
	#lessonPage;

	async start() {
		const { module, contents, workerUrl } = await loadParts();
		this.#contents = contents;
		this.#client = new Client(() => {
			const worker = new Worker(workerUrl);
			module.then((compiled) => worker.postMessage({ module: compiled }), fail);
			return worker;
		});
		this.#workbench = new Workbench(this.#client, {
			onChange: () => this.#keep(),
			onRun: (run) => this.#lessonPage?.judge(run).catch(() => {}),
			onPaste: (text) => this.#paste(text),
		});
		new Share(this.#workbench, { onOpen: (text, name) => this.#take(text, name), onImport: (text) => this.#import(text) });
		closeMenus();
		addEventListener('hashchange', () => this.#go());
		addEventListener('bring-back', () => this.#takeOwn(readDraft('own before')));
		addEventListener('paste', (event) => this.#pasteBeside(event));
		byId('complaint-close').onclick = complainNoMore;
		byId('skip').onclick = () => {
			byId('write-title').scrollIntoView();
			this.#workbench.focus();
		};
		const shown = this.#go().then(() => performance.mark('picture'));
		const [words, kernels] = await Promise.all([this.#client.ask('page_words', []), this.#client.ask('page_kernels', [])]);
		this.#workbench.teach(words, kernels);
		byId('version').textContent = kernels.version;
		await shown;
	}

	async #go() {
		const { page, isEmbedded, problem } = await findPage(this.#contents, location.hash);
		this.#page = page;
		this.#client.forget('still');
		complainNoMore();
		document.body.classList.toggle('embed', isEmbedded);
		document.title = `${page.title.replaceAll('`', '')} - lwsim`;
		byId('title').replaceChildren(...inline(page.title));
		byId('open-whole').href = location.href.replace(/#embed\/?/, '#');
		for (const item of byId('nav').querySelectorAll('a'))
			item.setAttribute('aria-current', item.hash === `#${page.nav}` ? 'page' : 'false');
		this.#lessonPage = page.lesson && new LessonPage(this.#client, page.lesson);
		if (this.#lessonPage) {
			const copy = await this.#lessonPage.load();
			page.text ||= copy; // a link has its own
			page.intro = [...page.intro ?? [], ...this.#lessonPage.intro];
		}
		const hadFocus = byId('intro').contains(document.activeElement);
		byId('intro').replaceChildren(...page.intro);
		if (hadFocus) // on one of the questions
			byId('intro').querySelector('[aria-current]')?.focus();
		byId('outro').replaceChildren(...page.outro ?? []);
		byId('verdict').hidden = true;
		byId('workbench').hidden = byId('skip').hidden = page.text === undefined;
		if (page.text === undefined)
			say('');
		else
			await this.#open(page);
		if (problem)
			complain(`This link cannot be opened: ${problem}.`);
		if (page.report)
			showStill(this.#client, page.report.text, () => this.#page === page)
				.catch((error) => error instanceof Superseded || complain(error.message));
		scrollTo(0, 0);
	}

	// A text that was changed here before comes back as it was.
	#open(page) {
		const draft = readDraft(page.key);
		this.#sayChanged(draft ?? page);
		byId('start-again').onclick = () => {
			if (page.key === 'own') {
				this.#takeOwn({ text: page.text }); // the text can be brought back
				return;
			}
			dropDraft(page.key);
			this.#open(page);
		};
		return this.#workbench.open({ ...page, ...draft });
	}

	#sayChanged(draft) {
		const changes = changesOf(this.#page, draft);
		byId('changed').hidden = !changes.length;
		byId('changed-what').textContent = changes.length ? `You ${changes.join(', ')}; it is kept in this browser.` : '';
	}

	#keep() {
		const { text, kernels, sets } = this.#workbench.state;
		if (!writeDraft(this.#page.key, { text, kernels, sets }))
			byId('unkept').hidden = false;
		this.#sayChanged({ text, kernels, sets });
	}

	// A text from outside becomes one's own; what was there before can be brought back.
	#takeOwn(draft) {
		const before = readDraft('own');
		if (before)
			writeDraft('own before', before);
		writeDraft('own', draft);
		if (location.hash === '#own')
			this.#go();
		else
			location.hash = 'own';
	}

	#take(text, name) {
		if (isMonitorText(text))
			this.#import(text);
		else
			this.#takeOwn({ text, name });
	}

	#paste(text) {
		if (!isMonitorText(text))
			return false;
		this.#askImport(text).then(({ scenario, words }) => {
			this.#workbench.replace(scenario);
			say(`${words} Ctrl+Z brings your text back.`);
		}).catch((error) => complain(error.message));
		return true;
	}

	// A log that is pasted on the page, beside the editor.
	#pasteBeside({ target, clipboardData }) {
		const text = clipboardData?.getData('text/plain') ?? '';
		if (this.#page?.nav === 'own' && !target.closest?.('.cm-editor, input, textarea') && isMonitorText(text))
			this.#import(text);
	}

	async #import(text) {
		byId('share').open = false;
		try {
			const { scenario, words } = await this.#askImport(text);
			this.#takeOwn({ text: scenario });
			say(words);
		} catch (error) {
			complain(error.message);
		}
	}

	async #askImport(text) {
		const { diagnostics, scenario, messages, explained } = await this.#client.ask('page_import', [text, '']);
		if (scenario === undefined)
			throw new Error(`This text cannot be imported: ${diagnostics[0]?.text ?? 'it has no link message'}`);
		return { scenario: scenario.replace(SHELL, '.\n'), words: `Imported ${messages} messages; the scenario explains ${explained} of them.` };
	}
}

// What the reader has changed of a page, as verbs and their objects.
function changesOf(page, { text, kernels = [], sets = {} }) {
	const before = page.sets ?? {};
	const moved = Object.entries(sets).filter(([name, value]) => before[name] !== value).map(([name, value]) => `moved ${name} to ${value}`);
	const reset = Object.keys(before).filter((name) => !(name in sets)).map((name) => `reset ${name}`);
	return [
		...text === page.text ? [] : ['changed this text'],
		...kernels.join() === (page.kernels ?? []).join() ? [] : ['chose other kernels'],
		...moved, ...reset,
	];
}

function fail(error) {
	byId('complaint').hidden = false;
	byId('complaint-text').replaceChildren('The page could not start: ', make('code', {}, error.message),
		'. It needs WebAssembly and a browser of 2023 or newer. ',
		button('Try again', () => location.reload()));
}

new Site().start().catch(fail);
