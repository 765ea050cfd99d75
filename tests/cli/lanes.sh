#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# run --format lanes: whatever the scenario, it can be pasted into a mail.
. tests/lib/cli.sh

# each scenario there is: narrow, ASCII, no blanks at ends, and it judges as the text format does
for file in scenarios/*.lw scenarios/reports/*.lw tests/golden/output/*.lw; do
	lwsim run "$file"
	expected=$code
	cp "$err" "$TMPDIR/expected"
	lwsim run --format lanes "$file"
	code_is "$expected"
	same "$said: messages" "$TMPDIR/expected" "$err"
	[[ $(wc -L <"$out") -le 78 ]] || fail "$said: $(wc -L <"$out") columns"
	! LC_ALL=C grep -nP '[^\x20-\x7e]| $' "$out" >"$TMPDIR/odd" || { fail "$said:"; show "$TMPDIR/odd"; }
	# no two words run together; LOWERLAYERDOWN is one
	! sed -n '/^  operstate/{s/LOWERLAYERDOWN/UNKNOWN/g;p}' "$out" | grep -E '(UNKNOWN|DORMANT|TESTING|DOWN|UP)[A-Z]' >"$TMPDIR/odd" ||
		{ fail "$said: words run together:"; show "$TMPDIR/odd"; }
	[[ $(wc -l <"$out") -le 110 ]] || fail "$said: $(wc -l <"$out") lines"
done

# nothing, or hardly anything
echo '# nothing' | "$LWSIM" run --format lanes - >"$out" 2>"$err" || fail 'an empty scenario'
out_has 'nothing happens'
lwsim run --format lanes "$(echo '1 worker latency 5ms' | scenario only-action.lw)"
code_is 0
out_has 'worker latency'
out_lacks '~'
lwsim run --format lanes "$(printf '0 ip link add d0 type dummy\n0.5 end\n' | scenario one.lw)"
code_is 0
out_lacks 'a column'

# 300 devices that say the same are one lane; 300 others are ten, and that is said
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

# what is made and deleted in one instant is gone, and that is said
lwsim run --format lanes "$(printf '0 ip link add d0 type dummy\n1 ip link add d1 type dummy\n ip link del d1\n2 ip link set d0 up\n' | scenario gone.lw)"
grep -A 4 '^d1 ' "$out" | grep -Eq '^  operstate +o$' || { fail "$said: d1 is not gone"; show "$out"; }
out_has 'o created and deleted'
out_lacks 'x left'
out_lacks '+ a time not shown'

# a time that has no room at the axis is said to be one
lwsim run --format lanes tests/golden/output/lanes-many.lw
out_has '+ a time not shown'
out_has 'and 4 more devices; those with the most notifications are shown'

# what was stopped by a command that failed is drawn as far as it went
lwsim run --format lanes "$(printf '0 ip link add d0 type dummy\n1 ip link set d0 master d0\n' | scenario stop.lw)"
code_is 1
out_has ' ! '

# and what is interrupted: as nothing is written before, the signal waits for a message
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
refused 'no option' compare --format lanes "$microvm"

finish
