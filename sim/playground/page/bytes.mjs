// SPDX-License-Identifier: GPL-2.0-or-later
// lwsim counts bytes of UTF-8, an editor counts units of UTF-16.

// Returns a function from byte offsets to offsets in text. Its arguments must not decrease.
export function makeOffsets(text) {
	let byte = 0;
	let unit = 0;
	return (wanted) => {
		while (byte < wanted && unit < text.length) {
			const point = text.codePointAt(unit);
			byte += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
			unit += point < 0x10000 ? 1 : 2;
		}
		return unit;
	};
}

// [{offset, length, ...}] in bytes -> [{from, to, ...}] in units, sorted by from.
export function placeDiagnostics(text, diagnostics) {
	const at = makeOffsets(text);
	return [...diagnostics].sort((a, b) => a.offset - b.offset).map((diagnostic) => {
		const from = at(diagnostic.offset);
		const to = makeOffsets(text.slice(from))(diagnostic.length) + from;
		return { ...diagnostic, from, to };
	});
}
