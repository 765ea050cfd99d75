/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads the options of the command line, and describes them. */
#include "sim/cli/options.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/color.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/language/src_name.h"
#include "sim/language/suggest.h"

#define PACE_MAX 1e9

static const struct option_info options_info[OPTION_COUNT] = {
	[OPTION_KERNEL] = { "kernel", "K",
			    "VERSION[+CHANGE...], see `lwsim kernels`; or src:PATH" },
	[OPTION_FORCE] = { "force", NULL, "continue after a failed command" },
	[OPTION_SET] = { "set", "P=V", "give the file's param P the value V" },
	[OPTION_DEVICE] = { "device", "D", "only this device: DEV, or NETNS/DEV" },
	[OPTION_OUTPUT] = { "output", "FILE",
			    "the ending selects the format: .html, .svg, .png, .pdf" },
	[OPTION_UNTIL] = { "until", "T", "end at T (4s, 400ms, 62j)" },
	[OPTION_PACE] = { "pace", "X", "play X virtual seconds per second" },
	[OPTION_PAUSED] = { "paused", NULL, "start paused" },
	[OPTION_FORMAT] = { "format", "F", NULL },
	[OPTION_WIDE] = { "wide", NULL, "print everything, in lines as long as needed" },
	[OPTION_COLOR] = { "color", "WHEN",
			   "auto, on a terminal unless NO_COLOR is set; always; or never" },
	[OPTION_AS] = { "as", "WHO", NULL },
	[OPTION_UPDATE] = { "update", NULL, "rewrite the file's snapshots" },
	[OPTION_COVERAGE] = { "coverage", "DIR",
			      "also count what of the kernel is reached, and write it there" },
	[OPTION_ALL] = { "all", NULL, "compare all of scenarios/, here or else installed" },
	[OPTION_TRY] = { "try", NULL, "edit a copy, run it, print what changed" },
	[OPTION_WHY] = { "why", NULL, "also print what happens, and why" },
	[OPTION_ANSWER] = { "answer", NULL, "print only the question and its answer" },
	[OPTION_VERBOSE] = { "verbose", NULL, "print more" },
	[OPTION_VARY] = { "vary", "P=V",
			  "give the file's param P each value: FROM..TO/STEP or VALUE,VALUE..." },
	[OPTION_SHARD] = { "shard", "I/N", "run part I of N, for --merge" },
	[OPTION_MERGE] = { "merge", NULL, "join the parts made by --shard" },
	[OPTION_JOBS] = { "jobs", "N", "use N processes (default: one for each CPU)" },
	[OPTION_DEVICES] = { "devices", "KINDS",
			     "with a comma between: dummy, veth, vlan, bond, bridge, virtio_net" },
	[OPTION_FIND] = { "find", "WHAT",
			  "with a comma between: equal, lag, lost, starve, rate (default: these); "
			  "decisions" },
	[OPTION_REACH] = { "reach", "EXPR", "only this: can EXPR hold, and how?" },
	[OPTION_FOLDER] = { "folder", "DIR", "also write each scenario found there" },
	[OPTION_MOMENTS] = { "moments", "WHICH",
			     "every jiffy, or due: only when something is due" },
	[OPTION_HASH] = { "hash", NULL, "keep 8 bytes of each state, not all of it" },
	[OPTION_GRAPH] = { "graph", "FILE", "write the states to a Graphviz file" },
	[OPTION_RANDOM] = { "random", "SEED", "try random sequences, and shorten what is found" },
	[OPTION_DEPTH] = { "depth", "N", "end after N statements" },
	[OPTION_STATES] = { "states", "N", "end after N states" },
	[OPTION_SECONDS] = { "seconds", "N", "end after N seconds" },
	[OPTION_MEMORY] = { "memory", "N", "end at N MiB (default: 2048)" },
	[OPTION_AGAINST] = { "against", "CAPTURE",
			     "a pcap of nlmon, a file of rtmon, or the text of `ip monitor`" },
	[OPTION_OFFSET] = { "offset", "T",
			    "the capture begins at T here (default: by common messages)" },
	[OPTION_TOLERANCE] = { "tolerance", "T",
			       "times that differ by less are the same (default: 1j and 10ms)" },
	[OPTION_SCENARIO] = { "scenario", NULL, "write a scenario that replays it" },
	[OPTION_HZ] = { "hz", "N", "the kernel's HZ: 100, 250, 300 or 1000 (default: what fits)" },
	[OPTION_HELP] = { "help", NULL, "print this" },
};

