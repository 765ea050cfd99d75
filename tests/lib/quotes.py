#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""quotes.py [--update] FILE...: README.md and man pages quote lwsim; this runs what they quote.

    ```lw         A scenario: `lwsim check` and `lwsim test` must like it. A line before it,
                  <!-- NAME.lw --> names it; <!-- NAME.lw exit 1 --> says how `test` ends.
    ```console    Commands behind `$ ` and what they print, stdout and stderr, byte for byte.

A line <!-- linux-source-6.1 --> before a console block: it needs that kernel tree, which $LWSIM_TREE names; a copy
of what is needed of it is in the folder. Without one the block is left out, and that is said.

In a man page a .\\" lw NAME.lw or .\\" console line stands before .Bd -literal ... .Ed instead.
Commands run one after the other in one folder, which has the named scenarios of the same FILE and
the project's scenarios/. --update writes what they print now into FILE (not into man pages).
$LWSIM is the program.
"""
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile

FENCE = re.compile(r'```(\w*)$')
NAME = re.compile(r'<!-- (\S+\.lw)(?: exit (\d))? -->$')
TREE = '<!-- linux-source-6.1 -->'
MAN_START = re.compile(r'\.\\" (lw|console)(?: (\S+\.lw))?(?: exit (\d))?$')


class Block:
    def __init__(self, kind, first, lines, name=None, code=0, needs_tree=False):
        self.kind, self.first, self.lines, self.name, self.code = kind, first, lines, name, code
        self.needs_tree = needs_tree
        self.now = lines  # what should stand there


def markdown_blocks(lines):
    blocks, start, kind, before = [], None, None, ''
    for i, line in enumerate(lines):
        fence = FENCE.match(line)
        if start is None and fence:
            start, kind, before = i + 1, fence[1], lines[i - 1] if i else ''
        elif start is not None and line == '```':
            name = NAME.match(before)
            blocks.append(Block(kind, start, lines[start:i], name and name[1],
                                int(name[2] or 0) if name else 0, before == TREE))
            start = None
    assert start is None, 'a block is not closed'
    return blocks


def unescaped(line):
    for escape, text in (('\\&', ''), ('\\-', '-'), ('\\(aq', "'"), ('\\(dq', '"'), ('\\e', '\\')):
        line = line.replace(escape, text)
    return line


def man_blocks(lines):
    blocks = []
    for i, line in enumerate(lines):
        start = MAN_START.match(line)
        if not start:
            continue
        assert lines[i + 1].startswith('.Bd -literal'), f'line {i + 2}: expected .Bd -literal'
        end = lines.index('.Ed', i)
        blocks.append(Block(start[1], i + 2, [unescaped(x) for x in lines[i + 2:end]], start[2],
                            int(start[3] or 0)))
    return blocks


class Quotes:
    def __init__(self, path, folder):
        self.path, self.folder, self.failures, self.commands = path, folder, 0, 0

    def run(self, command):
        """What the command prints and its exit code."""
        done = subprocess.run(['sh', '-c', command], cwd=self.folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return done.stdout.decode(), done.returncode

    def fail(self, line, text):
        self.failures += 1
        print(f'{self.path}:{line + 1}: {text}')

    def scenario(self, number, block, updates):
        name = block.name or f'block-{number}.lw'
        path = os.path.join(self.folder, name)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(''.join(line + '\n' for line in block.lines))
        if updates and any(line.startswith('-- trace ') for line in block.lines):
            self.run(f'lwsim test --update {name}')
            with open(path, encoding='utf-8') as file:
                block.now = file.read().split('\n')[:-1]
        for command, expected in (('check', 2 if block.code == 2 else 0), ('test', block.code)):
            text, code = self.run(f'lwsim {command} {name}')
            if code != expected:
                self.fail(block.first, f'lwsim {command}: exit code {code}, expected {expected}:\n{text}')

    def console(self, block):
        """Checks the block; returns its lines as they should be."""
        now, at = [], 0
        if not block.lines or not block.lines[0].startswith('$ '):
            self.fail(block.first, 'a console block must begin with `$ `')
            return block.lines
        while at < len(block.lines):
            start = at
            at += 1
            while at < len(block.lines) and not block.lines[at].startswith('$ '):
                at += 1
            text, _ = self.run(block.lines[start][2:])
            self.commands += 1
            quoted = block.lines[start + 1:at]
            said = text.split('\n')
            if said.pop() != '':
                self.fail(block.first + start, 'prints no newline at its end')
            now += [block.lines[start]] + said
            if said != quoted:
                diff = difflib.unified_diff(quoted, said, 'quoted', 'printed', lineterm='')
                self.fail(block.first + start, f'{block.lines[start]}\n' + '\n'.join(diff))
        return now


def copy_tree(tree, folder):
    """What lwsim looks at, so that commands may change it."""
    for name in ('Makefile', 'net/core/link_watch.c'):
        path = os.path.join(folder, 'linux-source-6.1', name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        shutil.copy(os.path.join(tree, name), path)


def main():
    arguments = sys.argv[1:]
    updates = arguments[:1] == ['--update']
    failures = 0
    for path in arguments[updates:]:
        with open(path, encoding='utf-8') as file:
            lines = file.read().split('\n')
        is_man = not path.endswith('.md')
        blocks = man_blocks(lines) if is_man else markdown_blocks(lines)
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(os.path.abspath('scenarios'), os.path.join(folder, 'scenarios'))
            os.mkdir(os.path.join(folder, '.bin'))
            os.symlink(os.path.abspath(os.environ['LWSIM']), os.path.join(folder, '.bin', 'lwsim'))
            os.environ['PATH'] = os.path.join(folder, '.bin') + ':' + os.environ['PATH']
            quotes = Quotes(path, folder)
            scenarios = [block for block in blocks if block.kind == 'lw']
            for number, block in enumerate(scenarios, 1):
                quotes.scenario(number, block, updates)
            tree = os.environ.get('LWSIM_TREE')
            if tree:
                copy_tree(tree, folder)
            consoles = [block for block in blocks if block.kind == 'console'
                        and (tree or not block.needs_tree)]
            left_out = sum(block.needs_tree for block in blocks if block not in consoles)
            if left_out:
                print(f'{path}: {left_out} blocks left out, as there is no kernel tree')
            for block in consoles:
                block.now = quotes.console(block)
        print(f'{path}: {len(scenarios)} scenarios, {quotes.commands} commands, {quotes.failures} wrong')
        if not scenarios and not quotes.commands:
            quotes.fail(0, 'nothing to check')
        if updates and not is_man:
            for block in reversed(blocks):
                lines[block.first:block.first + len(block.lines)] = block.now
            with open(path, 'w', encoding='utf-8') as file:
                file.write('\n'.join(lines))
        failures += quotes.failures
    sys.exit(failures != 0)


main()
