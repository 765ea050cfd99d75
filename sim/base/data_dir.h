/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the project's data files: scenarios, headers. */
#ifndef LWSIM_SIM_BASE_DATA_DIR_H
#define LWSIM_SIM_BASE_DATA_DIR_H

/*
 * The path of a data file or folder; the caller frees it. If the file does not exist, this is where
 * it should be. In this order:
 *
 * 1. $LWSIM_DATA_DIR/NAME, if that is set and not empty;
 * 2. SOURCES/NAME, if the running program is in the tree it was built in;
 * 3. PREFIX/share/lwsim/NAME, if it is PREFIX/bin/PROGRAM or PREFIX/libexec/lwsim/PROGRAM.
 */
char *data_path(const char *name);

/*
 * Steps 2 and 3 for a program with this path; only step 3 if not built by CMake (both dirs NULL).
 */
char *data_path_of(const char *program, const char *build_dir, const char *source_dir,
		   const char *name);

#endif
