# SPDX-License-Identifier: GPL-2.0-or-later
"""A simulated kernel in a pipe: a line in, records out. No library is needed, so this is the same in any language."""
import json
import os
import subprocess

import pytest


class Repl:
    def __init__(self, *options):
        self.process = subprocess.Popen([os.environ.get('LWSIM', 'lwsim'), 'repl', '--format', 'jsonl', *options],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, line):
        """The records that answer a line; what was wrong with it is an exception."""
        self.process.stdin.write(line + '\n')
        self.process.stdin.flush()
        records = []
        while (record := json.loads(self.process.stdout.readline()))['type'] != 'ready':
            records.append(record)
        if record['messages']:
            raise ValueError(record['messages'])
        return records

    def close(self):
        self.process.stdin.close()
        self.process.wait()


@pytest.fixture
def repl():
    repl = Repl('--kernel', '6.1')
    yield repl
    repl.close()


def test_the_second_cable_is_seen_a_second_later(repl):
    for name in 'eth0', 'eth1':
        repl.ask(f'virtnet_probe {name} status=on')
        repl.ask(f'ip link set {name} up')
    repl.ask('+400s')
    [message] = [r for r in repl.ask('virtnet_config_changed eth0 link=down') if r['type'] == 'newlink']
    assert message['dev'] == 'eth0' and message['operstate'] == 'DOWN'
    assert [r['type'] for r in repl.ask('virtnet_config_changed eth1 link=down')] == ['action']
    [message] = repl.ask('+2s')
    assert message['dev'] == 'eth1' and 1 <= message['t'] - 400 <= 1.1


def test_state_and_errors(repl):
    repl.ask('ip link add d0 type dummy')
    assert [r['dev'] for r in repl.ask('state')] == ['lo', 'd0']
    with pytest.raises(ValueError, match="unknown word 'bogus'"):
        repl.ask('bogus')
    assert repl.ask('getlink d0')[-1]['type'] == 'note'


def test_2000_statements(repl):
    """Each waits for the answer to the one before."""
    repl.ask('ip link add d0 type dummy')
    messages = 0
    for i in range(1000):
        for word in 'off', 'on':
            messages += sum(r['type'] == 'newlink' for r in repl.ask(f'+2s carrier_{word} d0'))
    assert messages == 0  # it is down
    repl.ask('ip link set d0 up')
    assert repl.ask('state')[-1]['t'] == 4000
