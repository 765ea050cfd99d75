/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The records of a run, from which every output format is made. */
#ifndef LWSIM_SIM_RUN_TRACE_H
#define LWSIM_SIM_RUN_TRACE_H

#include <stdio.h>

#include "model/netdevice.h"
#include "sim/language/scenario.h"

enum record_kind {
	RECORD_ACTION, /* a statement began; text: as in the file */
	RECORD_NEWLINK,
	RECORD_DELLINK,
	RECORD_ERROR, /* a command failed; error, text: what it prints */
	RECORD_NOTE,  /* the answer to a query; text */
};

struct record {
	enum record_kind kind;
	int64_t t_ns;
	uint64_t jiffy; /* since boot */
	uint32_t line;	/* the scenario's line that caused it; 0: none */

	/* RECORD_NEWLINK, RECORD_DELLINK */
	char dev[IFNAMSIZ];
	const char *netns; /* "": the initial one; owned by the runner */
	int32_t ifindex;
	uint32_t flags, change;
	uint8_t operstate, linkmode, qdisc;
	bool carrier;
	uint32_t carrier_up, carrier_down;
	const char *driver; /* the driver's: "veth", "virtio_net"; static */
	bool has_rtnl_kind; /* it is IFLA_INFO_KIND, too */
	uint16_t type;	    /* ARPHRD_*; ARPHRD_NONE: it has no address */
	uint64_t address;   /* 48 bits as a number */
	uint32_t mtu, txqlen, promiscuity;
	bool proto_down;
	int32_t master;		   /* ifindex; 0: none */
	const char *master_driver; /* static; NULL: none */
	bool has_link;
	int32_t link;		/* ifindex of the device below, or of a veth's peer; 0: gone */
	const char *link_netns; /* where that is; owned by the runner; NULL: where the device is */
	/* from the device's previous message, if has_before */
	bool has_before;
	uint32_t flags_before;
	uint8_t operstate_before;
	/* from IFF_UP to this message if it is the first with IFF_RUNNING since then; else -1 */
	int64_t waited_ns;

	/* the other kinds */
	const struct stmt *stmt;
	const struct stmt *repeat; /* the action's innermost repeat */
	uint32_t turn;		   /* the repeat's iteration, from 1 */
	bool is_again;		   /* an action of a later iteration: not in the trace */
	const char *text;	   /* text_len bytes; not NUL-terminated for an action */
	uint32_t text_len;
	int error;
};

struct trace {
	struct record *records;
	size_t count, capacity;
};

void trace_init(struct trace *trace);
void trace_free(struct trace *trace);
/* Removes all but the first `count`. */
void trace_cut(struct trace *trace, size_t count);
/*
 * Appends a copy of the record, and of its text unless it is an action's. The result is valid until
 * the next call.
 */
struct record *trace_add(struct trace *trace, const struct record *record);

/*
 * Writes an action's first line (the other lines of a block are records of their own) and its
 * iteration, as in "2 of 5".
 */
void record_write_action(FILE *out, const struct record *record);

static inline bool record_is_message(const struct record *record)
{
	return record->kind == RECORD_NEWLINK || record->kind == RECORD_DELLINK;
}

#define IDENTITY_MAX_BYTES (NETNS_NAME_MAX_BYTES + 16)

/* "NETNS/IFINDEX" of a message: a rename does not change it. */
void record_identity(const struct record *record, char ret_identity[IDENTITY_MAX_BYTES]);

#define DESCRIBE_MAX_BYTES 240

/*
 * "+UP +LOWER_UP DOWN": the changes since the device's previous message, and the state if it
 * changed; "deleted"; "(no change)".
 */
void record_describe(const struct record *record, char ret_text[DESCRIBE_MAX_BYTES]);
/* "<UP,LOWER_UP> state DOWN": the whole link state, whatever the previous message was. */
void record_describe_whole(const struct record *record, char ret_text[DESCRIBE_MAX_BYTES]);

/* Whether the message repeats the device's previous one. */
bool record_is_again(const struct record *record);

#endif
