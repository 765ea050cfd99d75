/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Estimates text widths without a font, so that layouts are the same everywhere. */
#include <stdlib.h>
#include <string.h>

#include "sim/base/utf8.h"
#include "sim/base/xalloc.h"
#include "sim/report/picture.h"

/*
 * Widths of ' ' to '~' in DejaVu Sans, plain and bold, in 1/1000 of the size. Other characters
 * count as square.
 */
static const unsigned short widths[2][95] = {
	{
		318,  401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
		636,  636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
		1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
		603,  787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
		500,  613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
		635,  635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
	},
	{
		348,  456, 521, 838, 696, 1002, 872, 306,  457, 457, 523, 838, 380, 415,  380, 365,
		696,  696, 696, 696, 696, 696,	696, 696,  696, 696, 400, 400, 838, 838,  838, 580,
		1000, 774, 762, 734, 830, 683,	683, 821,  837, 372, 372, 775, 637, 995,  837, 850,
		733,  850, 770, 720, 682, 812,	774, 1103, 771, 724, 725, 457, 365, 457,  838, 500,
		500,  675, 716, 593, 716, 678,	435, 716,  712, 343, 343, 665, 343, 1042, 712, 687,
		716,  716, 493, 595, 478, 712,	652, 924,  645, 652, 582, 712, 365, 712,  838,
	},
};

#define ELLIPSIS "\xe2\x80\xa6"
#define REPLACEMENT "\xef\xbf\xbd"

/* The first character of text in printable form; returns its length in text. */
static size_t next_char(const char *text, const char **ret_shown, size_t *ret_len,
			double *ret_width, bool is_bold)
{
	uint32_t character;
	size_t len = utf8_decode(text, strlen(text), &character);

	*ret_shown = text;
	*ret_len = len;
	*ret_width = 1.;
	if (len == 1 && character >= ' ' && character <= '~') {
		*ret_width = widths[is_bold][character - ' '] / 1000.;
	} else if (!len || !utf8_is_visible(character) || (character & 0xfffe) == 0xfffe) {
		*ret_shown = REPLACEMENT;
		*ret_len = strlen(REPLACEMENT);
	}
	return len ? len : 1;
}

double text_width(const char *text, double size, bool is_bold)
{
	const char *shown;
	size_t len;
	double width, sum = 0.;

	while (*text) {
		text += next_char(text, &shown, &len, &width, is_bold);
		sum += width;
	}
	return sum * size;
}

char *text_fit(const char *text, double width, double size, bool is_bold)
{
	bool is_cut = text_width(text, size, is_bold) > width;
	double left = width / size - (is_cut ? 1. : 0.), char_width;
	char *fit = xmalloc(strlen(REPLACEMENT) * strlen(text) + sizeof(ELLIPSIS)), *end = fit;
	const char *shown;
	size_t len;

	while (*text) {
		text += next_char(text, &shown, &len, &char_width, is_bold);
		left -= char_width;
		if (is_cut && left < 0.)
			break;
		memcpy(end, shown, len);
		end += len;
	}
	strcpy(end, is_cut ? ELLIPSIS : "");
	return fit;
}
