#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# `lwsim record` on the kernel that runs the tests, in a network namespace of its own: what a command does is in the
# file, in each format; how it ends; and that lost messages are said and made up for.
if [[ ${1:-} != inside ]]; then
	if unshare -rn true 2>/dev/null; then
		exec unshare -rn "$0" inside
	fi
	echo 'skipped: unshare may not make a network namespace'
	exit 77
fi
. tests/lib/cli.sh
file=$TMPDIR/file

# checks a recording in JSON lines against the schema and the other formats
cat >"$TMPDIR/check.py" <<'P'
import json, sys
from schema import validator_of
schema, path = sys.argv[1:]
validator = validator_of(schema)
records = [json.loads(line) for line in open(path, encoding='utf-8')]
assert records[0]['type'] == 'recording', records[0]
if validator:
    for record in records:
        validator.validate(record)
links = [record for record in records if record['type'] in ('newlink', 'dellink')]
assert links[0]['dev'] == 'lo' and links[0]['answer'], 'the state at the start is not first'
for record in links:
    print(record['type'], record['dev'], record['operstate'] if 'operstate' in record else '-', record['family'],
          *(flag for flag in record['flags'] if flag in ('UP', 'RUNNING', 'LOWER_UP')))
P
changes='ip link add v0 type veth peer name v1; ip link set v0 up; ip link set v1 up; ip link del v0'

# -- each format; the output is empty with -o
lwsim record --format jsonl -o "$file.jsonl" -- sh -c "$changes"
code_is 0
out_is_empty
err_has 'messages recorded'
python3 "$TMPDIR/check.py" sim/wire/recording.schema.json "$file.jsonl" >"$TMPDIR/links" ||
	fail 'the JSON lines are not as the schema has them'
for line in 'newlink v0 DOWN unspec' 'newlink v0 LOWERLAYERDOWN unspec UP' 'newlink v1 UP unspec UP RUNNING LOWER_UP' \
	'newlink v0 UP unspec UP RUNNING LOWER_UP' 'dellink v0 DOWN unspec' 'dellink v1 DOWN unspec'; do
	grep -qx "$line" "$TMPDIR/links" || { fail "no message '$line':"; show "$TMPDIR/links"; }
done
lwsim record -o "$file.rtmon" -- sh -c "$changes"
code_is 0
ip -o monitor file "$file.rtmon" >"$TMPDIR/printed" 2>&1 || fail 'iproute2 cannot read the rtmon file'
grep -q '^Timestamp: ' "$TMPDIR/printed" || fail 'iproute2 finds no times'
grep -q '^Deleted [0-9]*: v0@' "$TMPDIR/printed" || { fail 'iproute2 finds no deletion of v0:'; show "$TMPDIR/printed"; }
lwsim record --format pcap -- sh -c "$changes"
code_is 0
[[ $(od -An -tu4 -j20 -N4 "$out" | tr -d ' ') == 253 ]] || fail 'no pcap file of link type NETLINK'

# -- how it ends
lwsim record -o "$file.rtmon" -- sh -c 'exit 5'
code_is 1
err_has 'sh exited with 5'
# shellcheck disable=SC2016
lwsim record -o "$file.rtmon" -- sh -c 'kill -KILL $$'
code_is 1
err_has 'sh was killed'
lwsim record -o "$file.rtmon" -- "$TMPDIR/none"
code_is 2
err_has "$TMPDIR/none: No such file"
lwsim record -o "$TMPDIR/none/file"
code_is 2
err_has 'No such file'
lwsim record -o "$file.pcap"
code_is 2
err_has 'expected --format pcap'
lwsim record --format xml
code_is 2
err_has 'expected rtmon, pcap or jsonl'
if [[ -e /dev/full ]]; then
	lwsim record -o /dev/full -- true
	code_is 2
	err_has 'cannot write the recording: No space left'
fi

# started FILE: waits until the state at the start is in it
started()
{
	until [[ -s $1 ]]; do
		kill -0 $! 2>/dev/null || { fail 'ended too early'; return; }
		sleep 0.01
	done
}
for signal in INT TERM; do
	rm -f "$file.jsonl"
	# in the background a shell ignores SIGINT
	python3 -c 'import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])' "$LWSIM" record --format jsonl -o "$file.jsonl" 2>"$err" &
	started "$file.jsonl"
	kill -$signal $!
	wait $!
	code=$? said="lwsim record and SIG$signal"
	code_is 0
	err_has 'recorded'
done
rm -f "$file.jsonl" "$TMPDIR/pid"
# shellcheck disable=SC2016
"$LWSIM" record --format jsonl -o "$file.jsonl" -- sh -c 'echo $$ >"$0"; exec sleep 1000' "$TMPDIR/pid" 2>"$err" &
started "$TMPDIR/pid"
kill -TERM $!
wait $!
code=$? said='lwsim record and SIGTERM before its command ends'
code_is 130
while kill -0 "$(cat "$TMPDIR/pid")" 2>/dev/null; do sleep 0.01; done # the command has got it, too: else the test hangs

# -- lost messages: it is stopped, while more arrive than its socket holds
ip link add d0 type bridge # not every kernel has dummies
for ((i = 0; i < 4000; i++)); do
	echo "link set d0 mtu $((1000 + i % 2))"
done >"$TMPDIR/batch"
rm -f "$file.jsonl"
"$LWSIM" record --format jsonl -o "$file.jsonl" 2>"$err" &
started "$file.jsonl"
kill -STOP $!
ip -batch "$TMPDIR/batch"
ip link set d0 mtu 777
kill -CONT $!
until grep -q '"type":"loss"' "$file.jsonl" && grep -q '"mtu":777.*"answer":true' "$file.jsonl"; do
	kill -0 $! 2>/dev/null || { fail 'ended too early'; break; }
	sleep 0.01
done
kill -TERM $!
wait $!
code=$? said='lwsim record that loses messages'
code_is 0
err_has '(ENOBUFS); the state of all devices follows'
err_has 'and others lost'
python3 "$TMPDIR/check.py" sim/wire/recording.schema.json "$file.jsonl" >/dev/null || fail 'a loss is not as the schema has it'

finish
