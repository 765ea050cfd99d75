// SPDX-License-Identifier: GPL-2.0-or-later
// The machine's answers are the native program's, byte for byte, for every scenario.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { before, test } from 'node:test';
import { Machine, MachineEnded } from '../../sim/playground/page/machine.mjs';
import { built, lwsim, lwsimPicture, read, scenarios } from './lib.mjs';

const wasm = readFileSync(join(built, 'wasm/lwsim.wasm'));
let machine;

before(async () => {
	machine = await Machine.start(wasm);
});

// Scenarios that are not UTF-8, or have a NUL, cannot be typed into a page.
const isText = (path) => !/bad-(nul|utf8)/.test(path);

for (const path of scenarios.filter(isText))
	test(path, () => {
		const text = read(path);
		machine.call('page_file', basename(path));
		const { diagnostics, printed } = machine.call('page_check', text);
		const check = lwsim(path, 'check');
		assert.equal(printed, check.err);
		if (diagnostics.some(({ severity }) => severity === 'error')) {
			assert.equal(check.code, 2);
			return;
		}
		const run = machine.call('page_run', text, '', '');
		assert.equal(run.svg, lwsimPicture(path));
		assert.equal(run.table, lwsim(path, 'compare').out);
		assert.equal(machine.call('page_explain', text, '', '').story, lwsim(path, 'explain').out);
		assert.equal(machine.call('page_lanes', text, '', '').lanes, lwsim(path, 'run', '--format', 'lanes').out);
	});

test('the machine imports nothing but WASI', async () => {
	const imports = WebAssembly.Module.imports(await WebAssembly.compile(wasm));
	assert.deepEqual([...new Set(imports.map(({ module }) => module))], ['wasi_snapshot_preview1']);
});

test('a text with a NUL gets an error message, not half a run', () => {
	const { diagnostics } = machine.call('page_check', '0 ip link add d0 type dummy\0\n');
	assert.equal(diagnostics[0].severity, 'error');
});

test('a machine without memory ends with a message, and another one starts', async () => {
	const small = await Machine.start(wasm);
	const text = `0 virtnet_probe eth0 status=on
1 setlink eth0 up
2 repeat 4000000 every 2ms {
virtnet_config_changed eth0 link=down
+1ms virtnet_config_changed eth0 link=up
}
`;
	assert.throws(() => small.call('page_run', text, '6.1', ''), (error) => error instanceof MachineEnded && /out of memory/.test(error.message));
	assert.match((await Machine.start(wasm)).call('page_kernels').version, /^\d+\.\d+\.\d+$/);
});