/* The letters of short options; 0: none. */
static const char option_letters[OPTION_COUNT] = {
	[OPTION_KERNEL] = 'k',
	[OPTION_OUTPUT] = 'o',
	[OPTION_JOBS] = 'j',
	[OPTION_HELP] = 'h',
};

enum exit_code usage_error(const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	wrap_message(stderr, "lwsim: error: %s", text);
	free(text);
	return EXIT_USAGE;
}

const struct option_info *option_info(enum option_id id)
{
	return &options_info[id];
}

char option_letter(enum option_id id)
{
	return option_letters[id];
}

bool option_is_taken(const struct option_set *set, unsigned int id)
{
	return id == OPTION_HELP || (set->options & TAKES(id));
}

/* "text, tap or junit"; the caller frees. */
static char *formats_text(const struct format *formats)
{
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);

	for (const struct format *at = formats; at->name; at++)
		fprintf(out, "%s%s", at == formats ? "" : at[1].name ? ", " : " or ", at->name);
	xclose_memstream(out);
	return text;
}

/* "NAME: help; NAME: ..."; the caller frees. */
static char *observers_text(const struct format *observers)
{
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);

	for (const struct format *at = observers; at->name; at++)
		fprintf(out, "%s%s: %s", at == observers ? "" : "; ", at->name, at->help);
	xclose_memstream(out);
	return text;
}

static char *help_text(const struct option_set *set, enum option_id id)
{
	if (id == OPTION_FORMAT)
		return formats_text(set->formats);
	if (id == OPTION_AS && set->formats && set->formats->writer_new)
		return observers_text(set->observers); /* it prints what they print */
	if (id == OPTION_AS)
		return formats_text(set->observers);
	if (id == OPTION_VERBOSE && set->verbose)
		return xstrdup(set->verbose);
	if (id == OPTION_OUTPUT && set->output)
		return xstrdup(set->output);
	return xstrdup(options_info[id].help);
}

void options_describe(const struct option_set *set, FILE *out)
{
	struct wrap wrap = { .out = out, .columns = 80, .indent = 22 };

	for (unsigned int id = 0; id < OPTION_COUNT; id++) {
		const struct option_info *info = &options_info[id];
		char name[40], *help;

		if (!option_is_taken(set, id))
			continue;
		help = help_text(set, (enum option_id)id);
		snprintf(name, sizeof(name), "%c%c%s--%s %s", option_letters[id] ? '-' : ' ',
			 option_letters[id] ? option_letters[id] : ' ',
			 option_letters[id] ? ", " : "  ", info->name,
			 info->argument ? info->argument : "");
		fprintf(out, "  %-19s ", name);
		wrap.column = wrap.indent;
		wrap_words(&wrap, help, strlen(help));
		wrap_end(&wrap);
		free(help);
	}
}

static bool take_kernel(struct options *options, const char *text)
{
	struct src_name_error error;
	struct kernel kernel;

	if (kernel_read(text, strlen(text), &kernel, &error) < 0) {
		usage_error("--kernel %s: %s", text, error.text);
		free(error.text);
		return false;
	}
	options->kernels = xreallocarray(options->kernels, options->kernels_count + 1,
					 sizeof(options->kernels[0]));
	options->kernels[options->kernels_count++] = kernel;
	return true;
}

static bool take_setting(struct options *options, char *text)
{
	char *equals = strchr(text, '=');
	struct param_setting *setting;

	if (!equals || equals == text) {
		usage_error("--set %s: expected NAME=VALUE", text);
		return false;
	}
	*equals = '\0';
	options->settings = xreallocarray(options->settings, options->settings_count + 1,
					  sizeof(options->settings[0]));
	setting = &options->settings[options->settings_count++];
	setting->name = text;
	setting->value = equals + 1;
	return true;
}

static bool take_pace(struct options *options, const char *text)
{
	char *end;

	options->pace = strtod(text, &end);
	if (end != text && !*end && options->pace > 0. && options->pace <= PACE_MAX)
		return true;
	usage_error("--pace %s: expected virtual seconds per second, more than 0 and at most %.0f",
		    text, PACE_MAX);
	return false;
}

