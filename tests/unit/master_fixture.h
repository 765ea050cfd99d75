/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For tests of masters: their messages, and requests about them. */
#ifndef LWSIM_TESTS_MASTER_FIXTURE_H
#define LWSIM_TESTS_MASTER_FIXTURE_H

#include "model_fixture.h"

static inline struct net_device *add_bond(struct fixture *f, const char *name, enum bond_mode mode,
					  uint32_t miimon)
{
	struct link_create create = { .kind = LINK_KIND_BOND,
				      .bond_mode = (uint8_t)mode,
				      .bond_miimon = miimon };

	copy_name(create.name, name);
	assert_int_equal(new_link(f, &create), 0);
	return find(f, name);
}

static inline struct net_device *add_bridge(struct fixture *f, const char *name)
{
	struct link_create create = { .kind = LINK_KIND_BRIDGE };

	copy_name(create.name, name);
	assert_int_equal(new_link(f, &create), 0);
	return find(f, name);
}

static inline struct net_device *add_team(struct fixture *f, const char *name)
{
	struct link_create create = { .kind = LINK_KIND_TEAM };

	copy_name(create.name, name);
	assert_int_equal(new_link(f, &create), 0);
	return find(f, name);
}

static inline void set_promisc(struct fixture *f, struct net_device *dev, bool is_on)
{
	assert_int_equal(set_flags(f, dev, is_on ? IFF_PROMISC : 0, IFF_PROMISC), 0);
}

/* NULL: no master */
static inline int set_master_of(struct fixture *f, struct net_device *dev,
				const struct net_device *master)
{
	struct link_attrs attrs = { .has_master = true, .master = master ? master->ifindex : 0 };

	return set_link(f, dev, &attrs);
}

static inline void join(struct fixture *f, struct net_device *dev, const struct net_device *master)
{
	assert_int_equal(set_master_of(f, dev, master), 0);
}

static inline void leave(struct fixture *f, struct net_device *dev)
{
	assert_int_equal(set_master_of(f, dev, NULL), 0);
}

static inline void carrier_of(struct fixture *f, struct net_device *dev, bool is_on)
{
	struct link_attrs attrs = { .has_carrier = true, .carrier = is_on };

	assert_int_equal(set_link(f, dev, &attrs), 0);
}

/* The master refuses the port with this extack; extack NULL: without a text. */
static inline void expect_refusal(struct fixture *f, struct net_device *dev,
				  const struct net_device *master, int err, const char *extack)
{
	f->m->extack = NULL;
	assert_int_equal(set_master_of(f, dev, master), err);
	assert_string_equal(f->m->extack ? f->m->extack : "", extack ? extack : "");
}

#endif
