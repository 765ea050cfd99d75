/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by the parts of the scenario parser, and private to it. */
#ifndef LWSIM_SIM_LANGUAGE_PARSER_H
#define LWSIM_SIM_LANGUAGE_PARSER_H

#include "sim/base/pool.h"
#include "sim/language/diag.h"
#include "sim/language/lex.h"
#include "sim/language/scenario.h"

/* Size of arrays indexed by header key. */
#define HEADER_KEYS_MAX 8

/* The file itself, or a `{ ... }` block in it. */
struct block {
	struct block *parent; /* NULL: the file itself */
	struct stmt *stmt;    /* NULL: the file itself, or a block whose opening line is wrong */
	struct stmt *first, **tail;
	struct span open;  /* position for errors about the whole block */
	struct span every; /* a repeat's T */
	bool is_wrong;	   /* its lines are parsed for errors only */
	bool is_relative;  /* times are relative to the iteration's start */
	int64_t now_ns;	   /* time of the previous line */
	int64_t last_ns;   /* time of the latest statement */
	/* totals with blocks expanded, capped at a maximum */
	uint64_t statements, devices, nets;
};

/* Names that lines create: one entry per word, so that a range is a single interval. */
struct device_names {
	const char *prefix;
	const char *suffix; /* NULL: a single name, `prefix` */
	bool is_guess;	    /* from a wrong line */
	struct interval *intervals;
	uint64_t hash;
};

struct device_set {
	struct device_names *entries; /* in the order of the file */
	size_t count;
	uint32_t *slots; /* hash table: index + 1 into entries */
	size_t slots_count;
	bool has_range;
	bool is_unsure; /* a wrong line may have created any device */
};

/* The previous content of memory that outlives the lines being read. */
struct change {
	void *at, *before;
	size_t bytes;
};

struct parser {
	struct scenario *scenario;
	const struct source *source;
	struct diags *diags;
	struct pool *pool;
	struct lexer lexer; /* current line */
	size_t pos;	    /* index of the next token */
	uint32_t line;
	bool may_fail; /* `=` ends the statement's words */
	struct block file;
	struct block *block;
	uint32_t depth;
	const struct param_setting *settings;
	size_t settings_count;
	uint32_t *param_lines;			/* line of each parameter's definition */
	uint32_t header_lines[HEADER_KEYS_MAX]; /* line of each key; 0: not given */
	struct device_set devices;		/* keys as from format_label() */
	struct device_set namespaces;
	/* created by the current line */
	struct {
		struct dev_name name;
		bool is_peer;
	} news[2];
	unsigned int news_count;
	bool has_statement;
	bool is_too_long; /* already reported, like the next four */
	bool has_too_many_devices, has_too_many_nets;
	bool is_past_end;
	bool has_snapshot;
	bool keeps_changes; /* the lines may be undone later */
	struct change *changes;
	size_t changes_count;
};

/* Functions that return int return 0, or -1 after reporting an error, except word_find(). */

/* parse.c: for the first lines, and for more of them */

struct parser *parser_new(const struct source *source, const struct param_setting *settings,
			  size_t settings_count);
/* Reads the source from this line on. False after adding errors to diags. */
bool parser_read(struct parser *parser, uint32_t line, struct diags *diags);
/* To be called before its scenario is freed; the scenario may outlive the parser. */
void parser_end(struct parser *parser);

/* parse_words.c: tokens, and errors about them */

__attribute__((format(printf, 3, 4))) int parse_error(struct parser *parser, struct span span,
						      const char *format, ...);
/* Reports "expected WHAT, found ..." at the next token. */
int expected_error(struct parser *parser, const char *what);
/*
 * Reports "unknown WHAT 'WORD', " and the most similar choice or "expected ..."; hint (may be NULL)
 * replaces the list of choices.
 */
int unknown_error(struct parser *parser, const char *what, const char *word, size_t len,
		  struct span span, const char *const *choices, const char *hint);
/* Reports "'WORD' is not there yet in this lwsim, " and the choices or hint. */
int later_error(struct parser *parser, const struct token *token, const char *const *choices,
		const char *hint);

/* NULL at the end of the statement's words. */
const struct token *token_peek(const struct parser *parser);
bool token_is(const struct token *token, const char *word); /* token may be NULL */
/* The span of token->text[off..off+len). */
struct span token_part(const struct parser *parser, const struct token *token, uint32_t off,
		       uint32_t len);
/* The span from the first to the last token. */
struct span token_range(const struct parser *parser, size_t first, size_t last);

/* Takes the next word; NULL after reporting "expected WHAT". */
const struct token *word_take(struct parser *parser, const char *what);
/* Index of the token in a list that ends with NULL, or -1. */
int word_find(const struct token *token, const char *const *words);
/* Takes one of choices; *ret_choice is its index. */
int choice_take(struct parser *parser, const char *what, const char *const *choices,
		int *ret_choice);
/* Takes first (true) or second (false). */
int bool_take(struct parser *parser, const char *what, const char *first, const char *second,
	      bool *ret_value);
int equals_take(struct parser *parser);
int operstate_take(struct parser *parser, uint8_t *ret_state);
int linkmode_take(struct parser *parser, bool has_testing, uint8_t *ret_mode);
/* Takes a number, decimal or 0x..., at most max. */
int number_take(struct parser *parser, const char *what, uint64_t max, uint64_t *ret_number);
/* Reports an error if anything follows. */
int line_end(struct parser *parser);

