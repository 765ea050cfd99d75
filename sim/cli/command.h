/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A command: what the command line gives it, and what its program has for it. */
#ifndef LWSIM_SIM_CLI_COMMAND_H
#define LWSIM_SIM_CLI_COMMAND_H

#include "sim/base/exit.h"
#include "sim/language/scenario.h"
#include "sim/run/src_loader.h"
#include "sim/run/writer.h"

#define LWSIM_VERSION "0.1"

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
	const struct format *format;	 /* of the command's; NULL: it has none */
	const struct format *observer;	 /* NULL: not given */
	const struct src_loader *loader; /* NULL: kernels from a file cannot be run here */
	bool *wants_loader;		 /* set where one would be needed: lwsim-src has it */
};

/* The files or paths that follow the options are argv[0..argc). */
typedef enum exit_code (*command_fn)(const struct options *options, int argc, char **argv);

/* Commands in a helper program because they need another library: see struct parts. */
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

#endif
