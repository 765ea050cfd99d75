#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""page.py PAGE.html [--no-marks], page.py --measured DOM.html [--no-marks]: checks a page of `lwsim report`, or of
a sweep's chart, which has no marks.

As it is: every element is closed, every id there once, every link leads to one of them, nothing is loaded or run,
and every mark says something. --probe PAGE.html writes a copy that measures itself (and so has JavaScript) to
standard output; what a browser made of that is checked by --measured: no two texts of the picture lie on each
other, none leaves it, no two marks do, and the page is not wider than its window.
"""
import html.parser
import json
import sys

VOID = {'meta', 'link', 'br'}
PROBE = '''<script>
const svg = document.querySelector('svg'), box = svg.viewBox.baseVal, found = [];
const lies_on = (a, b, by) => a.x + by < b.x + b.width && b.x + by < a.x + a.width &&
    a.y + by < b.y + b.height && b.y + by < a.y + a.height;
const texts = [...svg.querySelectorAll('text')].map(text => [text.getBBox(),
    [...text.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join('')]);
texts.forEach(([a, words], i) => {
    if (a.x < 0 || a.y < 0 || a.x + a.width > box.width || a.y + a.height > box.height)
        found.push(`'${words}' leaves the picture`);
    texts.slice(i + 1).forEach(([b, others]) => {
        if (lies_on(a, b, 2.5)) found.push(`'${words}' lies on '${others}'`);
    });
});
const spots = [...document.querySelectorAll('.spot')].map(spot => [spot.getBoundingClientRect(), spot]);
spots.forEach(([a, spot], i) => spots.slice(i + 1).forEach(([b, other]) => {
    if (lies_on(a, b, 2)) found.push(`mark ${spot.id} lies on ${other.id}`);
}));
const width = document.documentElement.scrollWidth;
if (width > innerWidth) found.push(`the page is ${width} wide, its window ${innerWidth}`);
spots.forEach(([a, spot]) => {
    spot.focus();
    if (document.activeElement !== spot) found.push(`${spot.id} cannot have the focus`);
    if (!document.hasFocus()) location.hash = spot.id; // a window in the background has none
    const tip = spot.querySelector('.tip').getBoundingClientRect();
    if (!tip.width || !tip.height) found.push(`${spot.id} shows nothing`);
});
const result = document.createElement('pre');
result.id = 'measured';
result.textContent = JSON.stringify({texts: texts.length, marks: spots.length, found});
document.body.append(result);
</script>'''


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.wrong, self.marks = [], [], [], [], 0
        self.measured = None

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag not in VOID:
            self.open.append((tag, attributes.get('id')))
        if tag in ('script', 'iframe', 'object', 'embed', 'img', 'image', 'link', 'use'):
            self.wrong.append(f'<{tag}>')
        for name, value in attrs:
            if name.startswith('on') or name in ('src', 'xlink:href', 'srcset'):
                self.wrong.append(f'<{tag} {name}={value}>')
            if name == 'href' and not value.startswith('#'):
                self.wrong.append(f'<{tag} {name}={value}>')
        if 'href' in attributes:
            self.links.append(attributes['href'][1:])
        if 'id' in attributes:
            self.ids.append(attributes['id'])
        if attributes.get('class', '').startswith('spot'):
            self.marks += 1
            if not attributes.get('aria-label'):
                self.wrong.append(f'{attributes["id"]} says nothing')

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            self.wrong.append(f'</{tag}> closes {self.open[-1:]}')
        else:
            self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1][1] == 'measured':
            self.measured = data


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def check(text, has_marks):
    page = Page()
    page.feed(text)
    page.close()
    wrong = page.wrong + [f'{tag} is not closed' for tag, _ in page.open]
    wrong += [f'id {name} is there twice' for name in set(page.ids) if page.ids.count(name) > 1]
    wrong += [f'#{name} leads nowhere' for name in sorted(set(page.links) - set(page.ids))]
    if has_marks and not (page.marks and page.links):
        wrong.append('no marks')
    return wrong


def main():
    has_marks = '--no-marks' not in sys.argv
    if sys.argv[1] == '--probe':
        text = read(sys.argv[2])
        start = text.index('<meta http-equiv="Content-Security-Policy"')
        text = text[:start] + text[text.index('>', start) + 1:]
        print(text.replace('</body>', PROBE + '</body>'))
        return
    if sys.argv[1] == '--measured':
        page = Page()
        page.feed(read(sys.argv[2]))
        if page.measured is None:
            sys.exit('the browser has measured nothing')
        measured = json.loads(page.measured)
        wrong = measured['found']
        if not measured['texts'] or has_marks and not measured['marks']:
            wrong.append('nothing was there to be measured')
    else:
        wrong = check(read(sys.argv[1]), has_marks)
    for line in wrong[:20]:
        print(line)
    sys.exit(bool(wrong))


main()