/* NULL if text is not in the table, after printing what is expected. */
static const struct format *take_format(const char *option, const struct format *formats,
					const char *text)
{
	char *expected;

	for (const struct format *at = formats; at->name; at++)
		if (strcmp(text, at->name) == 0)
			return at;
	expected = formats_text(formats);
	usage_error("--%s %s: expected %s", option, text, expected);
	free(expected);
	return NULL;
}

const char *const color_words[] = {
	[COLOR_AUTO] = "auto",
	[COLOR_ALWAYS] = "always",
	[COLOR_NEVER] = "never",
	NULL,
};

static bool take_color(struct options *options, const char *text)
{
	for (unsigned int i = 0; color_words[i]; i++)
		if (strcmp(text, color_words[i]) == 0) {
			options->is_colored = color_is_wanted((enum color_choice)i);
			return true;
		}
	usage_error("--color %s: expected auto, always or never", text);
	return false;
}

static bool take_option(struct options *options, const struct option_set *set, enum option_id id,
			char *argument)
{
	switch (id) {
	case OPTION_KERNEL:
		return take_kernel(options, argument);
	case OPTION_SET:
		return take_setting(options, argument);
	case OPTION_PACE:
		return take_pace(options, argument);
	case OPTION_FORMAT:
		options->format = take_format("format", set->formats, argument);
		return options->format;
	case OPTION_WIDE:
		options->is_wide = true;
		break;
	case OPTION_COLOR:
		return take_color(options, argument);
	case OPTION_AS:
		options->observer = take_format("as", set->observers, argument);
		return options->observer;
	case OPTION_DEVICE:
		options->device = argument;
		break;
	case OPTION_OUTPUT:
		options->output = argument;
		break;
	case OPTION_UNTIL:
		options->until = argument;
		break;
	case OPTION_PAUSED:
		options->starts_paused = true;
		break;
	case OPTION_FORCE:
		options->is_forced = true;
		break;
	case OPTION_UPDATE:
		options->updates = true;
		break;
	case OPTION_COVERAGE:
		options->coverage = argument;
		break;
	case OPTION_ALL:
		options->takes_all = true;
		break;
	case OPTION_VERBOSE:
		options->is_verbose = true;
		break;
	case OPTION_ANSWER:
		options->answers = true;
		break;
	case OPTION_TRY:
		options->tries = true;
		break;
	case OPTION_WHY:
		options->explains = true;
		break;
	case OPTION_VARY:
		options->varies = xreallocarray(options->varies, options->varies_count + 1,
						sizeof(options->varies[0]));
		options->varies[options->varies_count++] = argument;
		break;
	case OPTION_SHARD:
		options->shard = argument;
		break;
	case OPTION_MERGE:
		options->merges = true;
		break;
	case OPTION_JOBS:
		options->jobs = argument;
		break;
	case OPTION_DEVICES:
		options->devices = argument;
		break;
	case OPTION_FIND:
		options->find = argument;
		break;
	case OPTION_REACH:
		options->reach = argument;
		break;
	case OPTION_FOLDER:
		options->folder = argument;
		break;
	case OPTION_MOMENTS:
		options->moments = argument;
		break;
	case OPTION_HASH:
		options->hashes = true;
		break;
	case OPTION_GRAPH:
		options->graph = argument;
		break;
	case OPTION_RANDOM:
		options->random = argument;
		break;
	case OPTION_DEPTH:
	case OPTION_STATES:
	case OPTION_SECONDS:
	case OPTION_MEMORY:
		options->bounds[id - OPTION_DEPTH] = argument;
		break;
	case OPTION_AGAINST:
		options->against = argument;
		break;
	case OPTION_OFFSET:
		options->offset = argument;
		break;
	case OPTION_TOLERANCE:
		options->tolerance = argument;
		break;
	case OPTION_SCENARIO:
		options->makes_scenario = true;
		break;
	case OPTION_HZ:
		options->hz = argument;
		break;
	case OPTION_HELP:
	case OPTION_COUNT:
		break;
	}
	return true;
}

/* Builds getopt's tables. A short option has the same val as its long form. */
static void getopt_tables(const struct option_set *set, struct option ret_long[OPTION_COUNT + 1],
			  char ret_short[2 * OPTION_COUNT + 2])
{
	*ret_short++ = ':';
	for (unsigned int id = 0; id < OPTION_COUNT; id++) {
		if (!option_is_taken(set, id))
			continue;
		ret_long->name = options_info[id].name;
		ret_long->has_arg = options_info[id].argument ? required_argument : no_argument;
		ret_long->flag = NULL;
		ret_long->val = (int)id;
		ret_long++;
		if (!option_letters[id])
			continue;
		*ret_short++ = option_letters[id];
		if (options_info[id].argument)
			*ret_short++ = ':';
	}
	memset(ret_long, 0, sizeof(*ret_long));
	*ret_short = '\0';
}

