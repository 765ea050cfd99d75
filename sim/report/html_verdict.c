/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes the verdict: one line for each kernel, bad news first. */
#include <stdlib.h>

#include "sim/base/xalloc.h"
#include "sim/report/html.h"

/* The worst of a kernel's devices. */
struct verdict {
	const char
		*stale; /* seen as RUNNING for the longest time without being so; NULL: none was */
	char stale_time[FORMAT_MAX_BYTES];
	const char *late; /* has carrier and is not seen as RUNNING again for the longest time */
	int64_t late_ns;
	const struct device_summary
		*waiting; /* UP at the end and not RUNNING, the first; NULL: none */
	size_t waiting_count;
	const struct device_summary *slowest; /* longest wait that ended; NULL: none was RUNNING */
	size_t notifications;		      /* of all devices */
	const struct device_summary *busiest; /* most notifications in a second; NULL: none */
};

static void verdict_make(const struct timeline *timeline, const struct summary *summary,
			 struct verdict *verdict)
{
	*verdict = (struct verdict){ .stale = NULL };
	verdict->stale = html_lie(timeline, summary, 0, summary->count, verdict->stale_time);
	for (size_t i = 0; i < summary->count; i++) {
		const struct device_summary *device = &summary->devices[i];

		int64_t late_ns = timeline_longest_late(timeline, device->dev);

		if (late_ns > verdict->late_ns) {
			verdict->late_ns = late_ns;
			verdict->late = device->dev;
		}
		verdict->notifications += device->messages;
		if (!verdict->busiest || device->most_in_second > verdict->busiest->most_in_second)
			verdict->busiest = device;
		if (device->has_been_up && device->up_ns >= 0) {
			if (!verdict->waiting_count++)
				verdict->waiting = device;
		} else if (device->has_run &&
			   (!verdict->slowest || device->wait_ns > verdict->slowest->wait_ns)) {
			verdict->slowest = device;
		}
	}
	if (verdict->slowest && verdict->slowest->wait_ns >= verdict->late_ns)
		verdict->late = NULL; /* the wait is the worse, or the same */
}

static void write_name(FILE *out, const char *separator, const char *name)
{
	fputs(separator, out);
	escape_string(out, name);
}

static void write_verdict(const struct verdict *verdict, FILE *out)
{
	const char *separator = ": ";
	char time[FORMAT_MAX_BYTES];

	if (verdict->stale) {
		fputs(": for ", out);
		fprintf(out, "<strong>%s</strong>", verdict->stale_time);
		fputs(" userspace sees RUNNING on ", out);
		escape_string(out, verdict->stale);
		fputs(", which is down or has no carrier", out);
		separator = "; ";
	}
	if (verdict->late) {
		format_duration(verdict->late_ns, time);
		fprintf(out, "%sfor <strong>%s</strong>", separator, time);
		write_name(out, " ", verdict->late);
		fputs(" has carrier and userspace sees no RUNNING", out);
		separator = "; ";
	}
	if (verdict->waiting) {
		format_duration(verdict->waiting->wait_ns, time);
		write_name(out, separator, verdict->waiting->dev);
		if (verdict->waiting_count > 1)
			fprintf(out, " and %zu more", verdict->waiting_count - 1);
		fprintf(out, "%s UP and not RUNNING at the end, %sfor <strong>%s</strong>",
			verdict->waiting_count > 1 ? " are" : " is",
			verdict->waiting_count > 1 ? "the first " : "", time);
		separator = "; ";
	}
	if (verdict->slowest && verdict->slowest->wait_ns) {
		format_duration(verdict->slowest->wait_ns, time);
		write_name(out, separator, verdict->slowest->dev);
		fprintf(out, " waits <strong>%s</strong> for RUNNING", time);
	} else if (verdict->slowest && !verdict->late) {
		fprintf(out, "%sno wait for RUNNING", separator);
	} else if (!verdict->slowest && !verdict->waiting && !verdict->stale) {
		fprintf(out, "%sno device is RUNNING", separator);
	}
}

/* "; 31 notifications, up to 21 a second" */
static void write_notifications(const struct verdict *verdict, const struct summary *summary,
				FILE *out)
{
	fprintf(out, "; <strong>%zu</strong> notification%s", verdict->notifications,
		verdict->notifications == 1 ? "" : "s");
	if (!verdict->busiest)
		return;
	fprintf(out, ", up to <strong>%zu</strong> a second", verdict->busiest->most_in_second);
	if (summary->count > 1)
		write_name(out, " of ", verdict->busiest->dev);
}

/* Whether the kernels send as many notifications, and as many in a second. */
static bool is_as_many(const struct verdict *verdicts, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		const struct device_summary *a = verdicts[0].busiest, *b = verdicts[i].busiest;

		if (verdicts[i].notifications != verdicts[0].notifications ||
		    (a ? a->most_in_second : 0) != (b ? b->most_in_second : 0))
			return false;
	}
	return true;
}

static void write_kernel(const struct timeline *timeline, FILE *out)
{
	char name[KERNEL_NAME_MAX_BYTES];

	kernel_name(&timeline->kernel, name);
	fputs("<li><b>", out);
	escape_string(out, name);
	fputs("</b>", out);
	if (!timeline->caveat)
		return;
	fputs(" (", out);
	escape_string(out, timeline->caveat);
	fputc(')', out);
}

void html_verdict(const struct report *report, FILE *out)
{
	struct summary *summaries = xcalloc(report->count, sizeof(*summaries));
	struct verdict *verdicts = xcalloc(report->count, sizeof(*verdicts));
	bool as_many;

	for (size_t i = 0; i < report->count; i++) {
		const struct timeline *timeline = report->timelines[i];

		summary_make(timeline->trace, timeline->end_ns, &summaries[i]);
		verdict_make(timeline, &summaries[i], &verdicts[i]);
	}
	as_many = is_as_many(verdicts, report->count);
	fputs("<ul id=\"verdict\">\n", out);
	for (size_t i = 0; i < report->count; i++) {
		write_kernel(report->timelines[i], out);
		write_verdict(&verdicts[i], out);
		if (!as_many)
			write_notifications(&verdicts[i], &summaries[i], out);
		fputs(".</li>\n", out);
		summary_free(&summaries[i]);
	}
	fputs("</ul>\n", out);
	free(verdicts);
	free(summaries);
}
