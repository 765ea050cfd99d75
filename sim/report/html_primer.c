/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes the primer: how to read the page, folded until the reader opens it. */
#include "sim/report/html.h"

/* The rule by which a kernel calls an event urgent, in words. */
static void write_urgent_rule(const struct kernel *kernel, FILE *out)
{
	const char *separator = "";

	if (kernel->source) {
		fputs("its link_watch.c decides which", out);
		return;
	}
	fputs("its device is up, and ", out);
	if (kernel_has(kernel, KERNEL_STACKED_URGENT)) {
		fputs("it is stacked on another device", out);
		separator = "; or ";
	}
	if (kernel_has(kernel, KERNEL_LAG_URGENT)) {
		fprintf(out, "%sit belongs to a bond or team", separator);
		separator = "; or ";
	}
	if (kernel_has(kernel, KERNEL_URGENT_EVENT)) {
		fprintf(out, "%sits stored operstate is DOWN", separator);
		separator = "; or ";
	}
	fprintf(out, "%sit has carrier and its qdisc is still inactive", separator);
}

static bool is_same_rule(const struct kernel *a, const struct kernel *b)
{
	const uint64_t rules = KERNEL_SWITCH(KERNEL_STACKED_URGENT) |
			       KERNEL_SWITCH(KERNEL_LAG_URGENT) |
			       KERNEL_SWITCH(KERNEL_URGENT_EVENT);

	return !a->source && !b->source && (a->switches & rules) == (b->switches & rules);
}

/* Writes each rule that a kernel of the page uses. */
static void write_urgent_rules(const struct report *report, FILE *out)
{
	for (size_t i = 0; i < report->count; i++) {
		const struct kernel *kernel = &report->timelines[i]->kernel;
		char name[KERNEL_NAME_MAX_BYTES];
		size_t first = 0;

		while (first < i && !is_same_rule(&report->timelines[first]->kernel, kernel))
			first++;
		if (first < i)
			continue;
		kernel_name(kernel, name);
		fputs("<li>", out);
		escape_string(out, name);
		for (size_t j = i + 1; j < report->count; j++) {
			if (!is_same_rule(&report->timelines[j]->kernel, kernel))
				continue;
			kernel_name(&report->timelines[j]->kernel, name);
			fputs(", ", out);
			escape_string(out, name);
		}
		fputs(": ", out);
		write_urgent_rule(kernel, out);
		fputs(".</li>\n", out);
	}
}

void html_primer(const struct report *report, FILE *out)
{
	char tick[FORMAT_MAX_BYTES];

	format_duration(NSEC_PER_SEC / report->scenario->hz, tick);
	fputs("<details id=\"primer\"><summary>How to read this page</summary>\n"
	      "<p><b>admin</b> is what <code>ip link set up</code> sets, <b>carrier</b> is what the driver "
	      "reports. The kernel derives the <b>operstate</b> (RFC 2863) from both and stores it; <code>ip "
	      "link</code> prints it as <code>state</code>, and as DOWN while the device is not up. "
	      "<b>RUNNING</b>, which a DHCP client waits for, follows from the operstate. Where a device is UP "
	      "without it, <code>ip link</code> prints NO-CARRIER.</p>\n"
	      "<p>The kernel updates the operstate later, in <b>linkwatch</b>. A change of carrier is an "
	      "<b>event</b>: it puts the device on linkwatch's <b>list</b>. For an <b>urgent</b> event linkwatch "
	      "runs at once. All other events are <b>rate-limited</b>, and all devices share the limit: after a "
	      "<b>full</b> run, which handles all events, the next full run is not before a second has passed; "
	      "an urgent run handles urgent events alone. An event is urgent if</p>\n<ul>\n",
	      out);
	write_urgent_rules(report, out);
	fprintf(out,
		"</ul>\n<p>The kernel counts time in ticks, of %s here; a second begins with the tick in which "
		"the run was. Since 4.8 the kernel's timers fire up to 12%% late (the timer wheel); before, they "
		"were exact, or up to 1/256 late.</p>\n"
		"<p>In the picture, the lanes of linkwatch are its <b>events</b> and <b>runs</b>; <b>limit</b>, "
		"until when events that are not urgent wait; <b>list</b>, the devices whose events wait; and "
		"<b>work</b>, when its timer fires.</p>\n"
		"<p>A mark in the picture explains itself when it is pointed at, or reached with the Tab key, "
		"and links to its sentence. Line N is a line of the scenario.</p>\n</details>\n",
		tick);
}
