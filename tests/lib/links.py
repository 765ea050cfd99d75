#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""links.py FILE...: checks the references of .md files and man pages: files and folders that are linked, or named
in a README's `code` or behind a page's .Pa, from there or from the source root; anchors (as GitHub makes them of
headings); sections (.Sx); and the project's own man pages (.Xr). In a name, NAME, CHANGE and * match anything."""
import itertools
import os
import re
import sys

from documents import anchors, is_man, prose, unescaped

CODE_PATH = re.compile(r'`([\w.*-]+/[\w./*-]*)`')
LINK = re.compile(r'\]\(([^)]*)\)')


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read().split('\n')


def is_missing(path, name):
    """Whether a path in one of the project's folders does not exist; build/ is not checked."""
    if name.startswith('build/'):
        return False
    parts = name.rstrip('/').split('/')
    places = [place for place in (os.path.dirname(path), '.') if os.path.isdir(os.path.join(place, parts[0]))]
    known = list(itertools.takewhile(lambda part: not re.search(r'NAME|CHANGE|\*', part), parts))
    return bool(places) and not any(os.path.exists(os.path.join(place, *known)) for place in places)


def missing_links(path):
    lines = read(path)
    for number, line in prose(lines):
        for link in LINK.findall(re.sub('`[^`]*`', '', line)):
            if re.match(r'[a-z]+:', link):
                continue
            name, _, anchor = link.partition('#')
            target = os.path.join(os.path.dirname(path), name) if name else path
            if not os.path.exists(target) or anchor and anchor not in anchors(read(target)):
                yield number, link
        for name in CODE_PATH.findall(line):
            if is_missing(path, name):
                yield number, name


def missing_references(path):
    lines = read(path)
    titles = {line[4:] for line in lines if line.startswith(('.Sh ', '.Ss '))}
    for number, line in enumerate(lines):
        section = re.match(r'\.Sx (.*?)(?: [.,;:)]+)?$', line)
        page = re.match(r'\.Xr (lwsim\S*) (\d)', unescaped(line))
        named = re.match(r'\.Pa ([^/\s]+/\S*)', unescaped(line))
        if named and is_missing(path, named[1]):
            yield number, named[1]
        elif section and section[1] not in titles:
            yield number, section[1]
        elif page and not os.path.exists(os.path.join(os.path.dirname(path), f'{page[1]}.{page[2]}')):
            yield number, f'{page[1]}({page[2]})'


def main():
    missing = [(path, number, what) for path in sys.argv[1:]
               for number, what in (missing_references if is_man(path) else missing_links)(path)]
    for path, number, what in missing:
        print(f'{path}:{number + 1}: refers to {what}, which is not there')
    sys.exit(bool(missing))


main()
