/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A command's interface: its options, and what its program provides. */
#ifndef LWSIM_SIM_CLI_COMMAND_H
#define LWSIM_SIM_CLI_COMMAND_H

#include "sim/base/exit.h"
#include "sim/base/version.h"
#include "sim/language/scenario.h"
#include "sim/run/src_loader.h"
#include "sim/run/writer.h"

/* What can end `explore`. */
enum bound {
	BOUND_DEPTH, /* statements */
	BOUND_STATES,
	BOUND_SECONDS,
	BOUND_MEMORY, /* MiB */
	BOUND_COUNT
};

/* The options of all commands. */
struct options {
	struct kernel *kernels;
	size_t kernels_count;
	struct param_setting *settings; /* in the order given */
	size_t settings_count;
	const char *until;  /* as given; NULL: not given */
	const char *device; /* [NETNS/]DEV; NULL: all devices */
	const char *output; /* a file; NULL: not given */
	const struct drawing *drawing;
	double pace; /* 0: full speed */
	bool is_forced;
	bool judges_nothing; /* explain, lesson: print failed commands, evaluate no expectations */
	bool updates;
	const char *coverage; /* test: a folder; NULL: not given */
	/* for lesson */
	bool answers;  /* print the answer to its question */
	bool tries;    /* have a copy edited, and run it */
	bool explains; /* print the story, too */
	bool starts_paused;
	bool is_wide;	 /* print everything, of any width */
	bool is_colored; /* by --color; by default on a terminal */
	bool is_verbose; /* diff: the differences of each scenario */
	bool takes_all;	 /* all scenarios shipped with the project */
	/* for sweep, as given; NULL: not given */
	const char **varies;
	size_t varies_count;
	const char *shard, *jobs;
	bool merges;
	/* for explore, as given; NULL: not given */
	const char *devices, *find, *folder, *reach, *moments, *graph, *random;
	const char *bounds[BOUND_COUNT];
	bool hashes;
	const struct format *format;	 /* from the command's table; NULL: it has none */
	const struct format *observer;	 /* NULL: not given */
	const struct src_loader *loader; /* NULL: this program cannot run kernels from a file */
	bool *wants_loader;		 /* set when one is needed: only lwsim-src has it */
};

/* argv[0..argc): the files or paths after the options. */
typedef enum exit_code (*command_fn)(const struct options *options, int argc, char **argv);

/* Commands in a helper program because they need another library: see struct parts. */
enum part {
	PART_NONE,    /* in every program */
	PART_PLAY,    /* lwsim-play: ncurses */
	PART_REPL,    /* lwsim-repl: libedit */
	PART_REPORT,  /* lwsim-report: cairo */
	PART_EXPLORE, /* lwsim-explore: xxhash */
	PART_WIRE,    /* lwsim-wire: libmnl, libpcap */
	PART_COUNT
};

struct sweep_chart;

/* Draws figures to a file; the file name's suffix selects the format. */
struct drawing {
	bool (*knows)(const char *path); /* false for an unknown suffix, after an error */
	bool (*chart)(const struct sweep_chart *chart,
		      const char *path); /* false on failure, after printing why */
};

/* What a program provides. */
struct parts {
	const struct src_loader *loader; /* NULL: only lwsim-src has it */
	const struct drawing *drawing;	 /* NULL: only lwsim-report has it */
	/* rows with writer_new for the formats that are bytes; NULL: only lwsim-wire has them */
	const struct format *wire_formats;
	command_fn commands[PART_COUNT]; /* NULL: in another program */
};

#endif
