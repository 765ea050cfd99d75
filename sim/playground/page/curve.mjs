// SPDX-License-Identifier: GPL-2.0-or-later
// Draws the wait for RUNNING against a param's value, a line for each kernel.
import { duration, make } from './dom.mjs';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH_MAX = 640;
const HEIGHT = 104;
const LEFT = 56;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 24;
const STYLES = 6; // .line0 to .line5 in style.css

function shape(name, attributes, text) {
	const element = document.createElementNS(SVG, name);
	for (const [key, value] of Object.entries(attributes))
		element.setAttribute(key, value);
	if (text !== undefined)
		element.textContent = text;
	return element;
}

// Kernels whose lines are the same share one. measure(point) has a number for each kernel; null: none.
function linesOf(points, kernels, measure) {
	const lines = [];
	kernels.forEach((name, at) => {
		const values = points.map((point) => [point.value, measure(point)[at]]);
		const same = lines.find((line) => JSON.stringify(line.values) === JSON.stringify(values));
		if (same)
			same.names.push(name);
		else
			lines.push({ names: [name], values });
	});
	return lines;
}

const waits = ({ waits_ns }) => waits_ns;

const isKnown = ([, value]) => value !== null && value >= 0;

function pathOf(values, x, y) {
	let isPen = false;
	return values.map((pair) => {
		const step = isKnown(pair) ? `${isPen ? 'L' : 'M'}${x(pair[0]).toFixed(1)} ${y(pair[1]).toFixed(1)}` : '';
		isPen = Boolean(step);
		return step;
	}).join('');
}

// What the chart shows, for those who do not see it.
function describe(lines, label, format) {
	return lines.map(({ names, values }) => {
		const known = values.filter(isKnown);
		const [first, last] = [known[0], known.at(-1)];
		return first ? `${names.join(' and ')}: ${format(first[1])} at ${label(first[0])}, ${format(last[1])} at ${label(last[0])}` : '';
	}).filter(Boolean).join('; ');
}

// From which value on there is no wait, by the points: [kernels, words].
export function limitsOf(points, kernels, label) {
	return linesOf(points, kernels, waits).map(({ names, values }) => {
		const last = values.findLastIndex(([, wait]) => wait !== 0);
		const [next, before] = [values[last + 1], values[last]];
		if (!next)
			return [names, before[1] > 0 ? `a wait up to ${label(before[0])}, the last value` : ''];
		if (!before)
			return [names, 'no wait at any value'];
		return [names, before[1] === null ? '' : `no wait from ${label(next[0])} on`];
	}).filter(([, words]) => words);
}

function describeLimits(grid, kernels, label) {
	const limits = limitsOf(grid, kernels, label);
	return limits.length > 0 && grid.length > 1 && make('p', { className: 'hint limits' },
		`${limits.map(([names, words]) => `${names.join(', ')}: ${words}`).join('; ')}. The values are ${label(grid[1].value - grid[0].value)} apart.`);
}

function drawLegend(lines, at, format) {
	return make('ul', { className: 'legend' }, lines.map(({ names, values }, i) => {
		const sample = shape('svg', { viewBox: '0 0 28 8', 'aria-hidden': 'true' });
		const now = values.findLast(([value]) => value <= at);
		sample.append(shape('path', { class: `line line${i % STYLES}`, d: 'M0 4H28' }));
		return make('li', {}, sample, `${names.join(', ')}${now && isKnown(now) ? `: ${format(now[1])}` : ''}`);
	}));
}

function drawCurve({ title, name, lines, highest, range, at, format, width, label, limits }) {
	const x = (value) => LEFT + (width - LEFT - RIGHT) * (value - range.from) / (range.to - range.from);
	const y = (value) => HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / highest;
	const svg = shape('svg', { viewBox: `0 0 ${width} ${HEIGHT}`, role: 'img',
		'aria-label': `${title} against ${name}. ${describe(lines, label, format)}` });
	svg.append(shape('path', { class: 'frame', d: `M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${width - RIGHT}` }),
		shape('text', { x: LEFT - 6, y: TOP + 8, class: 'end' }, format(highest)),
		shape('text', { x: LEFT - 6, y: HEIGHT - BOTTOM, class: 'end' }, format(0)));
	for (let i = 0; i <= 4; i++) {
		const value = Math.round(range.from + (range.to - range.from) * i / 4);
		svg.append(shape('text', { x: x(value), y: HEIGHT - 8, class: i === 4 ? 'end' : i ? 'middle' : '' }, label(value)));
	}
	svg.append(shape('line', { class: 'now', x1: x(at), x2: x(at), y1: TOP, y2: HEIGHT - BOTTOM }));
	lines.forEach(({ values }, i) => svg.append(shape('path', { class: `line line${i % STYLES}`, d: pathOf(values, x, y) })));
	return make('figure', { className: 'curve' },
		make('figcaption', {}, make('span', {}, `${title}, for each value of `, make('code', {}, name)), drawLegend(lines, at, format)), svg, limits || '');
}

// The charts that show something: waits if a device waits, messages if their number varies.
// grid: the points without that of the present value.
export function drawCurves({ name, kernels, points, grid, range, at, room }) {
	const width = Math.min(WIDTH_MAX, Math.max(300, room)); // in a narrow window fewer units, so that letters stay large
	const label = (value) => range.isTime ? duration(value) : String(value);
	const charts = [];
	for (const [title, measure, format, isWorth] of [
		['Longest wait for RUNNING', waits, duration, ([least, most]) => most > 0 && most >= least],
		['Notifications', ({ messages }) => messages, String, ([least, most]) => most > least],
	]) {
		const all = points.flatMap(measure).filter((value) => value !== null && value >= 0);
		const highest = Math.max(0, ...all);
		if (all.length && isWorth([Math.min(...all), highest]))
			charts.push(drawCurve({ title, name, range, at, format, highest, width, label,
				limits: measure === waits && describeLimits(grid, kernels, label), lines: linesOf(points, kernels, measure) }));
	}
	return charts;
}
