/* SPDX-License-Identifier: GPL-2.0-or-later */
/* IFLA_INFO_DATA: what a kind of device says of itself. */
#ifndef LWSIM_SIM_RTNETLINK_INFO_DATA_H
#define LWSIM_SIM_RTNETLINK_INFO_DATA_H

#include "model/machine.h"
#include "sim/rtnetlink/link_message.h"

/*
 * Writes the attributes in IFLA_INFO_DATA of a VLAN, macvlan, ipvlan, VRF or bond, in the kernel's
 * order, as far as the model has them. Returns their length; 0: this kind has none.
 */
size_t info_data_write(const struct net_device *dev, uint8_t ret_bytes[LINK_DATA_MAX_BYTES]);

#endif
