/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The oracle's part that stands for rtnetlink, ioctls and drivers: what is asked of a device. */
#ifndef LWSIM_TESTS_PROPERTY_ORACLE_REQUESTS_H
#define LWSIM_TESTS_PROPERTY_ORACLE_REQUESTS_H

#include "oracle.h"

/* One op on one slot: 0 or -errno. The first is for ops that need no lock, the second for those
 * that do, except OP_RTNL_HOLD; its caller has the lock. */
int oracle_driver_op(struct oracle *o, int slot, const struct op *op);
int oracle_rtnl_op(struct oracle *o, int slot, const struct op *op);

/* What the driver's work item does with the host's word. */
void oracle_config_work(struct oracle *o, int slot);

/* A device comes to be, with a carrier and all else zero; nothing is said of it. */
void oracle_register(struct oracle *o, int slot, enum oracle_kind kind);

#endif