/* parse_time.c */

extern const char *const unit_names[]; /* ends with NULL */
bool token_is_time(const struct token *token);
/* Parses a time; `+` is relative to the block's now_ns. */
int time_parse(struct parser *parser, const struct token *token, int64_t *ret_ns);
int duration_take(struct parser *parser, int64_t *ret_ns);
#define TIME_TEXT_MAX_BYTES 32
/* "10ms": in the largest unit that needs no fraction. */
const char *time_text(int64_t ns, char ret_text[TIME_TEXT_MAX_BYTES]);

/* parse_changes.c */

/* To be called before changing anything outside struct parser that may belong to earlier lines. */
void change_note(struct parser *parser, void *at, size_t bytes);
/* Undoes all changes but the first `count`. */
void changes_undo(struct parser *parser, size_t count);

/* parse_header.c */

bool is_header_key(const struct token *token);
int header_line_parse(struct parser *parser);
int kernel_word_parse(struct parser *parser, const struct token *token, uint32_t off, uint32_t len,
		      struct kernel *ret_kernel);
void settings_check(struct parser *parser);
extern const char *const header_keys[]; /* ends with NULL */

/* parse_devices.c */

int dev_name_take(struct parser *parser, struct stmt *stmt, struct dev_name *ret_name);
/* The same for a name that the line creates. */
int new_name_take(struct parser *parser, struct stmt *stmt, struct dev_name *ret_name);
/* Takes any name, or a range of them; check validates it. */
int range_name_take(struct parser *parser, struct stmt *stmt, const char *what,
		    int (*check)(struct parser *, const struct token *, const struct dev_name *,
				 uint32_t),
		    struct dev_name *ret_name);
/* Takes a number, or {FIRST..LAST}: one number per instance. */
int number_range_take(struct parser *parser, struct stmt *stmt, const char *what, uint32_t max,
		      uint64_t *ret_first, bool *ret_is_range);

/* parse_uppers.c: after the kind */

int vlan_parse(struct parser *parser, struct stmt *stmt);
int macvlan_parse(struct parser *parser, enum link_kind kind);
int vrf_parse(struct parser *parser, struct stmt *stmt);

/* parse_attrs.c: after `word`, an attribute of a link with a value */

int attr_parse(struct parser *parser, const char *word, struct link_attrs *attrs);

/* parse_netns.c */

int netns_name_take(struct parser *parser, struct stmt *stmt, struct dev_name *ret_name);
/* Takes `-n NS` if it is next: the statement's devices are in that namespace. */
int netns_option_take(struct parser *parser, struct stmt *stmt);
/* After `ip netns`. */
int netns_parse(struct parser *parser, struct stmt *stmt);

/* parse_created.c */

/*
 * At the end of a line: adds the devices and namespaces that it creates or moves; those of a wrong
 * line are guesses in an unknown namespace.
 */
void created_note(struct parser *parser, const struct stmt *stmt, bool is_good);
/* Adds every word of a line that cannot be parsed, because it may have created that device. */
void devices_add_line(struct parser *parser);
void devices_init(struct parser *parser);
/* Reports names in the file's statements that no line creates. */
void devices_check(struct parser *parser);

/* parse_actions.c: all start after the keyword */

/* Whether a statement begins with this word. */
bool statement_word_is(const struct token *token);
/* The i-th of these words; NULL: there are fewer. */
const char *statement_word(size_t i);
int statement_parse(struct parser *parser, struct stmt *stmt);
int expected_failure_parse(struct parser *parser, struct stmt *stmt);

/* parse_ip.c */

int ip_parse(struct parser *parser, struct stmt *stmt);
int setlink_parse(struct parser *parser, struct stmt *stmt);

extern const char *const ip_link_words[]; /* of `ip link set|add`; the last is NULL */

/* parse_kind.c */

extern const char *const link_kinds[]; /* by enum link_kind; the last is NULL */
/* After `type`. */
int kind_take(struct parser *parser, enum link_kind *ret_kind);

/* parse_tun.c */

int tuntap_parse(struct parser *parser, struct stmt *stmt);
int tunsetiff_parse(struct parser *parser, struct stmt *stmt);
/* DEV on|off */
int tun_switch_parse(struct parser *parser, struct stmt *stmt);

/* parse_masters.c: after `type KIND` */

int bond_parse(struct parser *parser, struct stmt *stmt);
int bridge_parse(struct parser *parser);

/* parse_expect.c */

extern const char *const expect_words[]; /* ends with NULL */
int on_parse(struct parser *parser, struct stmt *stmt);
int expect_parse(struct parser *parser, struct stmt *stmt);

/* parse_blocks.c */

/* A `{` at the end of a wrong line opens a block as well; otherwise its `}` would be an error. */
void block_open_wrong(struct parser *parser, struct span span);
void block_open(struct parser *parser, struct stmt *stmt, struct span open);
int block_close(struct parser *parser);
void statement_append(struct parser *parser, struct stmt *stmt);
void blocks_check_closed(struct parser *parser);
int repeat_parse(struct parser *parser, struct stmt *stmt);
int batch_parse(struct parser *parser, struct stmt *stmt);
/* Requires `{` as the last word of the line. */
int opener_take(struct parser *parser);

int explore_parse(struct parser *parser, struct stmt *stmt);

/* parse_property.c: a line behind `explore` */
int property_parse(struct parser *parser);

/* parse_explore.c: a line in `explore` */
int explore_line_parse(struct parser *parser);

#endif
