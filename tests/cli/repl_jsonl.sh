#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# `lwsim repl --format jsonl`: each line of input is answered by one `ready`, at once; nothing but JSON on standard
# output and nothing on standard error; the records are those of one run of all lines.
. tests/lib/cli.sh

cat >"$TMPDIR/input" <<'S'
kernel 5.8
ip link add d0 type dummy
ip link set d0 up
+1s
carrier_off d0
why
bogus
ip link add d0 type dummy
repeat 2 every 1s {
carrier_on d0
}
expect d0 operstate DOWN
state
text
undo
help

quit
S
lwsim repl --format jsonl <"$TMPDIR/input"
code_is 2
err_is_empty
python3 - "$out" sim/formats/trace.schema.json <<'P' || fail 'wrong records'
import json, sys
from schema import validator_of
validator = validator_of(sys.argv[2])
records = [json.loads(line) for line in open(sys.argv[1])]
if validator:
    for record in records:
        validator.validate(record)
ready = [r for r in records if r['type'] == 'ready']
assert [r['line'] for r in ready] == list(range(1, 18)), [r['line'] for r in ready]
assert [r['line'] for r in ready if r['messages']] == [7, 8, 12], [r for r in ready if r['messages']]
assert "unknown word 'bogus'" in ready[6]['messages']
assert 'File exists' in ready[7]['messages']
[header] = [r for r in records if r['type'] == 'header']
assert header['kernel'] == '5.8' and records.index(header) == 1, 'before the first statement'
assert [r['dev'] for r in records if r['type'] == 'state'] == ['lo', 'd0']
assert ready[3]['t'] == 1 and ready[3]['jiffy'] == 250
assert 'd0 loses carrier' in ready[5]['text']
assert ready[13]['text'].startswith('kernel 5.8\n') and 'undone' in ready[14]['text'] and 'Ctrl-D' in ready[15]['text']
P

# -- the kernel of the command line is in the header; undo to the beginning gives a new one
printf 'carrier_on lo\nundo\ncarrier_on lo\n' | "$LWSIM" repl --format jsonl --kernel 6.12 >"$out" 2>"$err"
[[ $(grep -c '"kernel":"6.12"' "$out") -eq 2 ]] || fail 'not two headers with the kernel of the command line'

# -- a block that is never closed
printf 'repeat 2 every 1s {\n' | "$LWSIM" repl --format jsonl >"$out" 2>"$err"
[[ $(grep -c '"type":"ready"' "$out") -eq 2 ]] || fail 'no answer for the block that was not closed'
out_has 'a block was not closed'

# -- an answer comes before the next line is sent: 2 000 times
python3 - "$LWSIM" <<'P' || fail 'a line is not answered at once'
import json, subprocess, sys
process = subprocess.Popen([sys.argv[1], 'repl', '--format', 'jsonl'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
def ask(line):
    print(line, file=process.stdin, flush=True)
    records = []
    while not records or records[-1]['type'] != 'ready':
        records.append(json.loads(process.stdout.readline()))
    return records
ask('ip link add d0 type dummy')
ask('ip link set d0 up')
for i in range(1000):
    for word in 'off', 'on':
        messages = [r for r in ask(f'+2s carrier_{word} d0') if r['type'] == 'newlink']
        assert len(messages) == 1 and messages[0]['t'] == 4 * i + (2 if word == 'off' else 4), (i, messages)
process.stdin.close()
assert process.wait() == 0
P
finish
