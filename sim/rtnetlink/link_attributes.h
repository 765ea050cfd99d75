/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The attributes of struct rtnl_link_message, as tables; shared by messages and requests. */
#ifndef LWSIM_SIM_RTNETLINK_LINK_ATTRIBUTES_H
#define LWSIM_SIM_RTNETLINK_LINK_ATTRIBUTES_H

#include "sim/rtnetlink/link_message.h"

enum link_value {
	LINK_U8,
	LINK_U32,
	LINK_TEXT,
	LINK_ADDRESS,
	LINK_DATA, /* bytes that are written, and not read */
};

struct link_attribute {
	uint16_t type;
	uint8_t kind;  /* enum link_value */
	uint32_t has;  /* enum link_has */
	size_t at;     /* in struct rtnl_link_message */
	size_t size;   /* of a text, address or data there */
	size_t len_at; /* of the length of an address or data */
};

/* Each ends with a zero `has`: those before IFLA_LINKINFO, those in it, those after it. */
extern const struct link_attribute link_attributes[], link_info_attributes[],
	link_attributes_after_info[];

/* The attribute to read; NULL: not in the table. */
const struct link_attribute *link_attribute_find(const struct link_attribute *table, uint16_t type);
/* The same in the first and the third. */
const struct link_attribute *link_attribute_of(uint16_t type);

#endif
