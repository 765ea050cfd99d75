/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A parsed scenario: header, statements, snapshots. Read-only after parsing. */
#ifndef LWSIM_SIM_LANGUAGE_SCENARIO_H
#define LWSIM_SIM_LANGUAGE_SCENARIO_H

#include "model/kernel.h"
#include "model/rtnetlink.h"
#include "sim/language/diag.h"
#include "sim/language/names.h"
#include "sim/language/source.h"

/* Limit of a scenario's expanded statements. */
#define STATEMENTS_MAX UINT64_C(10000000)
/* Limits of created devices and of namespaces, blocks expanded. */
#define NEW_DEVICES_MAX UINT64_C(1000000)
#define NEW_NETS_MAX UINT64_C(1000000)
/* Limit of parameters. */
#define PARAMS_MAX UINT64_C(100000)
/* Limit of nested blocks. */
#define BLOCK_DEPTH_MAX 8
/* Latest time in a scenario: 100 years. */
#define SCENARIO_MAX_NS (INT64_C(100) * 366 * 86400 * 1000000000)

/* A device's name, or, with a brace range, one name per value: prefix N suffix. */
struct dev_name {
	const char *prefix, *suffix;
	uint32_t first;
	bool is_range;
	struct span span;
};

/* Size of a namespace's name, including the NUL. */
#define NETNS_NAME_MAX_BYTES 64

enum stmt_kind {
	/* drivers and kernel internals */
	STMT_VIRTNET_PROBE,
	STMT_VIRTNET_CONFIG_CHANGED,
	STMT_CARRIER_ON,
	STMT_CARRIER_OFF,
	STMT_CARRIER_EVENT,
	STMT_DORMANT_ON,
	STMT_DORMANT_OFF,
	STMT_TESTING_ON,
	STMT_TESTING_OFF,
	STMT_DEVICE_DETACH,
	STMT_DEVICE_ATTACH,
	STMT_DEV_OPEN,
	STMT_DEV_CLOSE,
	STMT_LINKWATCH_FIRE_EVENT,
	STMT_TUNSETIFF,	    /* tun */
	STMT_TUNSETCARRIER, /* is_up */
	STMT_TUNSETPERSIST, /* is_up */
	STMT_TUN_CLOSE,
	STMT_RTNL_LOCK,	     /* duration_ns */
	STMT_WORKER_LATENCY, /* duration_ns */
	/* userspace */
	STMT_IP_LINK_ADD, /* create (names are in dev and peer) */
	STMT_IP_LINK_SET, /* attrs */
	STMT_IP_LINK_DEL,
	STMT_IP_TUNTAP_ADD, /* tun */
	STMT_IP_TUNTAP_DEL, /* tun */
	STMT_SETLINK,	    /* attrs */
	STMT_IFCONFIG,	    /* is_up */
	STMT_IP_NETNS_ADD,  /* target */
	STMT_IP_NETNS_DEL,  /* target */
	STMT_GETLINK,
	STMT_SYSFS, /* sysfs */
	/* for the runner */
	STMT_MARK,
	STMT_EXPECT,  /* expect */
	STMT_REPEAT,  /* body, times, every_ns */
	STMT_BATCH,   /* body */
	STMT_EXPLORE, /* in no list of statements: see scenario.explore */
	STMT_COUNT
};

enum sysfs_attr {
	SYSFS_CARRIER,
	SYSFS_OPERSTATE,
	SYSFS_DORMANT,
	SYSFS_TESTING,
	SYSFS_CARRIER_CHANGES,
	SYSFS_CARRIER_UP_COUNT,
	SYSFS_CARRIER_DOWN_COUNT,
	SYSFS_LINK_MODE,
	SYSFS_IFINDEX,
	SYSFS_IFLINK,
	SYSFS_FLAGS,
	SYSFS_COUNT
};

/* Indexed by enum sysfs_attr; ends with NULL. */
extern const char *const sysfs_attr_names[];

