#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# run --format lanes: any scenario's output can be pasted into a mail.
. tests/lib/cli.sh

# each scenario: narrow, ASCII, no trailing blanks, and the same verdict as the text format
for file in scenarios/*.lw scenarios/reports/*.lw tests/golden/output/*.lw; do
	lwsim run "$file"
	expected=$code
	cp "$err" "$TMPDIR/expected"
	lwsim run --format lanes "$file"
	code_is "$expected"
	same "$said: messages" "$TMPDIR/expected" "$err"
	[[ $(wc -L <"$out") -le 78 ]] || fail "$said: $(wc -L <"$out") columns"
	! LC_ALL=C grep -nP '[^\x20-\x7e]| $' "$out" >"$TMPDIR/odd" || { fail "$said:"; show "$TMPDIR/odd"; }
	# words do not run together; LOWERLAYERDOWN is one word
	! sed -n '/^  operstate/{s/LOWERLAYERDOWN/UNKNOWN/g;p}' "$out" | grep -E '(UNKNOWN|DORMANT|TESTING|DOWN|UP)[A-Z]' >"$TMPDIR/odd" ||
		{ fail "$said: words run together:"; show "$TMPDIR/odd"; }
	[[ $(wc -l <"$out") -le 110 ]] || fail "$said: $(wc -l <"$out") lines"
done

# empty, or nearly empty
echo '# nothing' | "$LWSIM" run --format lanes - >"$out" 2>"$err" || fail 'an empty scenario'
out_has 'nothing happens'
lwsim run --format lanes "$(echo '1 worker latency 5ms' | scenario only-action.lw)"
code_is 0
out_has 'worker latency'
out_lacks '~'
lwsim run --format lanes "$(printf '0 ip link add d0 type dummy\n0.5 end\n' | scenario one.lw)"
code_is 0
out_lacks 'a column'

# 300 equal devices share one lane; of 300 different ones ten are shown, and a line says so
printf '0 ip link add d{0..299} type dummy\n1 ip link set d{0..299} up\n' >"$TMPDIR/same.lw"
lwsim run --format lanes "$TMPDIR/same.lw"
out_has 'd{0..299}'
[[ $(grep -c '^  UP ' "$out") -eq 1 ]] || fail "$said: not one lane"
{
	for i in {a..z}{a..l}; do echo "+1ms ip link add ${i}_ type dummy"; done
} >"$TMPDIR/other.lw"
lwsim run --format lanes "$TMPDIR/other.lw"
out_has 'and 302 more devices'
[[ $(grep -c '^  UP ' "$out") -eq 10 ]] || fail "$said: not ten lanes"

# a device created and deleted at one instant is gone, and a line says so
lwsim run --format lanes "$(printf '0 ip link add d0 type dummy\n1 ip link add d1 type dummy\n ip link del d1\n2 ip link set d0 up\n' | scenario gone.lw)"
grep -A 4 '^d1 ' "$out" | grep -Eq '^  operstate +o$' || { fail "$said: d1 is not gone"; show "$out"; }
out_has 'o created and deleted'
out_lacks 'x left'
out_lacks '+ a time not shown'

# a time without room on the axis is mentioned
lwsim run --format lanes tests/golden/output/lanes-many.lw
out_has '+ a time not shown'
out_has 'and 4 more devices; those with the most notifications are shown'

# a run that a failed command stopped is drawn up to there
lwsim run --format lanes "$(printf '0 ip link add d0 type dummy\n1 ip link set d0 master d0\n' | scenario stop.lw)"
code_is 1
out_has ' ! '

# so is an interrupted run: nothing is written before, so the signal waits for a message
slow=$(printf '0 ip link add d0 type dummy\n1 ip link set d0 up\n expect d0 carrier off\n100000000 end\n' | scenario slow.lw)
mkfifo "$TMPDIR/fifo"
said="lwsim run --format lanes, ended by SIGINT"
env --default-signal=INT "$LWSIM" run --format lanes --pace 1e6 "$slow" >"$out" 2>"$TMPDIR/fifo" &
exec 4<"$TMPDIR/fifo"
while IFS= read -r line <&4; do
	[[ $line != *'fail: carrier of d0 is on'* ]] || break
done
kill -INT $!
cat <&4 >"$err"
exec 4<&-
wait $!
code=$?
code_is 130
out_has 'ip link set d0 up'

refused 'exclude each other' run --format lanes --as dhcp "$microvm"
refused 'unknown option' compare --format lanes "$microvm"

finish
