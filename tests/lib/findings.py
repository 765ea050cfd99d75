#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""findings.py [--states N] LWSIM: compares the tables of scenarios/findings/ with what `lwsim explore` says.

The devices are the scenarios with an explore block in lag-and-rate.md. --states N leaves out rows of more states.
"""
import argparse
import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile

from documents import blocks_of, prose

FOLDER = 'scenarios/findings'
DEVICES = {'two dummies': 'two-dummies.lw', 'veth': 'veth.lw', 'VLAN': 'vlan.lw', 'virtio_net': 'virtio_net.lw'}
KINDS = {'earlier': 'the same messages, earlier', 'later': 'the same messages, later', 'more': 'more messages',
         'fewer': 'fewer messages', 'other': 'as many messages, with another content or order'}


def tables(lines):
    """The tables: each a list of rows, each a list of cells, without bold; the first row is the header."""
    found, is_in = [], False
    for _, line in prose(lines):
        if not line.startswith('|'):
            is_in = False
        elif not set(line) <= set('|- '):
            if not is_in:
                found.append([])
            is_in = True
            found[-1].append([cell.strip().replace('**', '') for cell in line.strip('|').split('|')])
    return found


def number(text):
    return int(text.replace(' ', ''))


class Explorer:
    def __init__(self, lwsim, folder):
        self.lwsim, self.folder = os.path.abspath(lwsim), folder

    def explore(self, device, kernels, find, hz=None):
        """The output, in one line."""
        path = os.path.join(self.folder, DEVICES[device])
        with open(path, encoding='utf-8') as file:
            text = file.read()
        if hz:
            text = re.sub(r'(?m)^hz .*', f'hz {hz}', text)
        options = [option for kernel in kernels for option in ('--kernel', kernel)]
        done = subprocess.run([self.lwsim, 'explore', *options, '--find', find, '-'], input=text, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return re.sub(r'\s+', ' ', done.stdout)

    def worst(self, device, kernel, hz):
        """As the tables have it: RUNNING late, its loss late, messages, states."""
        said = self.explore(device, [kernel], 'lag,lost,starve,rate', hz)
        late = re.findall(r'RUNNING is late(?:, whatever happens to others)?: (never|by at most \S+)', said)
        late = [re.sub(r'by at most (.*\d)(m?s)', r'\1 \2', text) for text in late]
        messages = re.search(r'at most (\d+), about one device (\d+)', said)
        messages = ' : '.join(messages.groups()) if messages else \
            'without end' if 'linkwatch sends without end' in said else 'unknown'
        closed = re.search(r'closed: every state was visited \((\d+) states', said)
        is_lost = 'a pending event without a run to come: never' not in said
        if len(late) != 4 or late[:2] != late[2:] or is_lost or not closed:
            return [said]
        return [*late[:2], messages, int(closed[1])]

    def differences(self, device, kernels):
        """As the tables have it: 'equal, STATES', or 'N KIND, ...'."""
        said = self.explore(device, kernels, 'equal')
        closed = re.search(r'are equal: .*closed: every state was visited \((\d+) states', said)
        if closed:
            return ['equal', int(closed[1])]
        return [f'{found[1]} {kind}' for kind, words in KINDS.items()
                for found in [re.search(rf': {words}, (\d+) statements?:', said)] if found] or [said]


def jobs(explorer, most):
    """(what, the cells' words, a function that finds out)."""
    with open(f'{FOLDER}/lag-and-rate.md', encoding='utf-8') as file:
        two, others = tables(file.read().split('\n'))
    for names, *cells in two[1:]:
        expected = [cells[0], cells[1], cells[4], number(cells[5])]
        if cells[2:4] != ['no further', 'never']:
            yield names, cells[2:4], lambda: ['no further', 'never']
        if expected[3] <= most:
            yield from worst_jobs(explorer, 'two dummies', names, expected)
    for names, *cells in others[1:]:
        for device, cell in zip(others[0][1:], cells):
            yield from worst_jobs(explorer, device, names, re.split('[,;] ', cell))
    with open(f'{FOLDER}/versions.md', encoding='utf-8') as file:
        steps = tables(file.read().split('\n'))[0]
    for step, *cells in steps[1:]:
        for device, cell in zip(steps[0][1:5], cells):
            expected = re.split(', ', cell)
            if expected[0] == 'equal':
                expected[1] = number(expected[1])
                if expected[1] > most:
                    continue
            kernels = step.split(' : ')
            yield (f'{step}, {device}', expected,
                   lambda device=device, kernels=kernels: explorer.differences(device, kernels))


def worst_jobs(explorer, device, names, expected):
    names, _, hz = names.partition(' at HZ=')
    for kernel in names.split(', '):
        yield (f'{kernel}, {device}' + (f', HZ={hz}' if hz else ''), expected,
               lambda kernel=kernel: explorer.worst(device, kernel, hz)[:len(expected)])


def main():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument('--states', type=int, default=10**12, metavar='N')
    parser.add_argument('lwsim')
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        path = f'{FOLDER}/lag-and-rate.md'
        with open(path, encoding='utf-8') as file:
            for block in blocks_of(path, file.read().split('\n')):
                if block.name:
                    with open(os.path.join(folder, block.name), 'w', encoding='utf-8') as scenario:
                        scenario.write('\n'.join(block.lines) + '\n')
        found = list(jobs(Explorer(options.lwsim, folder), options.states))
        results = list(pool.map(lambda job: job[2](), found))
    wrong = 0
    for (what, expected, _), said in zip(found, results):
        if said != expected:
            wrong += 1
            print(f'{what}: expected {expected}, found {said}')
    print(f'findings: {len(found)} cells, {wrong} wrong')
    sys.exit(wrong != 0)


main()
