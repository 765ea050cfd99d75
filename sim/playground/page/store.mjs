// SPDX-License-Identifier: GPL-2.0-or-later
// What is kept in this browser: texts that were edited, lessons that were answered. Nothing leaves it.

const DRAFTS = 'lwsim.drafts';
const LESSONS = 'lwsim.lessons';
const DRAFTS_MAX = 50;

// A page in a frame or without site data has no storage: then nothing outlives the page.
const memory = new Map();

function read(key) {
	if (memory.has(key))
		return memory.get(key);
	try {
		return JSON.parse(localStorage.getItem(key)) ?? {};
	} catch {
		return {};
	}
}

// Returns whether it outlives the page.
function write(key, value) {
	try {
		localStorage.setItem(key, JSON.stringify(value));
		memory.delete(key);
		return true;
	} catch {
		memory.set(key, value);
		return false;
	}
}

// {text, kernels, sets}, or undefined.
export const readDraft = (page) => read(DRAFTS)[page];

// Of too many drafts the oldest go, but never one's own.
export function writeDraft(page, draft) {
	const { [page]: _old, ...drafts } = read(DRAFTS);
	const names = Object.keys(drafts).filter((name) => name !== 'own');
	names.slice(0, Math.max(0, names.length - DRAFTS_MAX)).forEach((name) => delete drafts[name]);
	return write(DRAFTS, { ...drafts, [page]: draft });
}

export function dropDraft(page) {
	const { [page]: _old, ...drafts } = read(DRAFTS);
	write(DRAFTS, drafts);
}

export const isLessonDone = (id) => Boolean(read(LESSONS)[id]);
export const markLesson = (id) => write(LESSONS, { ...read(LESSONS), [id]: true });
export const forgetLessons = () => write(LESSONS, {});
