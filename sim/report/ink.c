/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The values of the palette's colours. */
#include "sim/report/ink.h"

const struct ink_info inks[INK_COUNT] = {
	[INK_NONE] = { "none", 0, 0 },
	[INK_PAPER] = { "paper", 0xffffff, 0x15181c },
	[INK_TEXT] = { "text", 0x1a1a1a, 0xececec },
	[INK_MUTED] = { "muted", 0x595959, 0xb0b4ba },
	[INK_GRID] = { "grid", 0xd8d8d8, 0x3a3f46 },
	[INK_PANEL] = { "panel", 0xf6f6f4, 0x1d2126 },
	[INK_BLACK] = { "black", 0x000000, 0x000000 },
	[INK_WHITE] = { "white", 0xffffff, 0xffffff },
	[INK_ADMIN] = { "admin", 0x0072b2, 0x0072b2 },
	[INK_CARRIER] = { "carrier", 0x56b4e9, 0x56b4e9 },
	[INK_UP] = { "up", 0x2bb48a, 0x2bb48a },
	[INK_DOWN] = { "down", 0xc05200, 0xff9248 },
	[INK_UNKNOWN] = { "unknown", 0xcc79a7, 0xcc79a7 },
	[INK_DORMANT] = { "dormant", 0xf0e442, 0xf0e442 },
	[INK_TESTING] = { "testing", 0x9a8f12, 0x9a8f12 },
	[INK_WINDOW] = { "window", 0xf0b95a, 0xe69f00 },
	[INK_QUEUE] = { "queue", 0xc4c8cc, 0x9aa0a8 },
	[INK_WORK] = { "work", 0xb8a9e0, 0xb8a9e0 },
	[INK_ARROW] = { "arrow", 0x882255, 0xe58cbf },
	[INK_WAIT] = { "wait", 0xb34700, 0xff9248 },
};