enum expect_kind {
	/* as rtnetlink would report it now */
	EXPECT_OPERSTATE, /* value: IF_OPER_* */
	EXPECT_FLAGS,	  /* value: exactly these of LINK_STATE_FLAGS_MASK */
	EXPECT_CARRIER,	  /* value: 0, 1 (off, on) */
	EXPECT_RUNNING,	  /* value: 0, 1 (no, yes) */
	EXPECT_LINKMODE,  /* value: IF_LINK_MODE_* */
	/* the stored field dev->FIELD */
	EXPECT_FIELD, /* field, value */
	/* messages */
	EXPECT_NOTIFY,	       /* value: flags as above; state: IF_OPER_*; in this jiffy */
	EXPECT_RUNNING_WITHIN, /* duration_ns from now */
	EXPECT_QUIET_UNTIL,    /* until_ns: like stmt.at_ns */
	EXPECT_NOTIFICATIONS,  /* value: count since the start or the last mark */
	/* what a daemon makes of them */
	EXPECT_SAYS,	    /* observer; value: 0, 1 (down, up) */
	EXPECT_SAYS_WITHIN, /* the same, at some moment until duration_ns from now */
	EXPECT_COUNT
};

enum dev_field {
	DEV_OPERSTATE,
	DEV_STATE,
	DEV_FLAGS,
	DEV_LINK_MODE,
	DEV_CARRIER_UP_COUNT,
	DEV_CARRIER_DOWN_COUNT,
	DEV_FIELD_COUNT
};

/* "dev->operstate", ...: indexed by enum dev_field; ends with NULL. */
extern const char *const dev_field_names[];

struct expect {
	enum expect_kind kind;
	enum dev_field field;
	uint64_t value;
	uint8_t state;
	enum observer_id observer;
	int64_t duration_ns;
	int64_t until_ns;
	struct span value_span; /* of the expected value, for the caret */
	const char *const *on;	/* patterns of `on KERNEL...`, ends with NULL; NULL: all kernels */
};

/* `= ENETDOWN` or `= "text"` at the end of an action. */
struct expected_error {
	bool is_set;
	int error;	  /* errno, 0 if text is given */
	const char *text; /* the command's complete error text */
	struct span span;
};

struct stmt {
	enum stmt_kind kind;
	uint32_t line;
	struct span span;	/* the statement without its time */
	int64_t at_ns;		/* since boot; in a repeat, since the iteration's start */
	uint32_t count;		/* number of instances from brace ranges; 1 without */
	struct dev_name dev;	/* for most kinds; prefix NULL: none */
	struct dev_name peer;	/* ip link add ... peer NAME */
	struct dev_name link;	/* ip link add link NAME ... */
	struct dev_name master; /* master NAME; attrs.has_master without it: nomaster */
	/* namespaces; prefix NULL: none given */
	struct dev_name netns;	     /* -n NS: where the command runs */
	struct dev_name target;	     /* netns NS: where its device moves */
	struct dev_name peer_target; /* peer NAME netns NS */
	struct dev_name new_name;    /* ip link set DEV name NEW */
	bool is_id_range;	     /* the VLAN ID goes up by one per instance */
	bool is_index_range;	     /* so does the ifindex */
	struct expected_error expected_error;
	const char *words; /* in `explore`: the statement as a line, with one word of each A|B */
	struct stmt *next;
	union {
		struct {
			bool has_status, link_up;
		} virtnet;
		struct {
			bool is_tap, is_carrier_off;
		} tun;
		int64_t duration_ns;
		struct link_attrs attrs;
		struct link_create create;
		bool is_up; /* or on */
		enum sysfs_attr sysfs;
		struct expect expect;
		struct {
			struct stmt *body; /* NULL: empty */
			uint32_t times;	   /* batch: 1 */
			int64_t every_ns;
		} block;
	};
};

static inline bool stmt_has_block(const struct stmt *stmt)
{
	return stmt->kind == STMT_REPEAT || stmt->kind == STMT_BATCH || stmt->kind == STMT_EXPLORE;
}

