/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the web page calls. Each function takes UTF-8 text and returns a JSON object, which is valid
 * until the next call; times are in ns. Lists of kernels and of settings (NAME=VALUE) have one item a
 * line; "": those of the scenario.
 *
 * An answer begins with "printed", what the program would print to standard error, and
 * "diagnostics": [{"severity","line","col","offset","length","text"}], in bytes of the text, line and
 * column from 1; one without a place in the text has no "line". After an error there is nothing else.
 *
 * Memory that runs out, and a broken invariant, end the instance by exit(), after a message to
 * standard error.
 */
#ifndef LWSIM_SIM_PLAYGROUND_PAGE_H
#define LWSIM_SIM_PLAYGROUND_PAGE_H

#include <stddef.h>

/* Exported under its own name to JavaScript. */
#ifdef __wasm__
#define PAGE_EXPORT(name) __attribute__((export_name(#name)))
#else
#define PAGE_EXPORT(name)
#endif

/* Memory for an argument; the caller frees. */
PAGE_EXPORT(page_alloc) char *page_alloc(size_t bytes);
PAGE_EXPORT(page_free) void page_free(char *text);

/* Sets the scenario's name in messages and pictures, until the next call; at first "scenario.lw". */
PAGE_EXPORT(page_file) void page_file(const char *name);

/*
 * {"version", "kernel", "versions": [{"name","about"}], "changes": [{"name","about","posted"}]};
 * kernel: the one of a scenario that names none.
 */
PAGE_EXPORT(page_kernels) const char *page_kernels(void);
/* {"header": [...], "statement": [...], ...}: the parser's words, by class (language/words.h). */
PAGE_EXPORT(page_words) const char *page_words(void);

/* Diagnostics alone. */
PAGE_EXPORT(page_check) const char *page_check(const char *text);

/*
 * "title", "kernels": [NAME], "params": [{"name","value"}], "end_ns";
 * "svg": `lwsim report -o FILE.svg`; "spots": [{"x","y","w","h","text","line","kernel","sentence"}]:
 * what the picture says at a place, back to front, in its units; line and sentence (of "stories")
 * are missing if there is none;
 * "table": `lwsim compare`;
 * "stories": [[{"t_ns","kind","text","function","line","running"}]] by kernel;
 * "messages": [{"kernel","t_ns","jiffy","dev","flags","operstate","line","waited_ns"}];
 * "tests": [{"passed","printed","failures": [as diagnostics]}] by kernel: its expectations.
 */
PAGE_EXPORT(page_run)
const char *page_run(const char *text, const char *kernels, const char *settings);

/* "kernels" (one), "story": `lwsim explain`. */
PAGE_EXPORT(page_explain)
const char *page_explain(const char *text, const char *kernel, const char *settings);
/* "kernels" (one), "lanes": `lwsim run --format lanes`, "failed": what it prints to standard error. */
PAGE_EXPORT(page_lanes)
const char *page_lanes(const char *text, const char *kernel, const char *settings);

/*
 * `lwsim play`, all of it: "kernels" (one), "window_ns", "is_whole" (false: PAGE_STEPS_MAX were not enough),
 * "steps": [{"t_ns", "jiffy", "line", "log": [{"kind","text"}], "decisions": [{"text","function"}],
 *   "devices": [{"name","up","carrier","running","queued","operstate","told","wrong"}],
 *   "queue": [DEV], "urgent", "window_end_ns", "work", "work_ns", "rtnl_until_ns"}]: the state after each
 * step that showed something. told: the flags and state of the last message; wrong: it contradicts
 * the device. A key whose value is not known is missing.
 */
#define PAGE_STEPS_MAX 500
PAGE_EXPORT(page_steps)
const char *page_steps(const char *text, const char *kernel, const char *settings);

/*
 * The longest wait for RUNNING as one parameter varies; vary: as in `lwsim sweep --vary`,
 * "open=0s..2s/50ms". "name", "kernels", "points": [{"value", "waits_ns": [...], "messages": [...]}], by
 * kernel; a wait is null without a device that was up, and -1 if one never came to RUNNING.
 */
#define PAGE_POINTS_MAX 1000
PAGE_EXPORT(page_curve)
const char *page_curve(const char *text, const char *kernels, const char *settings,
		       const char *vary);

/* `lwsim import --scenario` of the text of `ip monitor`: "scenario", "messages", "explained", "passed". */
PAGE_EXPORT(page_import) const char *page_import(const char *text, const char *kernel);

/*
 * A lesson's parts: "paragraph", "scenario" (what a reader edits, see language/lesson.h), "question",
 * "task", "answer". "error" instead: the text is no lesson.
 */
PAGE_EXPORT(page_lesson) const char *page_lesson(const char *text);

#endif
