/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A family of Linux that WASI has not, in messages. */
#ifndef LWSIM_WASM_SOCKET_H
#define LWSIM_WASM_SOCKET_H

#include_next <sys/socket.h>

#define AF_BRIDGE 7

#endif
