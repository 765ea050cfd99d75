/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Collects the devices' paths through the operstates. */
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/formats/states.h"

static struct state_path *path_add(struct state_paths *paths)
{
	if (paths->count == paths->capacity) {
		paths->capacity = 2 * paths->capacity + 8;
		paths->paths =
			xreallocarray(paths->paths, paths->capacity, sizeof(paths->paths[0]));
	}
	return paths->paths[paths->count++] = xcalloc(1, sizeof(struct state_path));
}

static struct state_path *path_of(struct state_paths *paths, size_t place)
{
	if (place >= paths->places) {
		size_t places = 2 * place + 8;

		paths->by_place =
			xreallocarray(paths->by_place, places, sizeof(paths->by_place[0]));
		memset(paths->by_place + paths->places, 0,
		       (places - paths->places) * sizeof(paths->by_place[0]));
		paths->places = places;
	}
	if (!paths->by_place[place])
		paths->by_place[place] = path_add(paths);
	return paths->by_place[place];
}

/* Records a rename or a move to another namespace; it is still the same device. */
static void take_label(struct state_path *path, const char *netns, const char *dev)
{
	char label[LABEL_MAX_BYTES];

	format_label(netns, dev, label);
	if (path->labels_count && strcmp(path->labels[path->labels_count - 1], label) == 0)
		return;
	path->labels = xgrow(path->labels, path->labels_count, &path->labels_capacity,
			     sizeof(path->labels[0]));
	strcpy(path->labels[path->labels_count++], label);
}

void state_paths_take(void *user, const struct stored_state *state)
{
	struct state_paths *paths = user;
	struct state_path *path = path_of(paths, state->place);
	struct path_step *step;

	take_label(path, state->netns, state->dev);
	path->is_wanted |=
		!paths->wanted || strcmp(paths->wanted, path->labels[path->labels_count - 1]) == 0;
	if (state->is_gone) { /* the slot may be reused by another device */
		paths->by_place[state->place] = NULL;
		return;
	}
	if (path->count == path->capacity) {
		path->capacity = 2 * path->capacity + 4;
		path->steps = xreallocarray(path->steps, path->capacity, sizeof(path->steps[0]));
	}
	step = &path->steps[path->count++];
	step->t_ns = state->t_ns;
	step->line = state->line;
	step->label = path->labels_count - 1;
	step->from = state->is_first ? STATE_START : state->before;
	step->to = state->after;
}

void state_paths_free(struct state_paths *paths)
{
	for (size_t i = 0; i < paths->count; i++) {
		free(paths->paths[i]->steps);
		free(paths->paths[i]->labels);
		free(paths->paths[i]);
	}
	free(paths->paths);
	free(paths->by_place);
}
