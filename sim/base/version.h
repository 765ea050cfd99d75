/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The version of lwsim. */
#ifndef LWSIM_SIM_BASE_VERSION_H
#define LWSIM_SIM_BASE_VERSION_H

#define LWSIM_VERSION "0.2.0"

#endif
