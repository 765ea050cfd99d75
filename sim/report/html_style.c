/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes the page's style: for wide and narrow screens, light and dark, and paper. */
#include "sim/report/html.h"
#include "sim/report/ink.h"

/*
 * Pixels, as in body's rules below: maximum width of the content, and the additional width of the
 * window, including a scroll bar.
 */
#define PAGE_WIDTH 1568.
#define PAGE_MARGIN 48.

static const char rules[] =
	"*{box-sizing:border-box}\n"
	"html{color-scheme:light dark;background:var(--paper);color:var(--text)}\n"
	"body{margin:0 auto;padding:1rem;max-width:100rem;"
	"font:1rem/1.45 system-ui,'DejaVu Sans',Verdana,sans-serif;overflow-wrap:anywhere}\n"
	"h1{font-size:1.5rem;margin:0 0 .3rem}h2{font-size:1.2rem;margin:1.6rem 0 .5rem}"
	"h3{font-size:1rem;margin:1.2rem 0 .3rem}\n"
	"a{color:var(--link)}:target{background:var(--target)}\n"
	".about{color:var(--muted);margin:.2rem 0;max-width:65rem}"
	"#verdict{margin:.5rem 0;padding-left:1.2rem}"
	"#primer{margin:1rem 0;max-width:65rem}#primer summary{cursor:pointer}\n"
	".intro{max-width:65rem}.intro:empty{display:none}figure{margin:1rem 0}"
	".sideways{display:none;color:var(--muted);margin:0}\n"
	".scroll{overflow-x:auto;min-height:24rem}\n"
	".sheet{position:relative}.sheet svg{display:block;width:100%;height:auto}\n"
	".spot{position:absolute;border-radius:4px}\n"
	".spot:hover,.spot:focus,.spot:target{outline:2px solid var(--wait);z-index:2;"
	"background:none}\n"
	".tip{display:none;position:absolute;width:max-content;max-width:min(30rem,70vw);"
	"padding:.5rem .7rem;border:1px solid var(--muted);border-radius:6px;"
	"background:var(--paper);color:var(--text);box-shadow:0 2px 8px #0006;"
	"font-size:.85rem;line-height:1.35;white-space:pre-line}\n"
	".spot:hover .tip,.spot:focus .tip,.spot:target .tip{display:block}\n"
	".east .tip{left:0}.west .tip{right:0}.south .tip{top:100%;margin-top:4px}"
	".north .tip{bottom:100%;margin-bottom:4px}\n"
	".columns{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:2rem}\n"
	".story,.source{list-style:none;margin:0;padding:0;font-size:.9rem}\n"
	".story li{padding:.1rem .3rem .1rem 6.5rem;text-indent:-6.2rem}\n"
	".story time{display:inline-block;width:6.2rem;text-indent:0;color:var(--muted);"
	"font-variant-numeric:tabular-nums}\n"
	".story .action{font-weight:bold}.story .action,.story .later{margin-top:.5rem}\n"
	".mark{text-decoration:none}.place{color:var(--muted);font-weight:normal}\n"
	".source{font:.85rem/1.4 ui-monospace,'DejaVu Sans Mono',monospace}\n"
	".source li{white-space:pre-wrap;padding-left:4ch;text-indent:-4ch;tab-size:8;"
	"min-height:1.4em}\n"
	".source .number{display:inline-block;width:4ch;text-indent:0;color:var(--muted)}\n"
	"table{border-collapse:collapse;font-size:.95rem}.wide{overflow-x:auto}\n"
	"th,td{padding:.25rem .8rem;border-bottom:1px solid var(--grid);text-align:left;"
	"overflow-wrap:normal}\n"
	".count{text-align:right;font-variant-numeric:tabular-nums}\n"
	"@media screen and (min-width:60rem){#source{position:sticky;top:0;max-height:100vh;"
	"overflow-y:auto;align-self:start}}\n"
	"@media screen and (max-width:60rem){.columns{display:block}"
	/* where the picture scrolls, it would clip the tips */
	".spot .tip{position:fixed;left:1rem;right:1rem;top:auto;bottom:1rem;margin:0;width:auto;"
	"max-width:none}}\n"
	"@media print{@page{size:landscape;margin:12mm}body{padding:0;max-width:none;"
	"font-size:9pt}.sheet{min-width:0!important;max-width:none!important}"
	".scroll{overflow:visible;min-height:0}.spot{display:none}a{color:inherit}"
	".page svg{max-height:165mm;break-inside:avoid}h2,h3,.action{break-after:avoid}"
	"li,tr{break-inside:avoid}}\n";

static void write_palette(bool is_dark, FILE *out)
{
	for (unsigned int ink = INK_PAPER; ink < INK_COUNT; ink++)
		fprintf(out, "--%s:#%06x;", inks[ink].name,
			is_dark ? inks[ink].dark : inks[ink].light);
	fputs(is_dark ? "--link:#7cc4ff;--target:#4a4218" : "--link:#00568a;--target:#fff0a8", out);
}

/* Shows a hint in windows where the picture or the page scrolls sideways. */
static void write_hint(const struct picture *picture, FILE *out)
{
	double least = html_picture_least(picture);

	if (least > PAGE_WIDTH)
		fputs("@media screen{.sideways{display:block}}\n", out);
	else
		fprintf(out, "@media screen and (max-width:%.0fpx){.sideways{display:block}}\n",
			least + PAGE_MARGIN);
}

void html_style(const struct picture *picture, FILE *out)
{
	fputs("<style>\n:root{", out);
	write_palette(false, out);
	fputs("}\n@media screen and (prefers-color-scheme:dark){:root{", out);
	write_palette(true, out);
	fputs("}}\n.f-none{fill:none}.s-none{stroke:none}\n", out);
	for (unsigned int ink = INK_PAPER; ink < INK_COUNT; ink++)
		fprintf(out, ".f-%s{fill:var(--%s)}.s-%s{stroke:var(--%s)}\n", inks[ink].name,
			inks[ink].name, inks[ink].name, inks[ink].name);
	/* the bands' colours carry information, so print them */
	fputs("svg,.spot{print-color-adjust:exact;-webkit-print-color-adjust:exact}\n", out);
	fputs(rules, out);
	write_hint(picture, out);
	fputs("</style>\n", out);
}

double html_picture_least(const struct picture *picture)
{
	return picture->width * .8;
}
