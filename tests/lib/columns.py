#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""columns.py SCENARIO...: runs lwsim's commands on each scenario, and prints the lines of stdout and stderr that are
wider than 80 columns. Exempt are quoted source lines and paths. columns.py --wrong SCENARIO...: the same of `check`,
`run` and `test` on wrong files. columns.py -- ARGUMENT...: the same of one command, which gets this program's standard
input. $LWSIM is the program."""
import os
import re
import subprocess
import sys
import unicodedata

LWSIM = os.environ['LWSIM']
MOST = 80
COMMANDS = [['run'], ['explain'], ['compare'], ['run', '--format', 'lanes'],
            ['run', '--as', 'networkd'], ['run', '--as', 'dhcp'], ['run', '--as', 'all'],
            ['run', '--as', 'selftests'], ['compare', '--as', 'cni'], ['compare', '--as', 'all'],
            ['compare'] + [word for version in ('5.4', '5.8', '6.1+urgent-event+setlink-event', '6.2', '6.12')
                           for word in ('--kernel', version)]]
PLACE = re.compile(r'^\S+\.lw(?=: |:\d+:\d+: )')  # the path before a message
SOURCE = re.compile(r' *\d* \|')  # a numbered line of the scenario, and the carets below


def width(line):
    return sum(0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in 'WF' else 1
               for character in line)


def too_wide(arguments, paths=(), stdin='', codes=(0, 1)):
    done = subprocess.run([LWSIM, *arguments, *paths], input=stdin, capture_output=True, text=True, check=False)
    assert done.returncode in codes, f'{arguments} {paths}: exit code {done.returncode}: {done.stderr}'
    found = 0
    for line in done.stdout.splitlines() + done.stderr.splitlines():
        shown = PLACE.sub('', line)
        for path in paths:
            shown = shown.replace(path, '')
        if width(shown) > MOST and not SOURCE.match(line):
            print(f'lwsim {" ".join(arguments)}: {width(shown)} columns: {line}')
            found += 1
    return found


def main():
    if sys.argv[1] == '--':
        return too_wide(sys.argv[2:], stdin=sys.stdin.read())
    if sys.argv[1] == '--wrong':
        return sum(too_wide([word], sys.argv[2:], codes=[2]) for word in ('check', 'test')) + \
               sum(too_wide(['run'], [path], codes=[2]) for path in sys.argv[2:])
    paths = sys.argv[1:]
    return (too_wide(['test'], paths) + too_wide(['check'], paths) +
            sum(too_wide(command, [path]) for path in paths for command in COMMANDS))


sys.exit(main() > 0)
