// SPDX-License-Identifier: GPL-2.0-or-later
// Asks the machine in its worker, one question at a time; ends a worker that takes too long and starts another.

export const LIMIT_MS = 2000;

// A newer question with the same key has taken this one's place.
export class Superseded extends Error {}

// The answer took too long, or the machine has ended.
export class MachineFailed extends Error {}

export class Client {
	#makeWorker;
	#limit_ms;
	#worker;
	#isReady = false;
	#queue = [];
	#running;
	#timer;
	#number = 0;

	// The scenario's name in messages and pictures.
	file = 'scenario.lw';

	// makeWorker() returns a worker that has been sent its module.
	constructor(makeWorker, limit_ms = LIMIT_MS) {
		this.#makeWorker = makeWorker;
		this.#limit_ms = limit_ms;
		this.#start();
	}

	// Of questions with the same key that still wait, only the newest is asked. Questions that are `idle` wait for others.
	ask(name, args, { key, isIdle = false } = {}) {
		return new Promise((resolve, reject) => {
			if (key) {
				this.#queue.filter((old) => old.key === key).forEach((old) => old.reject(new Superseded()));
				this.#queue = this.#queue.filter((old) => old.key !== key);
			}
			const question = { id: ++this.#number, name, args, key, isIdle, resolve, reject };
			const firstIdle = this.#queue.findIndex((other) => other.isIdle);
			if (isIdle || firstIdle < 0)
				this.#queue.push(question);
			else
				this.#queue.splice(firstIdle, 0, question);
			this.#next();
		});
	}

	// Takes back the questions whose key begins so.
	forget(prefix) {
		const isMeant = (question) => question.key?.startsWith(prefix);
		this.#queue.filter(isMeant).forEach((old) => old.reject(new Superseded()));
		this.#queue = this.#queue.filter((question) => !isMeant(question));
	}

	end() {
		clearTimeout(this.#timer);
		this.#worker?.terminate();
	}

	#start() {
		this.#isReady = false;
		this.#worker = this.#makeWorker();
		this.#worker.onmessage = ({ data }) => this.#hear(data);
		this.#worker.onerror = (event) => this.#restart(event.message || 'the worker could not start');
	}

	#hear(data) {
		if ('ready' in data) {
			if (!data.ready) {
				this.#queue.splice(0).forEach(({ reject }) => reject(new MachineFailed(data.error)));
				return;
			}
			this.#isReady = true;
			this.#next();
			return;
		}
		if (data.id !== this.#running?.id)
			return;
		if (data.hasEnded) {
			this.#restart(data.error);
			return;
		}
		const { resolve, reject } = this.#done();
		if ('error' in data)
			reject(new MachineFailed(data.error));
		else
			resolve(JSON.parse(data.json));
		this.#next();
	}

	#next() {
		if (!this.#isReady || this.#running || !this.#queue.length)
			return;
		this.#running = this.#queue.shift();
		const { id, name, args } = this.#running;
		this.#timer = setTimeout(() => this.#restart(
			`This takes longer than ${this.#limit_ms / 1000} s, so it was stopped. ` +
			'Fewer repetitions, devices or kernels take less. The lwsim program has no such limit.'), this.#limit_ms);
		this.#worker.postMessage({ id, name, args, file: this.file });
	}

	#done() {
		clearTimeout(this.#timer);
		const question = this.#running;
		this.#running = undefined;
		return question;
	}

	#restart(why) {
		this.#worker.terminate();
		this.#done()?.reject(new MachineFailed(why));
		this.#start();
	}
}
