// SPDX-License-Identifier: GPL-2.0-or-later
/* A machine with another link_watch.c. */
#include "model_fixture.h"

/* The calls, and a state that is saved and restored with the machine. */
struct recorded {
	struct linkwatch_file file;
	struct machine *m;
	char calls[256];
	uint64_t state;
	struct list_head list, node;
	bool hides_list;
};

static struct recorded *recorded_of(const struct machine *m)
{
	return container_of(m->linkwatch.file, struct recorded, file);
}

static void call(const struct net_device *dev, const char *what)
{
	struct recorded *recorded = recorded_of(dev->machine);

	strcat(recorded->calls, what);
	strcat(recorded->calls, " ");
	strcat(recorded->calls, dev->name);
	strcat(recorded->calls, "\n");
}

static void bind_to(struct linkwatch_file *file, struct machine *m)
{
	container_of(file, struct recorded, file)->m = m;
}

static void init_dev(struct net_device *dev)
{
	call(dev, "init");
}

static void fire_event(struct net_device *dev)
{
	call(dev, "fire");
}

static void forget_dev(struct net_device *dev)
{
	call(dev, "forget");
}

static void run_queue(struct machine *m)
{
	strcat(recorded_of(m)->calls, "run\n");
}

static void look(const struct linkwatch_file *file, struct linkwatch_view *ret_view)
{
	const struct recorded *recorded = container_of(file, struct recorded, file);

	*ret_view = (struct linkwatch_view){
		.lweventlist = recorded->hides_list ? NULL : &recorded->list,
		.nextevent = 42,
	};
}

static void save(const struct linkwatch_file *file, void *ret_state)
{
	memcpy(ret_state, &container_of(file, struct recorded, file)->state, sizeof(uint64_t));
}

static void restore(struct linkwatch_file *file, const void *state)
{
	memcpy(&container_of(file, struct recorded, file)->state, state, sizeof(uint64_t));
}

static const struct linkwatch_file whole = {
	.bind = bind_to,
	.init_dev = init_dev,
	.fire_event = fire_event,
	.forget_dev = forget_dev,
	.run_queue = run_queue,
	.look = look,
	.state_bytes = sizeof(uint64_t),
	.save = save,
	.restore = restore,
};

static struct fixture *start(struct recorded *recorded, const struct linkwatch_file *file)
{
	const struct machine_config config = { .kernel = kernel_named("6.12"),
					       .hz = 100,
					       .long_bits = 64,
					       .max_devices = 4,
					       .linkwatch_file = &recorded->file };

	memset(recorded, 0, sizeof(*recorded));
	recorded->file = *file;
	INIT_LIST_HEAD(&recorded->list);
	return fixture_start_with(&config);
}

static void linkwatch__is_the_file_s(void **state)
{
	struct recorded recorded;
	struct fixture *f = start(&recorded, &whole);
	struct linkwatch_view view;
	struct net_device *d0;

	(void)state;
	assert_ptr_equal(recorded.m, f->m);
	assert_string_equal(recorded.calls, "init lo\n");
	recorded.calls[0] = '\0';
	d0 = add_dummy(f, "d0");
	netif_carrier_off(d0);
	linkwatch_query_dev(d0);
	linkwatch_run_queue(f->m);
	assert_int_equal(delete_link_of(f, d0), 0);
	settle(f);
	assert_string_equal(recorded.calls, "init d0\nfire d0\nforget d0\nrun\nforget d0\n");
	linkwatch_look(f->m, &view);
	assert_ptr_equal(view.lweventlist, &recorded.list);
	assert_int_equal(view.nextevent, 42);
	assert_int_equal(linkwatch_count(f->m), 0);
	list_add_tail(&recorded.node, &recorded.list);
	assert_int_equal(linkwatch_count(f->m), 1);
	recorded.hides_list = true;
	assert_int_equal(linkwatch_count(f->m), 0);
	assert_false(f->m->linkwatch.work.work.is_pending); /* the model's own has nothing to do */
	fixture_stop(f);
}

static void linkwatch_file__may_lack_functions(void **state)
{
	static const struct linkwatch_file least = { .bind = bind_to, .look = look };
	struct recorded recorded;
	struct fixture *f = start(&recorded, &least);
	struct net_device *d0 = add_dummy(f, "d0");

	(void)state;
	link_up(f, d0);
	netif_carrier_off(d0);
	linkwatch_query_dev(d0);
	linkwatch_run_queue(f->m);
	settle(f);
	assert_int_equal(d0->operstate, IF_OPER_UNKNOWN);
	assert_int_equal(delete_link_of(f, d0), 0);
	fixture_stop(f);
}

static void machine_save__takes_the_file_s_state_along(void **state)
{
	struct recorded recorded;
	struct fixture *f = start(&recorded, &whole);
	size_t bytes = machine_save_bytes(f->m);
	void *copy;

	(void)state;
	recorded.state = 7;
	add_dummy(f, "d0");
	assert_true(machine_save_bytes(f->m) > bytes);
	copy = malloc(machine_save_bytes(f->m));
	assert_non_null(copy);
	machine_save(f->m, copy);
	recorded.state = 8;
	add_dummy(f, "d1");
	machine_restore(f->m, copy);
	assert_int_equal(recorded.state, 7);
	assert_non_null(dev_get_by_name(f->m, "d0"));
	assert_null(dev_get_by_name(f->m, "d1"));
	free(copy);
	fixture_stop(f);
}

/* The same without a file state: only the machine's own is saved. */
static void machine_save__of_a_file_without_state(void **state)
{
	static const struct linkwatch_file least = { .bind = bind_to, .look = look };
	struct recorded recorded;
	struct fixture *f = start(&recorded, &least);
	void *copy = malloc(machine_save_bytes(f->m));

	(void)state;
	assert_non_null(copy);
	machine_save(f->m, copy);
	add_dummy(f, "d0");
	machine_restore(f->m, copy);
	assert_null(dev_get_by_name(f->m, "d0"));
	free(copy);
	fixture_stop(f);
}

/* A file's list is its own business; the other invariants must hold as always. */
static void machine_verify__leaves_the_file_s_list_alone(void **state)
{
	struct recorded recorded;
	struct fixture *f = start(&recorded, &whole);
	struct net_device *d0 = add_dummy(f, "d0");

	(void)state;
	list_add(&d0->link_watch_list, &recorded.list);
	assert_null(machine_verify(f->m));
	d0->operstate = 99;
	assert_string_equal(machine_verify(f->m), "an operstate that is none");
	d0->operstate = IF_OPER_UP;
	list_del_init(&d0->link_watch_list);
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(linkwatch__is_the_file_s),
		cmocka_unit_test(linkwatch_file__may_lack_functions),
		cmocka_unit_test(machine_save__takes_the_file_s_state_along),
		cmocka_unit_test(machine_save__of_a_file_without_state),
		cmocka_unit_test(machine_verify__leaves_the_file_s_list_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
