// SPDX-License-Identifier: GPL-2.0-or-later
// Shows the picture: its marks explain themselves and lead to their line; arrow keys go from mark to mark.

// The picture's words at a wait, but not those beside a kernel's name.
const ANSWER = /^(UP to RUNNING: \d|stale RUNNING|UP and not RUNNING)/;
const SVG = 'http://www.w3.org/2000/svg';

export class Picture {
	#frame;
	#tip;
	#onMark;
	#svg;
	#spots = []; // elements, as those that were given
	#given = [];
	#texts = new Map();
	#at = 0;
	#times = [];
	#cursor;

	// onMark(spot): one was clicked, or Enter pressed on it.
	constructor({ frame, tip, onMark }) {
		this.#frame = frame;
		this.#tip = tip;
		this.#onMark = onMark;
		frame.addEventListener('pointerover', (event) => this.#hover(event.target));
		frame.addEventListener('pointerleave', () => this.#hideTip());
		frame.addEventListener('click', (event) => this.#follow(event.target));
		frame.addEventListener('keydown', (event) => this.#key(event));
		frame.addEventListener('focusin', (event) => this.#hover(event.target));
		frame.addEventListener('focusout', () => this.#hideTip());
		frame.addEventListener('scroll', () => this.#hideTip());
	}

	// spots: what the picture says at a place; times: the picture's [t_ns, x], in order.
	show(text, spots, times) {
		const parsed = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
		if (parsed.localName !== 'svg')
			throw new Error('the picture is not SVG');
		const hadFocus = this.#frame.contains(document.activeElement);
		const width = Number(parsed.getAttribute('width'));
		parsed.querySelector('style')?.remove(); // the page has its own, for light and dark
		parsed.querySelector('title')?.remove();
		parsed.setAttribute('role', 'group');
		parsed.setAttribute('aria-describedby', 'story-hint');
		parsed.removeAttribute('width');
		parsed.removeAttribute('height');
		parsed.style.setProperty('--width', `${width}px`);
		this.#svg = document.importNode(parsed, true);
		this.#times = times;
		this.#cursor = undefined;
		this.#prepareSpots(spots);
		this.#frame.replaceChildren(this.#svg);
		this.#hideTip();
		this.fresh();
		if (hadFocus)
			this.#spots[this.#at]?.focus({ preventScroll: true });
	}

	stale() {
		this.#frame.classList.add('stale');
	}

	fresh() {
		this.#frame.classList.remove('stale');
	}

	empty() {
		this.#frame.replaceChildren();
		this.#spots = [];
		this.#svg = undefined;
	}

	// Shows which marks are a line's.
	mark(line) {
		for (const element of this.#frame.querySelectorAll('.linked'))
			element.classList.remove('linked');
		for (const element of this.#frame.querySelectorAll(`[data-line="${Number(line)}"]`))
			element.classList.add('linked');
	}

	// A vertical line at a time, where a kernel's lanes are in view; undefined: none.
	cursor(t_ns, kernel = 0) {
		this.#cursor?.remove();
		this.#cursor = undefined;
		const x = t_ns === undefined ? undefined : this.#xOf(t_ns);
		if (x === undefined || !this.#svg)
			return;
		this.#cursor = document.createElementNS(SVG, 'line');
		const { height } = this.#svg.viewBox.baseVal;
		for (const [name, value] of Object.entries({ x1: x, x2: x, y1: 60, y2: height - 30, class: 'cursor' }))
			this.#cursor.setAttribute(name, value);
		this.#svg.append(this.#cursor);
		this.#scrollTo(x, kernel);
	}

	// In a narrow window: scrolls to where the first wait is written.
	showAnswer() {
		const answer = [...this.#svg.querySelectorAll('text')].find(({ textContent }) => ANSWER.test(textContent));
		this.#frame.scrollLeft = 0;
		if (!answer)
			return;
		const beyond = answer.getBoundingClientRect().right - this.#frame.getBoundingClientRect().right;
		this.#frame.scrollLeft = Math.max(0, beyond + 8);
	}

	#prepareSpots(spots) {
		this.#texts.clear();
		this.#given = spots;
		for (const title of this.#svg.querySelectorAll('title'))
			title.remove(); // the page shows them itself, also to the keyboard
		this.#spots = [...this.#svg.querySelectorAll('[fill-opacity="0"]')];
		this.#spots.forEach((element, i) => {
			this.#texts.set(element, spots[i].text);
			element.classList.add('spot');
			for (const [name, value] of Object.entries({ role: 'button', tabindex: '-1', 'aria-label': spots[i].text }))
				element.setAttribute(name, value);
			if (spots[i].line)
				element.setAttribute('data-line', spots[i].line);
		});
		this.#at = Math.min(this.#at, Math.max(0, this.#spots.length - 1));
		this.#spots[this.#at]?.setAttribute('tabindex', '0');
		// A frame without a mark scrolls with the keyboard; with one it is no stop of its own.
		if (this.#spots.length)
			this.#frame.removeAttribute('tabindex');
		else
			this.#frame.tabIndex = 0;
	}

	#xOf(t_ns) {
		const after = this.#times.findIndex(([time]) => time >= t_ns);
		if (after <= 0)
			return this.#times.at(after)?.[1];
		const [from, to] = [this.#times[after - 1], this.#times[after]];
		return from[1] + (to[1] - from[1]) * (t_ns - from[0]) / (to[0] - from[0]);
	}

	#scrollTo(x, kernel) {
		const { width, top } = this.#svg.getBoundingClientRect();
		const left = x * width / this.#svg.viewBox.baseVal.width;
		if (left < this.#frame.scrollLeft + 40 || left > this.#frame.scrollLeft + this.#frame.clientWidth - 40)
			this.#frame.scrollLeft = left - this.#frame.clientWidth / 2;
		const panel = this.#svg.querySelectorAll('rect.f-panel')[kernel];
		if (panel)
			this.#frame.scrollTop = panel.getBoundingClientRect().top - top - 8;
	}

	#hover(target) {
		const element = target.closest?.('.spot') ?? target;
		const text = this.#texts.get(element);
		if (!text) {
			this.#hideTip();
			return;
		}
		const box = element.getBoundingClientRect();
		this.#tip.textContent = text;
		this.#tip.hidden = false;
		const { width, height } = this.#tip.getBoundingClientRect();
		const below = box.bottom + 6 + height < innerHeight;
		this.#tip.style.left = `${Math.max(4, Math.min(box.left, innerWidth - width - 8))}px`;
		this.#tip.style.top = `${below ? box.bottom + 6 : Math.max(4, box.top - height - 6)}px`;
	}

	#hideTip() {
		this.#tip.hidden = true;
	}

	#follow(element) {
		const spot = this.#given[this.#spots.indexOf(element)];
		if (spot?.line)
			this.#onMark(spot);
	}

	#key(event) {
		const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
		if (event.key === 'Escape')
			this.#hideTip();
		if (!event.target.classList.contains('spot'))
			return;
		if (event.key === 'Enter' || event.key === ' ')
			this.#follow(event.target);
		else if (step)
			this.#focusSpot((this.#at + step + this.#spots.length) % this.#spots.length);
		else if (event.key === 'Home' || event.key === 'End')
			this.#focusSpot(event.key === 'Home' ? 0 : this.#spots.length - 1);
		else
			return;
		event.preventDefault();
	}

	#focusSpot(at) {
		this.#spots[this.#at].setAttribute('tabindex', '-1');
		this.#at = at;
		this.#spots[at].setAttribute('tabindex', '0');
		this.#spots[at].focus();
	}
}

// Where times are in a picture, by its marks: the sentence of a mark has its time. Between two the picture is to scale,
// or nothing happens.
export function timesOf({ spots, stories }) {
	const radius = Math.min(...spots.map(({ w }) => w)) / 2;
	const times = new Map();
	for (const { x, kernel, sentence, text } of spots)
		if (sentence !== undefined && /^\d/.test(text))
			times.set(stories[kernel][sentence].t_ns, x + radius);
	return [...times].sort(([a], [b]) => a - b);
}
