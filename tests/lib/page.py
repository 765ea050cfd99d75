#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""page.py PAGE.html [--no-marks]: checks the text of a page of `lwsim report`, or of a sweep's chart, which has no
marks: every element is closed, every id is unique, every link leads to one, nothing is loaded or run,
and every mark has a label. browser.py checks what the page looks like.
"""
import html.parser
import sys

VOID = {'meta', 'link', 'br'}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.wrong, self.marks = [], [], [], [], 0

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
    wrong = check(read(sys.argv[1]), '--no-marks' not in sys.argv)
    for line in wrong[:20]:
        print(line)
    sys.exit(bool(wrong))


main()
