// SPDX-License-Identifier: GPL-2.0-or-later
// A slider for each `param` of the file, and under it how the wait for RUNNING depends on it.
import { Superseded } from './client.mjs';
import { byId, button, duration, make } from './dom.mjs';
import { drawCurves } from './curve.mjs';

const STEPS = 120;
const CURVE_POINTS = 60;
const PAUSE_MS = 300;
const UNITS = { s: 1e9, ms: 1e6, us: 1e3 };
const MS_NS = UNITS.ms;

const escaped = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

// The value that the file itself gives.
export const ownValue = (text, name) => new RegExp(`^param\\s+${escaped(name)}\\s*=\\s*([^\\s#]+)`, 'm').exec(text)?.[1] ?? '';

// What the file says of a param: the comment of its own line, else of the first line that uses it.
export function commentOf(text, name) {
	const comment = (line) => new RegExp(`^${line}[^#\\n]*#\\s*(.+)`, 'm').exec(text)?.[1].trim();
	return comment(`param\\s+${escaped(name)}\\s*=`) ?? comment(`[^#\\n]*\\$${escaped(name)}(?![\\w-])`) ?? '';
}

// A value on a slider: a time in ns, or a number. NaN: neither.
function toNumber(value) {
	const [, number, unit] = /^(\d+(?:\.\d+)?)(s|ms|us)?$/.exec(value) ?? [];
	return number === undefined ? NaN : Number(number) * (UNITS[unit] ?? 1);
}

const toText = (number, isTime) => !isTime ? String(number) : number % MS_NS ? `${number / 1e3}us` : `${number / MS_NS}ms`;

function roundUp(value) {
	const unit = 10 ** Math.floor(Math.log10(value));
	return unit * [1, 1.2, 1.5, 2, 3, 5, 10].find((factor) => factor * unit >= value * 0.999);
}

// The slider's end and step, by the file's own value; undefined: it cannot slide.
function rangeOf(own) {
	const number = toNumber(own);
	if (Number.isNaN(number))
		return undefined;
	const isTime = /s$/.test(own);
	const to = roundUp(isTime ? Math.max(3 * number, 10 * MS_NS) : Math.max(2 * number, 10));
	const unit = isTime ? MS_NS : 1;
	return { isTime, from: isTime ? 0 : 1, to, step: Math.max(unit, Math.round(to / STEPS / unit) * unit) };
}

// As `lwsim sweep --vary` takes them.
function valuesOf({ isTime, from, to, step }) {
	const every = Math.max(step, Math.ceil(to / CURVE_POINTS / step) * step);
	return `${toText(from, isTime)}..${toText(to, isTime)}/${toText(every, isTime)}`;
}

export class Params {
	#client;
	#onSet;
	#rows = new Map();
	#key = '';
	#curvesOf; // the text
	#timer;

	// onSet(name, value); value undefined: the file's own.
	constructor(client, onSet) {
		this.#client = client;
		this.#onSet = onSet;
	}

	// Shows the params of a run: {text, kernels, sets, params}.
	show(run) {
		const key = run.params.map(({ name }) => `${name}=${ownValue(run.text, name)} ${commentOf(run.text, name)}`).join('\n');
		if (key !== this.#key) {
			this.#key = key;
			this.#curvesOf = run.text;
			this.#rows = new Map(run.params.map((param) => [param.name, this.#makeRow(param, run.text)]));
			byId('params').replaceChildren(...[...this.#rows.values()].map(({ row }) => row));
		}
		for (const param of run.params)
			this.#update(param, run.sets);
		byId('params').hidden = !run.params.length;
		// while somebody types, the picture comes first
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#drawCurves(run), this.#curvesOf === run.text ? 0 : PAUSE_MS);
	}

	#makeRow({ name }, text) {
		const range = rangeOf(ownValue(text, name));
		const id = `param-${name}`;
		const slider = range
			? make('input', { type: 'range', id, min: range.from, max: range.to, step: range.step,
				oninput: () => this.#onSet(name, toText(Number(slider.value), range.isTime)) })
			: make('input', { type: 'text', id, onchange: () => this.#onSet(name, slider.value) });
		const output = make('output', {});
		output.setAttribute('for', id);
		const reset = button('reset', () => this.#onSet(name, undefined),
			{ 'aria-label': `Reset ${name} to the file's value`, className: 'quiet' });
		const charts = make('div', { className: 'charts' });
		const row = make('div', { className: 'param' },
			make('div', { className: 'slide' }, make('label', { htmlFor: id }, make('code', {}, name), ' ', make('small', {}, commentOf(text, name))), slider, output, reset), charts);
		return { row, range, slider, output, reset, charts };
	}

	#update({ name, value }, sets) {
		const { range, slider, output, reset } = this.#rows.get(name);
		slider.value = range ? toNumber(value) : value;
		const words = range?.isTime ? duration(toNumber(value)) : value;
		slider.setAttribute('aria-valuetext', words);
		output.textContent = words;
		reset.style.visibility = name in sets ? '' : 'hidden'; // keeps its place
	}

	// A curve depends on everything but its own param's value; that is one more point of it, so that it is exact there.
	async #drawCurves({ text, kernels, sets, params }) {
		this.#curvesOf = text;
		for (const { name, value } of params) {
			const row = this.#rows.get(name);
			if (!row?.range)
				continue;
			const others = Object.entries(sets).filter(([other]) => other !== name).map((pair) => pair.join('='));
			const ask = (values, key) => this.#askPoints(name, values, text, kernels, others, key);
			const key = JSON.stringify([text, kernels, others]);
			const [now, points] = await Promise.all([ask(value, 'now'), row.curveKey === key ? row.points : ask(valuesOf(row.range), 'all')]);
			if (row !== this.#rows.get(name) || !points)
				continue;
			Object.assign(row, { curveKey: key, points });
			this.#shorten(row, toNumber(value));
			row.charts.replaceChildren(...drawCurves({
				name, kernels, range: row.range, grid: points, at: toNumber(value), room: row.row.clientWidth,
				points: [...points, ...now ?? []].sort((one, other) => one.value - other.value),
			}));
		}
	}

	// With larger values the file is wrong, as a time would go back: the slider ends where the points end.
	#shorten({ points, range, slider }, now) {
		if (points.length)
			range.to = Math.max(now, points.at(-1).value);
		slider.max = range.to;
		slider.value = now;
	}

	// [{value, waits_ns, messages}], value as a number; [] if they took too long, undefined if they are asked anew.
	async #askPoints(name, values, text, kernels, others, key) {
		try {
			const answer = await this.#client.ask('page_curve', [text, kernels.join('\n'), others.join('\n'), `${name}=${values}`],
				{ key: `curve ${key} ${name}`, isIdle: true });
			return (answer.points ?? []).map((point) => ({ ...point, value: toNumber(point.value) }));
		} catch (error) {
			return error instanceof Superseded ? undefined : [];
		}
	}
}
