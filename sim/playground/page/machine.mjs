// SPDX-License-Identifier: GPL-2.0-or-later
// The kernel's model as WebAssembly: strings in, JSON out. It asks the system for nothing.

const PAGE_BYTES = 65536;
const ERRNO_BADF = 8;
const ERRNO_NOSYS = 52;
const STDERR = 2;

// The machine has ended and must be started again. `text` is what it wrote to stderr.
export class MachineEnded extends Error {
	constructor(why, text) {
		super(text.trim() || why);
		this.name = 'MachineEnded';
	}
}

class Exit extends Error {
	constructor(code) {
		super(`exit code ${code}`);
	}
}

// Answers the calls that WASI's libc makes. Files, the environment and arguments do not exist here.
function makeWasi(machine) {
	const view = () => new DataView(machine.memory.buffer);
	const none = (count, size) => {
		view().setUint32(count, 0, true);
		view().setUint32(size, 0, true);
		return 0;
	};
	const known = {
		fd_write(fd, vectors, count, written) {
			let total = 0;
			for (let i = 0; i < count; i++) {
				const from = view().getUint32(vectors + 8 * i, true);
				const length = view().getUint32(vectors + 8 * i + 4, true);
				if (fd === STDERR)
					machine.note(new Uint8Array(machine.memory.buffer, from, length));
				total += length;
			}
			view().setUint32(written, total, true);
			return 0;
		},
		proc_exit(code) {
			throw new Exit(code);
		},
		clock_time_get(_id, _precision, time) {
			view().setBigUint64(time, 0n, true);
			return 0;
		},
		environ_sizes_get: none,
		args_sizes_get: none,
		environ_get: () => 0,
		args_get: () => 0,
	};
	return new Proxy(known, {
		get: (calls, name) => calls[name] ??
			(String(name).startsWith('fd_') ? () => ERRNO_BADF : () => ERRNO_NOSYS),
		has: () => true,
	});
}

export class Machine {
	#exports;
	#stderr = '';
	#decoder = new TextDecoder();
	#encoder = new TextEncoder();

	// `module` is a WebAssembly.Module or its bytes.
	static async start(module) {
		const machine = new Machine();
		const compiled = module instanceof WebAssembly.Module ? module : await WebAssembly.compile(module);
		const wasi = makeWasi(machine);
		const imports = {};
		for (const { module: room, name } of WebAssembly.Module.imports(compiled)) {
			imports[room] ??= {};
			imports[room][name] = wasi[name];
		}
		machine.#exports = (await WebAssembly.instantiate(compiled, imports)).exports;
		machine.#exports._initialize?.();
		return machine;
	}

	get memory() {
		return this.#exports.memory;
	}

	get pages() {
		return this.memory.buffer.byteLength / PAGE_BYTES;
	}

	note(bytes) {
		this.#stderr += this.#decoder.decode(bytes.slice());
	}

	call(name, ...args) {
		return JSON.parse(this.callText(name, ...args));
	}

	// Calls `name` and returns its JSON; strings are handed over as UTF-8, numbers as they are. Throws MachineEnded.
	callText(name, ...args) {
		const given = [];
		this.#stderr = '';
		try {
			const values = args.map((arg) => typeof arg === 'string' ? this.#give(arg, given) : arg);
			const at = this.#exports[name](...values);
			const answer = at === undefined ? 'null' : this.#take(at);
			given.forEach((text) => this.#exports.page_free(text));
			return answer;
		} catch (error) {
			throw new MachineEnded(error.message, this.#stderr);
		}
	}

	#give(text, given) {
		// A NUL would end the text: the parser shows U+FFFD as what it is, an invalid character.
		const bytes = this.#encoder.encode(text.replaceAll('\0', '\uFFFD'));
		const at = this.#exports.page_alloc(bytes.length + 1);
		if (!at)
			throw new Error('out of memory');
		given.push(at);
		const memory = new Uint8Array(this.memory.buffer);
		memory.set(bytes, at);
		memory[at + bytes.length] = 0;
		return at;
	}

	#take(at) {
		if (!at)
			throw new Error('out of memory');
		const memory = new Uint8Array(this.memory.buffer);
		return this.#decoder.decode(memory.subarray(at, memory.indexOf(0, at)));
	}
}
