// SPDX-License-Identifier: GPL-2.0-or-later
// The texts of the page, from the tree: scenarios, lessons, and the reports with what their table says of them.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { withoutSnapshots } from './lesson.mjs';

const scenarioNames = (folder) => readdirSync(folder).filter((name) => name.endsWith('.lw')).sort();
const readScenario = (path) => withoutSnapshots(readFileSync(path, 'utf8'));

// The scenario with which README.md begins.
function readCables(root) {
	const match = /<!-- cables\.lw -->\n```lw\n([^]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'));
	if (!match)
		throw new Error('README.md has no cables.lw');
	return match[1];
}

// Rows of the table in scenarios/reports/README.md: {FILE: {source, seen}}.
function readTable(root) {
	const rows = {};
	let source = '';
	for (const line of readFileSync(join(root, 'scenarios/reports/README.md'), 'utf8').split('\n')) {
		const cells = line.split(' | ').map((cell) => cell.replace(/^\| |\s*\|$/g, '').trim());
		if (cells.length !== 5 || cells[0] === 'File')
			continue;
		source = cells[1] === 'the same' ? source : cells[1];
		rows[cells[0]] = { source, seen: cells[2] };
	}
	return rows;
}

function readReports(root) {
	const folder = join(root, 'scenarios/reports');
	const table = readTable(root);
	const ids = scenarioNames(folder).map((name) => name.slice(0, -'.lw'.length));
	const unknown = ids.filter((id) => !table[id]);
	if (unknown.length)
		throw new Error(`scenarios/reports/README.md has no row for ${unknown.join(', ')}`);
	return Object.keys(table).map((id) => ({ id, ...table[id], text: readScenario(join(folder, `${id}.lw`)) }));
}

// {scenarios: {FILE: text}, lessons: [{id, text}], reports: [{id, source, seen, text}]}
export function readContents(root) {
	const folder = (name) => join(root, 'scenarios', name);
	return {
		scenarios: Object.fromEntries([['cables.lw', readCables(root)],
			...scenarioNames(folder('.')).map((name) => [name, readScenario(join(folder('.'), name))])]),
		lessons: scenarioNames(folder('lessons')).map((name) => ({
			id: name.slice(0, -'.lw'.length), text: readScenario(join(folder('lessons'), name)),
		})),
		reports: readReports(root),
	};
}
