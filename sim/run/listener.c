/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A listener in the initial namespace. */
#include "sim/run/listener.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"

bool listener_hears(struct listener *listener, const struct record *record)
{
	if (!record_is_message(record))
		return false;
	if (!*record->netns)
		return true;
	listener->left_out++;
	return false;
}

int32_t listener_nsid(struct listener *listener, const char *netns)
{
	size_t i = 0;

	while (i < listener->count && strcmp(listener->netns[i], netns) != 0)
		i++;
	if (i < listener->count)
		return (int32_t)i;
	listener->netns = xgrow(listener->netns, listener->count, &listener->capacity,
				sizeof(listener->netns[0]));
	listener->netns[listener->count++] = xstrdup(netns);
	return (int32_t)i;
}

void listener_end(struct listener *listener)
{
	if (listener->left_out)
		wrap_message(stderr,
			     "lwsim: note: left out: %zu message%s of other namespaces, which a "
			     "listener in the initial one does not get",
			     listener->left_out, listener->left_out == 1 ? "" : "s");
	for (size_t i = 0; i < listener->count; i++)
		free(listener->netns[i]);
	free(listener->netns);
}
