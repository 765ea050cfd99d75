/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line: its commands, their options, and how the program may end. */
#ifndef LWSIM_SIM_CLI_CLI_H
#define LWSIM_SIM_CLI_CLI_H

#include "sim/language/scenario.h"
#include "sim/run/runner.h"
#include "sim/run/src_loader.h"

#define LWSIM_VERSION "0.1"

enum exit_code {
	EXIT_GOOD = 0,
	EXIT_FAILED = 1, /* an expectation, a snapshot or a command; diff: something differs */
	EXIT_USAGE = 2,	 /* the command line, a wrong file, or output that cannot be written */
	EXIT_BROKEN = 3, /* an invariant of the model */
	EXIT_UNTESTABLE =
		125, /* of `lwsim test`: a link_watch.c does not compile; `git bisect run` skips it */
	EXIT_INTERRUPTED = 130 /* SIGINT or SIGTERM, as shells count it */
};

enum format {
	FORMAT_TEXT,
	FORMAT_CSV,
	FORMAT_JSONL,
	FORMAT_TAP,
	FORMAT_JUNIT,
	FORMAT_MARKDOWN,
	FORMAT_STORY, /* of `explain`, which has no other */
	FORMAT_LANES,
	FORMAT_COUNT
};

enum observer {
	OBSERVER_NONE,
	OBSERVER_NETWORKD,
	OBSERVER_DHCP,
};

/* What the options of all commands come to. */
struct options {
	struct kernel *kernels;
	size_t kernels_count;
	struct param_setting *settings; /* in the order given */
	size_t settings_count;
	const char *until;  /* as given; NULL: not given */
	const char *device; /* [NETNS/]DEV; NULL: all */
	const char *output; /* a file; NULL: not given */
	const struct drawing *drawing;
	double pace; /* 0: as fast as possible */
	bool is_forced;
	bool judges_nothing; /* tells what happens, whatever the file expects: of explain and lesson */
	bool updates;
	bool answers; /* the lesson's question */
	bool starts_paused;
	bool takes_all; /* the scenarios that the project ships */
	/* sweep's, as given; NULL: not given */
	const char **varies;
	size_t varies_count;
	const char *shard, *jobs;
	bool merges;
	enum format format;
	enum observer observer;
	const struct src_loader *loader; /* NULL: kernels from a file cannot be run here */
	bool *wants_loader;		 /* set where one would be needed: lwsim-src has it */
};

/* The files or paths that follow the options are argv[0..argc). */
typedef enum exit_code (*command_fn)(const struct options *options, int argc, char **argv);

enum exit_code command_run(const struct options *options, int argc, char **argv);
enum exit_code command_explain(const struct options *options, int argc, char **argv);
enum exit_code command_compare(const struct options *options, int argc, char **argv);
enum exit_code command_diff(const struct options *options, int argc, char **argv);
enum exit_code command_test(const struct options *options, int argc, char **argv);
enum exit_code command_states(const struct options *options, int argc, char **argv);
enum exit_code command_sweep(const struct options *options, int argc, char **argv);
enum exit_code command_check(const struct options *options, int argc, char **argv);
enum exit_code command_lesson(const struct options *options, int argc, char **argv);
enum exit_code command_kernels(const struct options *options, int argc, char **argv);

/* Commands that are programs of their own, as they link what lwsim does not: see struct parts. */
enum part {
	PART_NONE,   /* every program has it */
	PART_PLAY,   /* lwsim-play: ncurses */
	PART_REPL,   /* lwsim-repl: libedit */
	PART_REPORT, /* lwsim-report: cairo */
	PART_COUNT
};

struct sweep_chart;

/* What draws figures to a file, whose name's end says the format. */
struct drawing {
	bool (*knows)(const char *path); /* false after saying what is expected */
	bool (*chart)(const struct sweep_chart *chart,
		      const char *path); /* false after saying why not */
};

/* What a program has. */
struct parts {
	const struct src_loader *loader; /* NULL: lwsim-src has it */
	const struct drawing *drawing;	 /* NULL: lwsim-report has it */
	command_fn commands[PART_COUNT]; /* NULL: another program has it */
};

/* Runs the command that argv names; returns an enum exit_code. For what this program has not, the one that has it is
 * started. */
int cli_main(int argc, char **argv, const struct parts *parts);

/* A scenario with the file it was read from. */
struct loaded {
	struct source *source;
	struct scenario *scenario;
	bool is_read; /* the file could be read, whatever is wrong with it */
};

/* Reads and parses; false after saying what is wrong to messages, or after setting *options->wants_loader. */
bool load(const char *path, const struct options *options, FILE *messages,
	  struct loaded *ret_loaded);
void unload(struct loaded *loaded);

/* Has a kernel's link_watch.c compiled, if it has it from a file, before anything of the run is shown. EXIT_USAGE:
 * the scenario is none for it; EXIT_UNTESTABLE: it does not compile; both after saying so. */
enum exit_code kernel_prepare(const struct options *options, const struct kernel *kernel,
			      const struct scenario *scenario, FILE *messages);

/* --until, which may count in the scenario's jiffies; false after saying that it is no time.
 * -1 if it was not given. */
bool until_ns(const struct options *options, const struct scenario *scenario, int64_t *ret_ns);

/* As the program has to end after runs with these results; the worse of two. */
enum exit_code exit_of(enum run_result result);
enum exit_code exit_worse(enum exit_code a, enum exit_code b);

#endif
