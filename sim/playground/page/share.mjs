// SPDX-License-Identifier: GPL-2.0-or-later
// Links, copies and files: what leaves the page does so by the reader's hand.
import { byId, complain, make, say } from './dom.mjs';
import { writeLink } from './link.mjs';

const FILE_MAX_BYTES = 1 << 20;
const FLASH_MS = 2000;
const LINK_USUAL = 8000; // characters that mail programs and chats take

// A line of `ip monitor link`, with or without -ts or -o.
const MONITOR = /^(\[[^\]]+\] ?|Timestamp: .*\n)?(Deleted )?\d+: [^\s:]+(@[^\s:]+)?: <[A-Z_,-]*>/m;

export const isMonitorText = (text) => MONITOR.test(text);

// Says for a moment, where the reader looks, that it was done.
function flash(element) {
	element.classList.add('copied');
	setTimeout(() => element.classList.remove('copied'), FLASH_MS);
}

// Copies; where the browser does not let it, shows the text to copy by hand. from: the button.
async function copy(text, what, from = byId('share').querySelector('summary')) {
	try {
		await navigator.clipboard.writeText(text);
		say(`Copied ${what}.`);
		byId('share').open = false;
		flash(from);
	} catch {
		byId('copy-text').value = text;
		byId('copy').showModal();
		byId('copy-text').select();
	}
}

function save(text, name, type) {
	const url = URL.createObjectURL(new Blob([text], { type }));
	make('a', { href: url, download: name }).click();
	setTimeout(() => URL.revokeObjectURL(url), 10000);
	say(`Saved ${name}.`);
}

// Throws with a message if it is not a text that could be a scenario.
export async function readFileText(file) {
	if (file.size > FILE_MAX_BYTES)
		throw new Error(`${file.name} has ${file.size} bytes: a scenario in this page may have 1 MB at most.`);
	const bytes = new Uint8Array(await file.arrayBuffer());
	try {
		if (bytes.includes(0))
			throw new Error('NUL');
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		throw new Error(`${file.name} is not a text file. A scenario is UTF-8 text; so is the output of ip -ts monitor link.`);
	}
}

const address = (fragment) => `${location.href.split('#')[0]}#${fragment}`;

export const openImport = () => byId('import').showModal();

export class Share {
	#workbench;

	// onOpen(text, name): a file; onImport(text): the text of `ip monitor`.
	constructor(workbench, { onOpen, onImport }) {
		this.#workbench = workbench;
		const actions = {
			'copy-link': async () => this.#copyLink(),
			'copy-embed': async () => copy(`<iframe src="${address(`embed/${await writeLink(workbench.state)}`)}" ` +
				'width="100%" height="700" title="lwsim"></iframe>', 'the frame'),
			'copy-lanes': async () => copy(await this.#lanes(), 'the lanes'),
			'copy-story': async () => copy((await this.#ask('page_explain')).story, 'the story'),
			'copy-svg': async () => copy(this.#svg(), 'the picture'),
			'save-svg': async () => save(this.#svg(), workbench.file.replace(/\.lw$/, '.svg'), 'image/svg+xml'),
			'copy-lw': async () => copy(workbench.text, 'the scenario'),
			'save-lw': async () => save(workbench.text, workbench.file, 'text/plain'),
		};
		for (const [id, act] of Object.entries(actions))
			byId(id).onclick = () => act().catch((error) => complain(error.message));
		byId('open-file').onclick = () => byId('file').click();
		byId('file').onchange = () => this.#open(byId('file').files[0], onOpen);
		byId('open-import').onclick = () => {
			byId('share').open = false;
			openImport();
		};
		byId('import-form').onsubmit = ({ submitter }) => submitter?.value === 'cancel' || onImport(byId('import-text').value);
		addEventListener('dragover', (event) => event.preventDefault());
		addEventListener('drop', (event) => {
			if (!event.dataTransfer?.files.length)
				return;
			event.preventDefault();
			this.#open(event.dataTransfer.files[0], onOpen);
		});
	}

	async #copyLink() {
		const link = address(await writeLink(this.#workbench.state));
		await copy(link, 'the link', byId('copy-link'));
		if (link.length > LINK_USUAL)
			complain(`The link has ${link.length} characters, and some programs cut such a link off. Saving the scenario is safer.`);
	}

	async #open(file, onOpen) {
		byId('file').value = '';
		byId('share').open = false;
		try {
			if (file)
				onOpen(await readFileText(file), file.name);
		} catch (error) {
			complain(error.message);
		}
	}

	#ask(name) {
		return this.#workbench.ask(name, this.#workbench.lastRun?.text ?? this.#workbench.text, this.#workbench.kernelName, this.#workbench.setsText);
	}

	async #lanes() {
		const { lanes, failed } = await this.#ask('page_lanes');
		return failed ? `${lanes}\n${failed}` : lanes;
	}

	#svg() {
		if (!this.#workbench.lastRun)
			throw new Error('There is no picture yet.');
		return this.#workbench.lastRun.svg;
	}
}
