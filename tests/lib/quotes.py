#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""quotes.py [--update] FILE...: runs the examples in .md files and man pages.

tests/lib/documents.py says how a block is marked. `lwsim check` and `lwsim test` must accept a scenario; the output
of a console block's commands, stdout and stderr, must follow them, byte for byte; a sh block must succeed; and so must a
`lwsim ... NAME.lw` in a README's prose, in that README's folder. An unmarked block is an error.

All blocks of a FILE run one after the other in one folder, which has the named scenarios of the same FILE and the
project's scenarios/. A block that needs a kernel's tree is given a copy of $LWSIM_TREE; without one
the block is skipped with a message. --update writes the current output into FILE. $LWSIM is the program.
"""
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile

from documents import TREE, blocks_of, is_man, prose, put

INLINE = re.compile(r'`(lwsim [^`]*\.lw)`')


class Quotes:
    def __init__(self, path, folder, updates):
        self.path, self.folder, self.updates = path, folder, updates
        self.failures, self.scenarios, self.commands = 0, 0, 0

    def run(self, command, folder=None):
        """Returns the command's output and exit code."""
        done = subprocess.run(command, shell=True, cwd=folder or self.folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        self.commands += 1
        return done.stdout.decode(), done.returncode

    def fail(self, line, text):
        self.failures += 1
        print(f'{self.path}:{line + 1}: {text}')

    def scenario(self, block):
        self.scenarios += 1
        name = block.name or f'block-{self.scenarios}.lw'
        path = os.path.join(self.folder, name)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(''.join(line + '\n' for line in block.lines))
        if self.updates and any(line.startswith('-- trace ') for line in block.lines):
            self.run(f'lwsim test --update {name}')
            with open(path, encoding='utf-8') as file:
                block.now = file.read().split('\n')[:-1]
        for command, expected in (('check', 2 if block.code == 2 else 0), ('test', block.code)):
            text, code = self.run(f'lwsim {command} {name}')
            if code != expected:
                self.fail(block.first, f'lwsim {command}: exit code {code}, expected {expected}:\n{text}')

    def console(self, block):
        now, at = [], 0
        if not block.lines or not block.lines[0].startswith('$ '):
            self.fail(block.first, 'a console block must begin with `$ `')
            return
        while at < len(block.lines):
            start = at
            at += 1
            while at < len(block.lines) and not block.lines[at].startswith('$ '):
                at += 1
            text, _ = self.run(block.lines[start][2:])
            quoted = block.lines[start + 1:at]
            printed = text.split('\n')
            if printed.pop() != '':
                self.fail(block.first + start, 'prints no newline at its end')
            now += [block.lines[start]] + printed
            if printed != quoted:
                diff = difflib.unified_diff(quoted, printed, 'quoted', 'printed', lineterm='')
                self.fail(block.first + start, f'{block.lines[start]}\n' + '\n'.join(diff))
        block.now = now

    def must_succeed(self, line, command, folder=None):
        text, code = self.run(command, folder)
        if code:
            self.fail(line, f'exit code {code}, expected 0:\n{command}\n{text}')

    def elsewhere(self, block):
        if not block.run_by:
            return
        try:
            with open(block.run_by, encoding='utf-8') as file:
                if os.path.basename(self.path) not in file.read():
                    self.fail(block.first, f'{block.run_by} does not look at {os.path.basename(self.path)}')
        except FileNotFoundError:
            self.fail(block.first, f'no {block.run_by}, which should run this')

    def block(self, block):
        if block.wrong:
            self.fail(block.first, block.wrong)
        elif block.kind == 'console':
            self.console(block)
        elif block.kind == 'sh':
            self.must_succeed(block.first, 'set -e\n' + '\n'.join(block.lines))
        elif block.kind == 'elsewhere':
            self.elsewhere(block)

    def inline(self, lines):
        for number, line in prose(lines):
            for found in INLINE.finditer(line):
                self.must_succeed(number, found[1], os.path.dirname(os.path.abspath(self.path)))


def copy_tree(tree, folder):
    """Copies the tree, because commands may change it."""
    shutil.copytree(tree, os.path.join(folder, TREE))


def check(path, updates):
    """Checks a file; returns the number of failures."""
    tree = os.environ.get('LWSIM_TREE')
    with open(path, encoding='utf-8') as file:
        lines = file.read().split('\n')
    blocks = blocks_of(path, lines)
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(os.path.abspath('scenarios'), os.path.join(folder, 'scenarios'))
        quotes = Quotes(path, folder, updates)
        if tree:
            copy_tree(tree, folder)
        for block in blocks:
            if block.kind == 'lw':
                quotes.scenario(block)
        left_out = [block for block in blocks if block.needs_tree and not tree]
        for block in blocks:
            if block not in left_out:
                quotes.block(block)
        if not is_man(path):
            quotes.inline(lines)
    if left_out:
        print(f'{path}: {len(left_out)} blocks left out, as there is no kernel tree')
    print(f'{path}: {quotes.scenarios} scenarios, {quotes.commands} commands, {quotes.failures} wrong')
    if updates:
        put(path, lines, blocks)
        with open(path, 'w', encoding='utf-8') as file:
            file.write('\n'.join(lines))
    return quotes.failures


def main():
    arguments = sys.argv[1:]
    updates = arguments[:1] == ['--update']
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(os.path.abspath(os.environ['LWSIM']), os.path.join(folder, 'lwsim'))
        os.environ['PATH'] = folder + ':' + os.environ['PATH']
        sys.exit(sum(check(path, updates) for path in arguments[updates:]) != 0)


main()
