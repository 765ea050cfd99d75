/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Says what a scenario uses of which the kernel it runs on is not modelled. */
#include "sim/run/gaps.h"

static unsigned int uses_of_kind(enum link_kind kind)
{
	switch (kind) {
	case LINK_KIND_TEAM:
		return KERNEL_USE_TEAM;
	case LINK_KIND_BOND:
		return KERNEL_USE_BOND;
	case LINK_KIND_BRIDGE:
		return KERNEL_USE_BRIDGE;
	default:
		return 0;
	}
}

static unsigned int uses_of_attrs(const struct link_attrs *attrs)
{
	return (attrs->has_mtu ? KERNEL_USE_MTU : 0U) |
	       (attrs->has_txqlen ? KERNEL_USE_TXQLEN : 0U);
}

/* enum kernel_use. */
static unsigned int uses_of(const struct stmt *stmt)
{
	switch (stmt->kind) {
	case STMT_IP_LINK_ADD:
		return uses_of_kind(stmt->create.kind) | uses_of_attrs(&stmt->create.attrs) |
		       uses_of_attrs(&stmt->create.peer_attrs);
	case STMT_IP_LINK_SET:
	case STMT_SETLINK:
		return uses_of_attrs(&stmt->attrs);
	case STMT_IP_LINK_DEL:
	case STMT_IP_TUNTAP_DEL:
		return KERNEL_USE_DELETE;
	case STMT_VIRTNET_PROBE:
		return stmt->virtnet.has_status ? KERNEL_USE_VIRTNET_STATUS : 0;
	default:
		return 0;
	}
}

void gaps_note_uses(struct runner *runner, const struct stmt *stmt, unsigned int uses)
{
	unsigned int at = 0, row = runner->options.kernel.version;
	const struct kernel_gap *gap;

	uses &= ~runner->judged.gaps_noted;
	if (!uses)
		return;
	runner->judged.gaps_noted |= uses;
	while ((gap = kernel_next_gap(row, &at)) != NULL)
		if (gap->uses & uses)
			diag_print(runner->options.messages, runner->scenario->source,
				   SEVERITY_WARNING, &stmt->span, "on %s, not modelled: %s",
				   kernel_version_info(row)->name, gap->text);
}

void gaps_note(struct runner *runner, const struct stmt *stmt)
{
	gaps_note_uses(runner, stmt, uses_of(stmt));
}
