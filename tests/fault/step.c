/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Linked into lwsim's programs in place of runner_step(): tells the preloaded library of each step (see fault.c). */
#include <dlfcn.h>

struct runner;
void __real_runner_step(struct runner *runner);
void __wrap_runner_step(struct runner *runner);

void __wrap_runner_step(struct runner *runner)
{
	void (*told)(void) = (void (*)(void))dlsym(RTLD_DEFAULT, "fault_step");

	if (told)
		told();
	__real_runner_step(runner);
}
