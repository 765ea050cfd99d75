/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words, numbers and times of `ip monitor`. */
#ifndef LWSIM_SIM_WIRE_IP_MONITOR_WORDS_H
#define LWSIM_SIM_WIRE_IP_MONITOR_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The IFF_* of a name; 0: none. */
uint32_t ip_monitor_flag(const char *text, size_t len);

/* Whether it is the kind of a device, or of a port, which ends in _slave. */
bool ip_monitor_is_kind(const char *text, size_t len, bool *ret_is_slave);

/*
 * The length of a label, as [LINK], at the start of text; 0: there is none. *ret_type: the RTM_NEW*
 * of its messages.
 */
size_t ip_monitor_label(const char *text, size_t len, uint16_t *ret_type);

/* The RTM_NEW* of a line without a label; 0: not one of `ip`, or of a link. */
uint16_t ip_monitor_type(const char *text, size_t len);

/* A word of a line; len 0: none left. */
struct word {
	const char *text;
	uint32_t len;
};
bool ip_monitor_is_blank(char c);
/* The next word from *at on, which moves behind it. */
struct word ip_monitor_next_word(const char **at, const char *end);
bool ip_monitor_word_is(struct word word, const char *text);
/* Decimal digits only, at most `most`. */
bool ip_monitor_number(struct word word, uint64_t most, uint64_t *ret_number);

/*
 * Reads a time in strptime()'s format, the separator, and microseconds. *ret_ns: since the epoch, taken
 * as UTC.
 */
bool ip_monitor_time(const char *text, size_t len, const char *format, char separator,
		     int64_t *ret_ns);

#endif