/* getopt returns the number of a long option, or the letter of a short one, which is larger. */
static int option_of_letter(int letter)
{
	for (int id = 0; id < OPTION_COUNT && letter >= OPTION_COUNT; id++)
		if (option_letters[id] == letter)
			return id;
	return letter;
}

/* getopt_long() would accept abbreviated options; this finds them. */
static const char *find_unknown(const struct option *table, int argc, char *const *argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		size_t len = strcspn(argv[i], "=");
		const struct option *option = table;

		if (strncmp(argv[i], "--", 2) != 0)
			continue;
		while (option->name && (strlen(option->name) != len - 2 ||
					strncmp(option->name, argv[i] + 2, len - 2) != 0))
			option++;
		if (!option->name)
			return argv[i];
		i += option->has_arg == required_argument && !argv[i][len];
	}
	return NULL;
}

/*
 * Looks for the option among those of all commands, so that another command's, spelt right, is not
 * taken for one of this command, misspelt.
 */
static void unknown_option(const struct option_set *set, const char *text)
{
	const char *names[OPTION_COUNT + 1] = { NULL }, *own[OPTION_COUNT + 1] = { NULL }, *near;
	size_t len = strcspn(text + 2, "="), own_count = 0;
	unsigned int id = 0;
	char *takers;

	for (id = 0; id < OPTION_COUNT; id++) {
		names[id] = options_info[id].name;
		if (option_is_taken(set, id))
			own[own_count++] = names[id];
	}
	near = abbreviated(text + 2, len, own);
	if (!near)
		near = suggest(text + 2, len, names);
	for (id = 0; near && near != names[id];)
		id++;
	if (!near || (!option_is_taken(set, id) && !set->takers)) {
		usage_error("unknown option %s, see `lwsim %s --help`", text, set->command);
	} else if (option_is_taken(set, id)) {
		usage_error("unknown option %s, did you mean --%s?", text, near);
	} else {
		takers = set->takers((enum option_id)id);
		usage_error("unknown option %s: --%s is an option of %s, not of %s", text, near,
			    takers, set->command);
		free(takers);
	}
}

/* The same for `-o`. */
static void unknown_letter(const struct option_set *set, const char *text, int letter)
{
	int id = option_of_letter(letter);
	char *takers;

	if (id >= OPTION_COUNT || !set->takers) {
		usage_error("unknown option %s, see `lwsim %s --help`", text, set->command);
		return;
	}
	takers = set->takers((enum option_id)id);
	usage_error("unknown option -%c: -%c, --%s, is an option of %s, not of %s", letter, letter,
		    options_info[id].name, takers, set->command);
	free(takers);
}

enum options_result options_read(const struct option_set *set, int argc, char **argv,
				 struct options *options)
{
	struct option table[OPTION_COUNT + 1];
	char letters[2 * OPTION_COUNT + 2];
	const char *unknown;
	int id;

	options->format = set->formats;
	options->is_colored = color_is_wanted(COLOR_AUTO);
	getopt_tables(set, table, letters);
	unknown = find_unknown(table, argc, argv);
	if (unknown) {
		unknown_option(set, unknown);
		return OPTIONS_WRONG;
	}
	opterr = 0;
	while ((id = getopt_long(argc, argv, letters, table, NULL)) != -1) {
		if (id == ':') {
			usage_error("%s needs an argument", argv[optind - 1]);
			return OPTIONS_WRONG;
		}
		if (id == '?') {
			unknown_letter(set, argv[optind - 1], optopt);
			return OPTIONS_WRONG;
		}
		id = option_of_letter(id);
		if (id == OPTION_HELP)
			return OPTIONS_HELP;
		if (!take_option(options, set, (enum option_id)id, optarg))
			return id == OPTION_KERNEL && kernel_is_src(optarg, strlen(optarg))
				       ? OPTIONS_WRONG_SRC
				       : OPTIONS_WRONG;
	}
	return OPTIONS_GOOD;
}
