// SPDX-License-Identifier: GPL-2.0-or-later
// Tabs as the ARIA practices have them: arrow keys go from tab to tab, Tab goes into the panel.

export class Tabs {
	#tabs;
	#onChoose;

	// Each tab has data-tab, and controls the panel named by aria-controls.
	constructor(list, onChoose) {
		this.#tabs = [...list.querySelectorAll('[role=tab]')];
		this.#onChoose = onChoose;
		for (const tab of this.#tabs) {
			tab.addEventListener('click', () => this.#pick(tab));
			tab.addEventListener('keydown', (event) => this.#key(event, tab));
		}
	}

	get chosen() {
		return this.#tabs.find((tab) => tab.getAttribute('aria-selected') === 'true').dataset.tab;
	}

	choose(name) {
		const chosen = this.#tabs.find((tab) => tab.dataset.tab === name) ?? this.#tabs[0];
		for (const tab of this.#tabs) {
			tab.setAttribute('aria-selected', String(tab === chosen));
			tab.tabIndex = tab === chosen ? 0 : -1;
			document.getElementById(tab.getAttribute('aria-controls')).hidden = tab !== chosen;
		}
	}

	#pick(tab) {
		this.choose(tab.dataset.tab);
		tab.focus();
		this.#onChoose();
	}

	#key(event, tab) {
		const at = this.#tabs.indexOf(tab);
		const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
		if (to === undefined)
			return;
		event.preventDefault();
		this.#pick(this.#tabs.at(to % this.#tabs.length));
	}
}
