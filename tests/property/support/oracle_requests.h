/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The oracle's rtnetlink, ioctls and drivers: requests for a device. */
#ifndef LWSIM_TESTS_PROPERTY_ORACLE_REQUESTS_H
#define LWSIM_TESTS_PROPERTY_ORACLE_REQUESTS_H

#include "oracle.h"

/* One op on one slot: 0 or -errno. The first function is for ops without the lock; the second for those
 * with it, except OP_RTNL_HOLD; its caller holds the lock. */
int oracle_driver_op(struct oracle *o, int slot, const struct op *op);
int oracle_rtnl_op(struct oracle *o, int slot, const struct op *op);

/* The driver's work item: reads the host's status. */
void oracle_config_work(struct oracle *o, int slot);

/* Creates a device with carrier and everything else zero; sends no message. */
void oracle_register(struct oracle *o, int slot, enum oracle_kind kind);

#endif
