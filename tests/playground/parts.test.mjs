// SPDX-License-Identifier: GPL-2.0-or-later
// The page's parts that need no browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeOffsets, placeDiagnostics } from '../../sim/playground/page/bytes.mjs';
import { Client, MachineFailed, Superseded } from '../../sim/playground/page/client.mjs';
import { guessOf } from '../../sim/playground/page/imported.mjs';
import { goalsOf, leadingComment, missingGoals, titleOf, withoutSnapshots } from '../../sim/playground/page/lesson.mjs';
import { limitsOf } from '../../sim/playground/page/curve.mjs';
import { commentOf } from '../../sim/playground/page/params.mjs';
import { failuresOf, refusalsOf } from '../../sim/playground/page/problems.mjs';

test('byte offsets become offsets of an editor', () => {
	const text = 'a\u00e9\u6f22\u{1f600}b';
	const at = makeOffsets(text);
	assert.deepEqual([0, 1, 3, 6, 10, 11, 99].map(at), [0, 1, 2, 3, 5, 6, 6]);
});

test('diagnostics are placed whatever their order', () => {
	const placed = placeDiagnostics('\u00e9 xy z', [{ offset: 6, length: 1, n: 2 }, { offset: 3, length: 2, n: 1 }]);
	assert.deepEqual(placed.map(({ n, from, to }) => [n, from, to]), [[1, 2, 4], [2, 5, 6]]);
});

// A worker that answers what `answers` says, or not at all.
function fakeWorker(answers, log) {
	const worker = {
		postMessage({ id, name }) {
			log.push(name);
			if (name in answers)
				queueMicrotask(() => worker.onmessage({ data: { id, ...answers[name] } }));
		},
		terminate: () => log.push('terminated'),
	};
	queueMicrotask(() => worker.onmessage({ data: { ready: true } }));
	return worker;
}

test('a worker that takes too long is ended, and the next question is answered', async () => {
	const log = [];
	const client = new Client(() => fakeWorker({ quick: { json: '7' } }, log), 20);
	await assert.rejects(client.ask('endless', []), MachineFailed);
	assert.equal(await client.ask('quick', []), 7);
	assert.deepEqual(log, ['endless', 'terminated', 'quick']);
});

test('a machine that has ended is started again', async () => {
	const log = [];
	const client = new Client(() => fakeWorker({ broken: { error: 'out of memory', hasEnded: true }, quick: { json: '7' } }, log));
	await assert.rejects(client.ask('broken', []), /out of memory/);
	assert.equal(await client.ask('quick', []), 7);
	assert.ok(log.includes('terminated'));
});

test('of waiting questions with one key the newest is asked, and idle ones come last', async () => {
	const log = [];
	const client = new Client(() => fakeWorker({ idle: { json: '0' }, first: { json: '1' }, second: { json: '2' } }, log));
	const idle = client.ask('idle', [], { isIdle: true });
	const first = client.ask('first', [], { key: 'run' });
	const second = client.ask('second', [], { key: 'run' });
	await assert.rejects(first, Superseded);
	assert.equal(await second, 2);
	assert.equal(await idle, 0);
	assert.deepEqual(log, ['second', 'idle']);
});

const LESSON = `# One
# two.
title    "say \\"hi\\""
0        ip link add d0 type dummy
#=       expect d0 running yes   # soon
#? Why?
-- trace 6.1 --
0.0 x
`;

test("a lesson's texts", () => {
	assert.equal(leadingComment(LESSON), 'One\ntwo.');
	assert.equal(titleOf(LESSON), 'say "hi"');
	assert.ok(!withoutSnapshots(LESSON).includes('trace'));
	assert.deepEqual(goalsOf(LESSON), ['       expect d0 running yes   # soon']);
});

test('a goal may be spaced and commented anew, but must be there', () => {
	const goals = goalsOf(LESSON);
	assert.deepEqual(missingGoals(goals, '0 x\n expect  d0 running yes # my own\n'), []);
	assert.deepEqual(missingGoals(goals, '0 x\n# expect d0 running yes\n'), goals);
	assert.deepEqual(missingGoals(goals, '0 x\n expect d0 running no\n'), goals);
});

test('failures have their kernel and their notes; a run that stops has its message', () => {
	const run = {
		kernels: ['5.8', '6.1'],
		tests: [
			{ passed: false, failures: [{ severity: 'fail', line: 3, text: 'no' }],
				printed: 'f.lw:3:1: fail: no\n    3 | x\nnote: because\nwhy: what led to it:\n    story\n' },
			{ passed: false, failures: [], printed: 'f.lw:2: RTNETLINK answers: no\n' },
		],
	};
	assert.deepEqual(failuresOf(run).map(({ kernel, notes, story }) => [kernel, notes, story]),
		[['5.8', ['because'], 'what led to it:\n    story']]);
	assert.deepEqual(refusalsOf(run), [{ kernel: '6.1', text: 'f.lw:2: RTNETLINK answers: no' }]);
});

test('what of an imported text the log does not say', () => {
	const head = '# Made by `lwsim import` of x: 1 message, 1 of them explained.\n';
	const begin = '# The capture\'s 10:00:00 is second 10.024 here.\n';
	const wait = (t_s, waited_s) => ({ dev: 'eth0', t_ns: t_s * 1e9, waited_ns: waited_s * 1e9 });
	const guess = (text, ...messages) => guessOf({ text, messages });
	assert.match(guess(`${head}${begin}0.1  x\n10.024 y\n`, wait(10.024, 9.924), wait(20, 1), wait(5, 4)),
		/^The log begins at 10\.024 s: everything before is a guess of what came before it, and so is eth0's wait of 9\.924s for RUNNING\. /);
	assert.match(guess(`${head}${begin}0.1  x\n`, wait(20, 1)), /before it\. Correct/);
	assert.equal(guess(`${head}${begin}10.024 y\n`, wait(20, 1)), ''); // all is from the log
	assert.match(guess(`${head}# The capture has no times: messages are 2 s apart here.\n`), /every wait/);
	assert.equal(guess(`${begin}0.1  x\n`), '');
});

test('from where on a curve has no wait', () => {
	const points = [[0, [5, 0, -1, 3, null]], [10, [0, 0, 0, 2, null]], [20, [0, 0, 0, 1, 0]]].map(([value, waits_ns]) => ({ value, waits_ns }));
	assert.deepEqual(limitsOf(points, ['a', 'b', 'c', 'd', 'e'], String), [
		[['a'], 'no wait from 10 on'], [['b'], 'no wait at any value'], [['c'], 'no wait from 10 on'],
		[['d'], 'a wait up to 20, the last value']]);
});

test('what a file says of a param', () => {
	const text = 'param a = 1s   # one\nparam b=2\nparam b-c = 3\n0 x $b-c # other\n+$b y # two\n';
	assert.deepEqual(['a', 'b', 'b-c', 'd'].map((name) => commentOf(text, name)), ['one', 'two', 'other', '']);
});