/* A condition on a state. */
enum expr_kind {
	EXPR_ATOM,
	EXPR_NOT,
	EXPR_AND,
	EXPR_OR
};

struct expr {
	enum expr_kind kind;
	const struct stmt *atom; /* dev, netns, expect: as one value of now */
	const struct expr *left, *right;
};

enum property_kind {
	PROPERTY_ALWAYS,
	PROPERTY_NEVER,
	PROPERTY_REACH, /* can it hold? */
	PROPERTY_LEADS, /* first leads to second within within_ns */
};

struct property {
	enum property_kind kind;
	const struct expr *first, *second;
	int64_t within_ns;
	uint32_t line;
	struct span span;
	struct property *next;
};

#define PROPERTIES_MAX 16

/* `explore { ... }`: statements that may happen in any order, at any moment; and its properties. */
struct explore_block {
	struct stmt *stmt; /* block.body has the statements; NULL: the file has none */
	size_t text_end;   /* length of the file before its line */
	struct property *properties, **properties_end;
	unsigned int properties_count;
	struct stmt *atoms; /* of all properties */
};

/* A `-- trace KERNEL --` section. */
struct snapshot {
	struct kernel kernel;
	struct span header; /* its first line */
	struct span body;   /* from the next line to the next section or the end */
};

struct param {
	const char *name;
	const char *value; /* with --set applied */
	bool is_set;	   /* from --set */
};

/* --set NAME=VALUE on the command line. */
struct param_setting {
	const char *name;
	const char *value;
};

/* Whether a --set value, which has not been through the lexer, is valid as a word. */
bool param_value_is_word(const char *value);

struct scenario {
	const struct source *source;
	const char *title; /* "" if none */
	bool has_kernel;
	struct kernel kernel; /* kernel_default() if none */
	struct kernel *compare;
	size_t compare_count;
	uint32_t hz;	    /* default 250 */
	uint32_t long_bits; /* default 64 */
	bool timers_exact;
	struct param *params;
	size_t params_count;
	struct stmt *stmts;
	bool has_end;
	int64_t end_ns;
	int64_t last_ns;	  /* of the last statement, repeats expanded */
	uint64_t statement_count; /* expanded */
	uint32_t max_devices;	  /* upper bound of devices created, without `lo` */
	uint32_t max_nets;	  /* the same for namespaces */
	bool has_links;		  /* some device has a lower device or a master */
	bool has_bonds;
	struct explore_block explore;
	struct snapshot *snapshots;
	size_t snapshots_count;
	size_t text_end;   /* length of the file before the first snapshot */
	struct pool *pool; /* private: owns the scenario's memory */
};

/*
 * Parses a source. NULL if diags has errors, else a complete scenario that can run. The source must
 * outlive it. A setting whose name is not in the file is an error, too.
 */
struct scenario *scenario_parse(const struct source *source, const struct param_setting *settings,
				size_t settings_count, struct diags *diags);
void scenario_free(struct scenario *scenario); /* free(NULL) is fine */
/* Writes ", open=1s" for each parameter set by --set. */
void scenario_write_settings(const struct scenario *scenario, FILE *out);

/* Whether a pattern of `on KERNEL...` matches the kernel; '*' is its only special character. */
bool pattern_matches(const char *pattern, const struct kernel *kernel);

/* Writes instance `index` of a name; "" if there is no name. */
void name_at(const struct dev_name *name, uint32_t index, char *ret_name, size_t bytes);
void dev_name_at(const struct dev_name *name, uint32_t index, char ret_name[IFNAMSIZ]);
/* The same for a namespace; "" if none is given. */
void netns_name_at(const struct dev_name *name, uint32_t index,
		   char ret_name[NETNS_NAME_MAX_BYTES]);
/* "n1/eth0"; "eth0" in the initial namespace. */
#define LABEL_MAX_BYTES (NETNS_NAME_MAX_BYTES + IFNAMSIZ)
void format_label(const char *netns, const char *dev, char ret_label[LABEL_MAX_BYTES]);

#endif
