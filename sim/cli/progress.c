/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Redraws a progress line on stderr. */
#include "sim/cli/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "sim/base/wall_clock.h"

#define NSEC_PER_SEC INT64_C(1000000000)
#define PERIOD_NS (NSEC_PER_SEC / 10)
#define BAR_COLUMNS 30
#define LINE_COLUMNS 79

void progress_start(struct progress *progress, uint64_t total)
{
	progress->is_shown = total && isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO);
	progress->total = total;
	progress->start_ns = wall_ns();
	progress->shown_ns = progress->start_ns - PERIOD_NS;
}

void progress_show(struct progress *progress, uint64_t done)
{
	int64_t now_ns;
	double rest_s;
	int filled, len;

	if (!progress->is_shown)
		return;
	now_ns = wall_ns();
	if (now_ns - progress->shown_ns < PERIOD_NS)
		return;
	progress->shown_ns = now_ns;
	filled = (int)(done * BAR_COLUMNS / progress->total);
	fputs("\r[", stderr);
	for (int i = 0; i < BAR_COLUMNS; i++)
		fputc(i < filled ? '#' : ' ', stderr);
	len = BAR_COLUMNS + 2;
	len += fprintf(stderr, "] %" PRIu64 " of %" PRIu64 " runs", done, progress->total);
	if (done) {
		rest_s = (double)(now_ns - progress->start_ns) / (double)NSEC_PER_SEC *
			 (double)(progress->total - done) / (double)done;
		len += fprintf(stderr, ", %.0f s left", rest_s);
	}
	fprintf(stderr, "%*s", len < LINE_COLUMNS ? LINE_COLUMNS - len : 0, "");
	fflush(stderr);
}

void progress_end(struct progress *progress)
{
	if (progress->is_shown)
		fprintf(stderr, "\r%*s\r", LINE_COLUMNS, "");
	progress->is_shown = false;
}
