// SPDX-License-Identifier: GPL-2.0-or-later
// A run step by step, forward and back: what happened, the devices, and linkwatch's list, limit and timer.
import { byId, duration, make, seconds } from './dom.mjs';

const PACE_MS = 1200;

const yesNo = (value) => value ? 'yes' : 'no';

function row(device) {
	return make('tr', { className: device.wrong ? 'wrong' : '' },
		make('th', { scope: 'row' }, device.name),
		make('td', {}, device.up ? 'UP' : 'down'), make('td', {}, device.carrier ? 'on' : 'off'),
		make('td', {}, device.operstate), make('td', {}, yesNo(device.running)),
		make('td', {}, device.told ?? 'none', device.wrong && make('strong', {}, ' stale')));
}

// The limit and the timer in words, at the time of the step.
function describeWindow({ t_ns, window_end_ns }) {
	return window_end_ns > t_ns
		? `non-urgent events wait until ${seconds(window_end_ns)}, ${duration(window_end_ns - t_ns)} from now`
		: 'open: an event would be handled at once';
}

const WORK = {
	idle: () => 'nothing to do',
	delayed: ({ t_ns, work_ns }) => `its timer fires at ${seconds(work_ns)}, in ${duration(work_ns - t_ns)}`,
	queued: () => 'queued to run now',
	asleep: () => 'waits for rtnl',
	running: () => 'runs',
};

export class Play {
	#steps = [];
	#window_ns = 1e9;
	#isWhole = true;
	#at = 0;
	#timer;
	#onStep;

	// onStep(step): what the picture and the editor are to show.
	constructor(onStep) {
		this.#onStep = onStep;
		byId('play-first').onclick = () => this.#go(0);
		byId('play-back').onclick = () => this.#go(this.#at - 1);
		byId('play-forward').onclick = () => this.#go(this.#at + 1);
		byId('play-last').onclick = () => this.#go(this.#steps.length - 1);
		byId('play-run').onclick = () => this.#toggle();
		byId('play-at').oninput = () => this.#go(Number(byId('play-at').value));
		byId('panel-play').addEventListener('keydown', (event) => this.#key(event));
	}

	// answer: what page_steps() says.
	load({ steps, window_ns, is_whole }) {
		this.#steps = steps;
		this.#window_ns = window_ns;
		this.#isWhole = is_whole;
		byId('play-at').max = Math.max(0, steps.length - 1);
		this.#show(Math.min(this.#at, Math.max(0, steps.length - 1)), false);
	}

	rewind() {
		this.#at = 0;
		this.stop();
	}

	stop() {
		clearInterval(this.#timer);
		this.#timer = undefined;
		byId('play-run').textContent = 'Play';
	}

	#toggle() {
		if (this.#timer) {
			this.stop();
			return;
		}
		if (this.#at === this.#steps.length - 1)
			this.#show(0, true);
		byId('play-run').textContent = 'Pause';
		this.#timer = setInterval(() => {
			if (this.#at === this.#steps.length - 1)
				this.stop();
			else
				this.#show(this.#at + 1, true);
		}, PACE_MS);
	}

	#key(event) {
		if (event.target.matches('input') || event.altKey || event.ctrlKey || event.metaKey)
			return;
		const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
		if (!step)
			return;
		event.preventDefault();
		this.#go(this.#at + step);
	}

	#go(at) {
		this.stop();
		this.#show(Math.max(0, Math.min(at, this.#steps.length - 1)), true);
	}

	#show(at, isByReader) {
		const step = this.#steps[at];
		byId('play-empty').hidden = Boolean(step);
		byId('play-state').hidden = !step;
		if (!step)
			return;
		this.#at = at;
		byId('play-at').value = at;
		byId('play-first').disabled = byId('play-back').disabled = at === 0;
		byId('play-forward').disabled = byId('play-last').disabled = at === this.#steps.length - 1;
		byId('play-when').textContent = `Step ${at + 1} of ${this.#steps.length}${this.#isWhole ? '' : ' (the rest is not shown)'}: ` +
			`${seconds(step.t_ns)} s, jiffy ${step.jiffy}`;
		byId('play-log').replaceChildren(...step.log.map(({ kind, text }) => make('li', { className: kind.replace(' ', '-') }, text)));
		byId('play-why').replaceChildren(...step.decisions.map(({ text, function: name }) =>
			make('li', {}, text, name && make('small', {}, ` ${name}`))));
		byId('play-devices').replaceChildren(...step.devices.map(row));
		byId('play-list').textContent = step.queue.length ? `${step.queue.join(', ')}: an event waits` : 'empty: no event waits';
		byId('play-window').textContent = describeWindow(step);
		byId('play-meter').value = Math.max(0, Math.min(1, (step.window_end_ns - step.t_ns) / this.#window_ns));
		byId('play-work').textContent = WORK[step.work](step) + (step.urgent ? '; an urgent event waits' : '') +
			(step.rtnl_until_ns ? `; rtnl is held until ${seconds(step.rtnl_until_ns)}` : '');
		this.#onStep(step, isByReader);
	}
}
