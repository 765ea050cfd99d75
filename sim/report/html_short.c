/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes what the scenario is about, and which devices waited and why. */
#include <stdlib.h>
#include <string.h>

#include "sim/report/html.h"

/* Devices per kernel in the short answer. */
#define SHORT_MAX 8

/* Writes the comment at the start of the file, which describes the scenario. */
void html_intro(const struct report *report, FILE *out)
{
	const struct source *source = report->scenario->source;
	uint32_t line = 1, len;
	const char *text;

	fputs("<p class=\"intro\">", out);
	for (; html_has_line(report, line); line++) {
		text = source_line(source, line, &len);
		if (!len || text[0] != '#')
			break;
		if (len == 1)
			fputs("</p>\n<p class=\"intro\">", out);
		else
			escape(out, text + 1, len - 1);
		fputc('\n', out);
	}
	fputs("</p>\n", out);
}

/* Why RUNNING did not come at once: the last wait that began before until_ns. */
static const struct story_sentence *reason(const struct timeline *timeline, int64_t until_ns)
{
	const struct story_sentence *found = NULL;

	for (size_t i = 0; i < timeline->sentences_count; i++) {
		const struct story_sentence *sentence = &timeline->sentences[i];

		if (sentence->t_ns > until_ns)
			break;
		/* a wait that begins at until_ns itself is a consequence */
		if (sentence->t_ns < until_ns && sentence->kind == STORY_WAIT)
			found = sentence;
	}
	return found;
}

/* The message that ends the device's longest wait; NULL: none. */
static const struct record *wait_end(const struct timeline *timeline,
				     const struct device_summary *device)
{
	const struct timeline_device *waited = timeline_device(timeline, device->dev);

	for (size_t i = 0; waited && i < waited->count && device->up_ns < 0; i++)
		if (waited->messages[i].record.waited_ns == device->wait_ns)
			return &waited->messages[i].record;
	return NULL;
}

/* Since when its carrier was on at that time; -1: it was off. */
static int64_t carrier_since(const struct timeline *timeline, const char *label, int64_t t_ns)
{
	const struct timeline_device *device = timeline_device(timeline, label);
	const struct stretches *carrier = device ? &device->bands[BAND_CARRIER] : NULL;

	for (size_t i = 0; carrier && i < carrier->count; i++)
		if (carrier->items[i].value && carrier->items[i].from_ns <= t_ns &&
		    carrier->items[i].to_ns > t_ns)
			return carrier->items[i].from_ns;
	return -1;
}

/* The urgent event of that instant, which made the device RUNNING at once; NULL: none. */
static const struct story_sentence *urgent_event(const struct timeline *timeline, const char *label,
						 int64_t t_ns)
{
	for (size_t i = timeline->sentences_count; i-- > 0;) {
		const struct story_sentence *sentence = &timeline->sentences[i];

		if (sentence->t_ns < t_ns)
			break;
		if (sentence->t_ns == t_ns && sentence->kind == STORY_URGENT_EVENT &&
		    story_is_about(sentence, label))
			return sentence;
	}
	return NULL;
}

/* The device's event that had to wait from that sentence on; NULL: not in the story. */
static const struct story_sentence *
waiting_event(const struct timeline *timeline, const struct story_sentence *wait, const char *label)
{
	for (size_t i = (size_t)(wait - timeline->sentences); i-- > 0;)
		if (timeline->sentences[i].kind == STORY_EVENT &&
		    story_is_about(&timeline->sentences[i], label))
			return &timeline->sentences[i];
	return NULL;
}

/* Writes " Why: FIRST. SECOND."; both may be NULL. */
static void write_why(const struct report *report, size_t kernel,
		      const struct story_sentence *first, const struct story_sentence *second,
		      FILE *out)
{
	const struct timeline *timeline = report->timelines[kernel];
	const struct story_sentence *const both[] = { first, second };

	if (first || second)
		fputs(" Why:", out);
	for (unsigned int i = 0; i < 2; i++) {
		const struct story_sentence *why = both[i];

		if (!why)
			continue;
		fputs(" <a ", out);
		if (!html_link(report, kernel, (size_t)(why - timeline->sentences), why->line, out))
			fputs("href=\"#story\"", out);
		fputc('>', out);
		escape_string(out, why->text);
		fputs("</a>.", out);
	}
}

