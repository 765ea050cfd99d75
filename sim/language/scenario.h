/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scenario as parsed: header, statements, snapshots. Read-only once made. */
#ifndef LWSIM_SIM_LANGUAGE_SCENARIO_H
#define LWSIM_SIM_LANGUAGE_SCENARIO_H

#include "model/kernel.h"
#include "model/rtnetlink.h"
#include "sim/language/diag.h"
#include "sim/language/source.h"

/* A scenario may expand to this many statements. */
#define STATEMENTS_MAX UINT64_C(10000000)
/* Blocks may stand in each other this deep. */
#define BLOCK_DEPTH_MAX 8
/* The last instant a scenario may name: 100 years. */
#define SCENARIO_MAX_NS (INT64_C(100) * 366 * 86400 * 1000000000)

/* A device's name, or with a brace range one name per value: prefix N suffix. */
struct dev_name {
	const char *prefix, *suffix;
	uint32_t first;
	bool is_range;
	struct span span;
};

/* A namespace's name, with its NUL. */
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
	/* the runner's own */
	STMT_MARK,
	STMT_EXPECT, /* expect */
	STMT_REPEAT, /* body, times, every_ns */
	STMT_BATCH,  /* body */
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

/* By enum sysfs_attr, NULL at the end. */
extern const char *const sysfs_attr_names[];

enum expect_kind {
	/* what rtnetlink would say now */
	EXPECT_OPERSTATE, /* value: IF_OPER_* */
	EXPECT_FLAGS,	  /* value: exactly these of LINK_STATE_FLAGS_MASK */
	EXPECT_CARRIER,	  /* value: 0, 1 (off, on) */
	EXPECT_RUNNING,	  /* value: 0, 1 (no, yes) */
	EXPECT_LINKMODE,  /* value: IF_LINK_MODE_* */
	/* dev->FIELD, stored */
	EXPECT_FIELD, /* field, value */
	/* messages */
	EXPECT_NOTIFY,	       /* value: flags as above; state: IF_OPER_*; in this jiffy */
	EXPECT_RUNNING_WITHIN, /* duration_ns from now */
	EXPECT_QUIET_UNTIL,    /* until_ns: like stmt.at_ns */
	EXPECT_NOTIFICATIONS,  /* value: how many since the start or the last mark */
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

/* "dev->operstate", ...: by enum dev_field, NULL at the end. */
extern const char *const dev_field_names[];

struct expect {
	enum expect_kind kind;
	enum dev_field field;
	uint64_t value;
	uint8_t state;
	int64_t duration_ns;
	int64_t until_ns;
	struct span value_span; /* what was expected, for the caret */
	const char *const *on;	/* patterns of `on KERNEL...`, NULL at the end; NULL: all */
};

/* `= ENETDOWN` or `= "text"` at the end of an action. */
struct expected_error {
	bool is_set;
	int error;	  /* errno, 0 if text is given */
	const char *text; /* all that the command prints */
	struct span span;
};

struct stmt {
	enum stmt_kind kind;
	uint32_t line;
	struct span span;	/* the statement's words, without its time */
	int64_t at_ns;		/* since boot; inside a repeat: since the iteration's start */
	uint32_t count;		/* instances that brace ranges make of it; 1 without */
	struct dev_name dev;	/* most; prefix NULL where there is none */
	struct dev_name peer;	/* ip link add ... peer NAME */
	struct dev_name link;	/* ip link add link NAME ... */
	struct dev_name master; /* master NAME; attrs.has_master without it: none */
	/* namespaces; prefix NULL: none is named */
	struct dev_name netns;	     /* -n NS: where the statement is carried out */
	struct dev_name target;	     /* netns NS: where its device goes */
	struct dev_name peer_target; /* peer NAME netns NS */
	struct dev_name new_name;    /* ip link set DEV name NEW */
	bool is_id_range;	     /* each instance's VLAN has the next number */
	bool is_index_range;	     /* the same of its device's */
	struct expected_error expected_error;
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

/* A `-- trace KERNEL --` section. */
struct snapshot {
	struct kernel kernel;
	struct span header; /* its first line */
	struct span body;   /* the lines after it, up to the next section or the end */
};

struct param {
	const char *name;
	const char *value; /* after --set */
	bool is_set;	   /* by that */
};

/* --set NAME=VALUE on the command line. */
struct param_setting {
	const char *name;
	const char *value;
};

/* Whether a value from the command line, which has not been through the lexer, can stand in a line. */
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
	uint32_t max_devices;	  /* that it can have created at most, `lo` not counted */
	uint32_t max_nets;	  /* the same of namespaces */
	bool has_links;		  /* some device stands on another, or has a master */
	bool has_bonds;
	struct snapshot *snapshots;
	size_t snapshots_count;
	size_t text_end;   /* bytes of the file before the first snapshot */
	struct pool *pool; /* private: memory of all this */
};

/*
 * Parses. Never fails half: NULL if diags has errors, else a scenario that can run. The source
 * must outlive it. A setting whose name the file does not have is an error too.
 */
struct scenario *scenario_parse(const struct source *source, const struct param_setting *settings,
				size_t settings_count, struct diags *diags);
void scenario_free(struct scenario *scenario); /* free(NULL) is fine */
/* ", open=1s" for each param that --set has given a value. */
void scenario_write_settings(const struct scenario *scenario, FILE *out);

/* Whether a pattern of `on KERNEL...`, whose only special character is '*', means this kernel. */
bool pattern_matches(const char *pattern, const struct kernel *kernel);

/* Writes instance `index` of a name; "" if it is none. */
void name_at(const struct dev_name *name, uint32_t index, char *ret_name, size_t bytes);
void dev_name_at(const struct dev_name *name, uint32_t index, char ret_name[IFNAMSIZ]);
/* The same of a namespace's; "" if none is named. */
void netns_name_at(const struct dev_name *name, uint32_t index,
		   char ret_name[NETNS_NAME_MAX_BYTES]);
/* "n1/eth0"; in the initial namespace "eth0". */
#define LABEL_MAX_BYTES (NETNS_NAME_MAX_BYTES + IFNAMSIZ)
void format_label(const char *netns, const char *dev, char ret_label[LABEL_MAX_BYTES]);

#endif
