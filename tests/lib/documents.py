# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads markdown and man pages (mdoc): their literal blocks, links and headings.

A mark before each block gives its type, in markdown as the fence's word and, if that is not enough, as a comment
in the line before (<!-- ... -->), in a man page as a comment in the line before .Bd -literal or .Dl (.\\" ...):

    markdown                            man page
    ```lw                               .\\" lw                      a scenario
    <!-- NAME.lw exit 1 --> ```lw       .\\" lw NAME.lw exit 1       the same, with a name; how `lwsim test` ends
    ```console                          .\\" console                 commands after `$ `, and their complete output
    ```sh                               .\\" sh                      commands that must succeed
    <!-- linux-source-6.1 --> ```sh     .\\" sh linux-source-6.1     (or console) needs that kernel's tree
    <!-- run by tests/cli/X.sh --> ```  .\\" run by tests/cli/X.sh   another test compares the block with lwsim
    <!-- not run: REASON --> ```        .\\" not run: REASON         no test does, and why
"""
import re

TREE = 'linux-source-6.1'
FENCE = re.compile(r'```(\w*)$')
UNMARKED = re.compile(r'    |\t|\s*(?:```|~~~|<pre)')  # other markdown blocks; these cannot have a mark before them
COMMENT = re.compile(r'<!-- (.*) -->$')
MAN_COMMENT = re.compile(r'\.\\" (.*)$')
NAME = re.compile(r'(\S+\.lw)(?: exit (\d))?$')
EXPLAINED = re.compile(r'(?:not run: \S.*|run by (\S+))$')
ESCAPES = {'\\': '\\e', '-': '\\-', "'": '\\(aq', '`': '\\(ga', '^': '\\(ha', '~': '\\(ti'}


class Block:
    """Its lines start at `first` in the file; `now` has the correct ones."""

    def __init__(self, first, lines, kind, mark):
        self.first, self.lines, self.now = first, lines, lines
        self.kind, self.name, self.code = kind, None, 0
        self.needs_tree = mark == TREE
        self.run_by = None
        self.wrong = None
        explained = EXPLAINED.match(mark)
        if explained:
            self.kind, self.run_by = 'elsewhere', explained[1]
        elif kind == 'lw':
            name = NAME.match(mark)
            if name:
                self.name, self.code = name[1], int(name[2] or 0)
        elif kind not in ('console', 'sh'):
            self.wrong = 'a block without a word of what it is; lw, console, sh, or `not run: REASON` before it'


def is_man(path):
    return not path.endswith('.md')


def markdown_blocks(lines):
    blocks, start, kind, before = [], None, None, ''
    for i, line in enumerate(lines):
        fence = FENCE.match(line)
        if start is None and fence:
            comment = COMMENT.match(lines[i - 1]) if i else None
            start, kind, before = i + 1, fence[1], comment[1] if comment else ''
        elif start is not None and line == '```':
            blocks.append(Block(start, lines[start:i], kind, before))
            start = None
        elif start is None and UNMARKED.match(line) and (line.strip()[0] in '`~<' or i == 0 or not lines[i - 1]):
            blocks.append(Block(i, [line], None, ''))
    assert start is None, 'a block is not closed'
    return blocks


def escaped(line):
    line = ''.join(ESCAPES.get(character, character) for character in line)
    return '\\&' + line if line.startswith('.') else line


def unescaped(line):
    plain = {escape: character for character, escape in ESCAPES.items()} | {'\\&': '', '\\(dq': '"'}
    return re.sub(r'\\(?:[-&e]|\((?:aq|ga|ha|ti|dq))', lambda found: plain[found[0]], line)


def man_blocks(lines):
    blocks = []
    for i, line in enumerate(lines):
        is_line = line.startswith(('.Dl ', '.D1 '))
        if not is_line and not line.startswith('.Bd -'):
            continue
        comment = MAN_COMMENT.match(lines[i - 1])
        mark = comment[1] if comment else ''
        kind = re.match(r'(lw|console|sh)\b ?', mark)
        text = [line[4:]] if is_line else lines[i + 1:lines.index('.Ed', i)]
        blocks.append(Block(i if is_line else i + 1, [unescaped(x) for x in text], kind and kind[1],
                            mark[kind.end():] if kind else mark))
    return blocks


def blocks_of(path, lines):
    return man_blocks(lines) if is_man(path) else markdown_blocks(lines)


def put(path, lines, blocks):
    """Writes the blocks' correct lines into the file's lines."""
    for block in reversed(blocks):
        if block.now == block.lines:
            continue
        now = [escaped(line) for line in block.now] if is_man(path) else block.now
        lines[block.first:block.first + len(block.lines)] = now


def prose(lines):
    """Markdown lines outside of blocks, with their numbers from 0."""
    inside = False
    for i, line in enumerate(lines):
        if FENCE.match(line):
            inside = not inside
        elif not inside:
            yield i, line


def anchors(lines):
    """The anchors that GitHub gives the headings."""
    found = set()
    for _, line in prose(lines):
        heading = re.match(r'#+ (.*)', line)
        if heading:
            text = re.sub(r'\[([^]]*)\]\([^)]*\)', r'\1', heading[1]).lower()
            found.add(re.sub(r'[^\w\- ]', '', text).replace(' ', '-'))
    return found
