/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a session prints. */
#include "sim/repl/answer.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "model/machine.h"
#include "sim/base/json.h"
#include "sim/base/xalloc.h"
#include "sim/formats/jsonl_writer.h"
#include "sim/language/format.h"
#include "sim/language/names.h"

void answer_init(struct answer *answer, bool is_jsonl)
{
	*answer = (struct answer){ .is_jsonl = is_jsonl, .out = stdout, .messages = stderr };
	if (!is_jsonl)
		return;
	answer->out = xmemstream(&answer->text, &answer->text_len);
	answer->messages = xmemstream(&answer->said, &answer->said_len);
}

void answer_free(struct answer *answer)
{
	if (!answer->is_jsonl)
		return;
	xclose_memstream(answer->out);
	xclose_memstream(answer->messages);
	free(answer->text);
	free(answer->said);
}

void answer_end(struct answer *answer, int64_t now_ns, uint64_t jiffy)
{
	if (!answer->is_jsonl)
		return;
	fflush(answer->out);
	fflush(answer->messages);
	fputs("{\"t\":", stdout);
	jsonl_write_seconds(stdout, now_ns);
	printf(",\"jiffy\":%" PRIu64 ",\"type\":\"ready\",\"line\":%" PRIu64 ",\"text\":", jiffy,
	       ++answer->lines);
	json_write_string(stdout, answer->text, answer->text_len);
	fputs(",\"messages\":", stdout);
	json_write_string(stdout, answer->said, answer->said_len);
	fputs(",\"cause\":\"repl:0\"}\n", stdout);
	fflush(stdout);
	rewind(answer->out);
	rewind(answer->messages);
}

void answer_device(const char *netns, const struct net_device *dev)
{
	const struct machine *m = dev->machine;
	struct link_message message;

	rtnl_fill_ifinfo(dev, &message);
	fputs("{\"t\":", stdout);
	jsonl_write_seconds(stdout, m->now_ns);
	printf(",\"jiffy\":%" PRIu64 ",\"type\":\"state\",\"dev\":", m->since_boot_j);
	json_write_string(stdout, dev->name, strlen(dev->name));
	printf(",\"ifindex\":%" PRId32 ",\"netns\":", dev->ifindex);
	json_write_string(stdout, netns, strlen(netns));
	format_flags_json(stdout, message.ifi_flags);
	printf(",\"operstate\":\"%s\",\"stored\":\"%s\",\"carrier\":%s,\"cause\":\"repl:0\"}\n",
	       operstate_name(message.operstate), operstate_name(dev->operstate),
	       message.carrier ? "true" : "false");
}