/* Writes the story of a wait that ended with RUNNING. */
static void write_over(const struct report *report, size_t kernel, const char *label,
		       const struct record *end, FILE *out)
{
	const struct timeline *timeline = report->timelines[kernel];
	int64_t up_ns = end->t_ns - end->waited_ns, since_ns;
	const struct story_sentence *why, *next;
	char up[FORMAT_MAX_BYTES], running[FORMAT_MAX_BYTES], wait[FORMAT_MAX_BYTES];

	format_moment(up_ns, up);
	format_moment(end->t_ns, running);
	format_duration(end->waited_ns, wait);
	if (!end->waited_ns) {
		fprintf(out, " is UP and RUNNING at %s s: no wait.", up);
		why = urgent_event(timeline, label, up_ns);
		next = why && why + 1 < timeline->sentences + timeline->sentences_count ? why + 1
											: NULL;
		write_why(report, kernel, why, next, out); /* linkwatch's reaction to it */
		return;
	}
	fprintf(out, " is UP at %s s, and RUNNING at %s s: a DHCP client waits <b>%s</b>.", up,
		running, wait);
	since_ns = carrier_since(timeline, label, up_ns);
	if (since_ns >= 0) {
		format_moment(since_ns, up);
		fprintf(out, " Its carrier is on from %s s.", up);
	} else {
		fputs(" It has no carrier when it is set up.", out);
	}
	why = reason(timeline, end->t_ns);
	write_why(report, kernel, why ? waiting_event(timeline, why, label) : NULL, why, out);
}

const char *html_lie(const struct timeline *timeline, const struct summary *summary, size_t from,
		     size_t to, char ret_text[FORMAT_MAX_BYTES])
{
	int64_t longest_ns = 0;
	const char *who = NULL;

	for (size_t i = from; i < to; i++) {
		int64_t lie_ns = timeline_longest_lie(timeline, summary->devices[i].dev);

		if (lie_ns <= longest_ns)
			continue;
		longest_ns = lie_ns;
		who = summary->devices[i].dev;
	}
	strcpy(ret_text, "-");
	if (who)
		format_duration(longest_ns, ret_text);
	return who;
}

static void write_wait(const struct report *report, size_t kernel, const char *name,
		       const struct device_summary *device, FILE *out)
{
	const struct record *end = wait_end(report->timelines[kernel], device);
	char wait[FORMAT_MAX_BYTES];

	escape_string(out, name);
	format_duration(device->wait_ns, wait);
	if (end)
		write_over(report, kernel, device->dev, end, out);
	else
		fprintf(out, " is UP for the last %s, and not RUNNING.", wait);
}

static void write_waits(const struct report *report, size_t kernel, FILE *out)
{
	const struct timeline *timeline = report->timelines[kernel];
	const struct device_summary *device;
	char name[FOLD_NAME_MAX_BYTES], lie[FORMAT_MAX_BYTES];
	struct summary summary;
	size_t at = 0, from, said = 0;
	const char *liar;

	fputs("<ul>\n", out);
	summary_make(timeline->trace, timeline->end_ns, &summary);
	for (from = 0; said < SHORT_MAX && (device = summary_next(&summary, &at, name)) != NULL;
	     from = at) {
		if (!device->has_been_up || (!device->has_run && device->up_ns < 0))
			continue;
		fputs("<li>", out);
		liar = html_lie(timeline, &summary, from, at, lie);
		if (liar) { /* bad news first */
			fprintf(out, "For <b>%s</b> userspace sees RUNNING on ", lie);
			escape_string(out, liar);
			fputs(", which is down or has no carrier. ", out);
		}
		write_wait(report, kernel, name, device, out);
		fputs("</li>\n", out);
		said++;
	}
	fputs(!said		   ? "<li>No device was UP.</li>\n"
	      : at < summary.count ? "<li>The others are in the table below.</li>\n"
				   : "",
	      out);
	fputs("</ul>\n", out);
	summary_free(&summary);
}

/* Lists the changes that no earlier kernel of the report has. */
static void write_changes(const struct report *report, size_t kernel, FILE *out)
{
	const struct kernel_switch_info *change;
	unsigned int at = 0;

	while ((change = kernel_next_change(&report->timelines[kernel]->kernel, &at)) != NULL) {
		size_t before = 0;

		while (before < kernel && !kernel_has(&report->timelines[before]->kernel,
						      (enum kernel_switch)(at - 1)))
			before++;
		if (before < kernel)
			continue;
		fprintf(out, "<p><b>+%s</b> (", change->name);
		escape_string(out, change->commit);
		fputs(change->release ? "): " : ", never merged): ", out);
		escape_string(out, change->effect);
		fputs(".</p>\n", out);
	}
}

void html_short(const struct report *report, FILE *out)
{
	fputs("<section id=\"short\"><h2>In short</h2>\n", out);
	for (size_t kernel = 0; kernel < report->count; kernel++) {
		html_kernel(report, kernel, out);
		write_changes(report, kernel, out);
		if (!html_same_story(report, kernel, out))
			write_waits(report, kernel, out);
	}
	fputs("</section>\n", out);
}
