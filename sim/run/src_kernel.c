/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compiles a kernel's own link_watch.c before a run. */
#include "sim/run/src_kernel.h"

enum exit_code kernel_prepare(const struct src_loader *loader, const struct kernel *kernel,
			      const struct scenario *scenario, FILE *messages)
{
	if (!kernel->source)
		return EXIT_GOOD;
	if (scenario->long_bits != 64) {
		diag_print(messages, NULL, SEVERITY_ERROR, NULL,
			   "%s: the scenario says `bits 32`, expected 64: a link_watch.c from a "
			   "file is compiled for 64 bits",
			   scenario->source->path);
		return EXIT_USAGE;
	}
	return loader->prepare(kernel, scenario->hz, messages);
}

enum exit_code kernel_prepare_to_show(const struct src_loader *loader, const struct kernel *kernel,
				      const struct scenario *scenario)
{
	enum exit_code code = kernel_prepare(loader, kernel, scenario, stderr);

	return code == EXIT_UNTESTABLE ? EXIT_USAGE : code;
}
