#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# --pace waits, and changes nothing else. (That it waits as long as it should is not for a test:
# it would depend on the host. signals.sh sees that it does wait.)
. tests/lib/cli.sh

for arguments in '' '--format jsonl' '--as networkd' '--as dhcp'; do
	# shellcheck disable=SC2086
	lwsim run $arguments "$microvm"
	code_is 0
	cp "$out" "$TMPDIR/at-once"
	for pace in 1000 1e9 12345.678; do
		# shellcheck disable=SC2086
		lwsim run --pace $pace $arguments "$microvm"
		code_is 0
		err_is_empty
		same "$said" "$TMPDIR/at-once" "$out"
	done
done

# failures are found as without it
file=$(scenario fail.lw <<'S'
0 ip link add d0 type dummy
1 expect d0 operstate UP
2 ip link set d0 up
S
)
lwsim run "$file"
code_is 1
cp "$out" "$TMPDIR/out.at-once"
cp "$err" "$TMPDIR/err.at-once"
lwsim run --pace 1e6 "$file"
code_is 1
same 'stdout with --pace' "$TMPDIR/out.at-once" "$out"
same 'stderr with --pace' "$TMPDIR/err.at-once" "$err"

# A line is there when it has happened, not when the next one does: the device's message comes at
# 0 s, the next event is 10^8 s away. Once the first line is there and lwsim sleeps, all must be.
printf '0 ip link add d0 type dummy\n100000000 ip link set d0 up\n' >"$TMPDIR/slow.lw"
cat >"$TMPDIR/at_once.py" <<'P'
import os, subprocess, sys
lwsim, file, form, first, wanted = sys.argv[1:]
process = subprocess.Popen([lwsim, 'run', '--pace', '1', '--format', form, file],
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
pipe = process.stdout.fileno()
text = b''
while first.encode() not in text:
    text += os.read(pipe, 4096) or sys.exit('ends without ' + first)
while open(f'/proc/{process.pid}/stat').read().rsplit(')', 1)[1].split()[0] != 'S':
    pass
os.set_blocking(pipe, False)
try:
    text += os.read(pipe, 65536)
except BlockingIOError:
    pass
process.terminate()
process.wait()
sys.exit(wanted.encode() not in text)
P
python3 "$TMPDIR/at_once.py" "$LWSIM" "$TMPDIR/slow.lw" jsonl '"dev":"d0"' '"dev":"d0"' ||
	fail '--pace --format jsonl holds a line back'
python3 "$TMPDIR/at_once.py" "$LWSIM" "$TMPDIR/slow.lw" text '> ip link add' 'd0           DOWN' ||
	fail '--pace: the last line of an instant is shown only when the next event comes'

finish
