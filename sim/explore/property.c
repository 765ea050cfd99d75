/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Evaluates the conditions of properties. */
#include "sim/explore/property.h"

#include "sim/run/expect_value.h"

/* A device that is not there has no value: nothing about it holds. */
static bool atom_holds(const struct world *world, const struct stmt *stmt)
{
	const struct net_device *dev = world_device(world, stmt, 0);

	return dev && value_of(dev, &stmt->expect) == stmt->expect.value;
}

static bool expr_holds(const struct world *world, const struct expr *expr)
{
	switch (expr->kind) {
	case EXPR_NOT:
		return !expr_holds(world, expr->left);
	case EXPR_AND:
		return expr_holds(world, expr->left) && expr_holds(world, expr->right);
	case EXPR_OR:
		return expr_holds(world, expr->left) || expr_holds(world, expr->right);
	case EXPR_ATOM:
		break;
	}
	return atom_holds(world, expr->atom);
}

uint32_t property_bits(const struct world *world)
{
	uint32_t bits = 0;
	unsigned int n = 0;

	for (const struct property *at = world->scenario->explore.properties; at; at = at->next) {
		if (expr_holds(world, at->first))
			bits |= PROPERTY_FIRST(n);
		if (at->second && expr_holds(world, at->second))
			bits |= PROPERTY_SECOND(n);
		n++;
	}
	return bits;
}
