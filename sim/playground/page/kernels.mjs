// SPDX-License-Identifier: GPL-2.0-or-later
// The kernels that run side by side, as chips: add one, remove one, go back to the file's own.
import { byId, button, make, say } from './dom.mjs';

const KERNELS_MAX = 8;

export class Kernels {
	#chosen = [];
	#shown = [];
	#changes = [];
	#onChange;

	// onChange(names), [] for the file's own.
	constructor(onChange) {
		this.#onChange = onChange;
		byId('kernel-form').addEventListener('submit', (event) => {
			event.preventDefault();
			this.#add();
		});
	}

	// Offers the versions and changes that there are.
	teach({ versions, changes, kernel }) {
		const version = byId('kernel-version');
		this.#changes = changes;
		this.#explain();
		version.replaceChildren(...versions.map(({ name, about }) => make('option', { value: name }, `${name}: ${about}`)));
		version.value = kernel;
		byId('kernel-changes').replaceChildren(...changes.map(({ name, about }) => make('label', {},
			make('input', { type: 'checkbox', value: name }), ` ${name} `, make('small', {}, about))));
	}

	get chosen() {
		return this.#chosen;
	}

	choose(names) {
		this.#chosen = names;
	}

	// Draws the chips: of the kernels that ran.
	show(names) {
		this.#shown = names;
		byId('kernel-chips').replaceChildren(...names.map((name) => make('li', { className: 'chip' }, name,
			names.length > 1 && button('×', () => this.#remove(name), { 'aria-label': `Remove kernel ${name}`, title: `Remove ${name}` }))));
		this.#explain();
		byId('kernels-own').hidden = !this.#chosen.length;
		byId('kernels-own').onclick = () => this.#set([], 'The kernels that the file names');
	}

	// What the changes do whose names stand in the chips.
	#explain() {
		const meant = this.#changes.filter(({ name }) => this.#shown.some((kernel) => kernel.split('+').includes(name)));
		byId('changes').hidden = !meant.length;
		byId('changes-list').replaceChildren(...meant.map(({ name, about, posted }) =>
			make('li', {}, make('code', {}, name), `: ${about} (${posted})`)));
	}

	#set(names, words) {
		this.#chosen = names;
		say(words);
		this.#onChange(names);
	}

	#remove(name) {
		this.#set(this.#shown.filter((other) => other !== name), `Removed ${name}`);
		byId('kernel-add').querySelector('summary').focus();
	}

	#add() {
		const changes = [...byId('kernel-changes').querySelectorAll('input:checked')].map(({ value }) => value);
		const name = [byId('kernel-version').value, ...changes].join('+');
		byId('kernel-add').open = false;
		byId('kernel-add').querySelector('summary').focus();
		if (this.#shown.includes(name))
			say(`${name} is there already`);
		else if (this.#shown.length >= KERNELS_MAX)
			say(`At most ${KERNELS_MAX} kernels: remove one first`);
		else
			this.#set([...this.#shown, name], `Added ${name}`);
	}
}
