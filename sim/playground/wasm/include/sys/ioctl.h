/* SPDX-License-Identifier: GPL-2.0-or-later */
/* No terminal in a page: ioctl() fails. */
#ifndef LWSIM_WASM_IOCTL_H
#define LWSIM_WASM_IOCTL_H

#include_next <sys/ioctl.h>

#define TIOCGWINSZ 0x5413
struct winsize {
	unsigned short ws_row, ws_col, ws_xpixel, ws_ypixel;
};

#endif
