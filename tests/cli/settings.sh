#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# --set, --until and --kernel: their effects, and wrong values.
. tests/lib/cli.sh

file=$(scenario file.lw <<'S'
compare 5.8 6.1
hz      250
param   wait = 400ms
param   dev = d0
param   both = ${dev}x
0       ip link add $dev type dummy
+$wait  ip link set ${dev} up
        ip link add $both type dummy
+1      ip link set $dev down
S
)
lwsim run "$file"
code_is 0
out_has '0.400000  > ip link set'
out_has '  d0x  '

# another value; the last one wins; also in params derived from it
lwsim run --set wait=1s "$file"
code_is 0
out_has '1.000000  > ip link set'
lwsim run --set wait=9 --set wait=62j "$file"
code_is 0
out_has '0.248000  > ip link set'
lwsim run --set dev=eth7 "$file"
code_is 0
out_has '  eth7  '
for word in compare test check; do
	lwsim $word --set wait=1s "$file"
	code_is 0
done
lwsim compare --set wait=1s "$file"
out_has '1.000000  > ip link set'
# derived params: they have used its value before it was set
lwsim run --set dev=e --set both=z "$file"
out_has '  z  '

# the file's default is the file's value, given or not
lwsim run "$file"
cp "$out" "$TMPDIR/default"
lwsim run --set wait=400ms "$file"
same '--set to the same value' "$TMPDIR/default" "$out"

# wrong
refused "unknown parameter 'wait2', did you mean 'wait'?" run --set wait2=1 "$file"
refused "unknown parameter 'bogus', expected one that a 'param' line" run --set bogus=1 "$file"
refused "bad time '+xx'" run --set wait=xx "$file"
refused 'file.lw:7:1: error:' run --set wait=xx "$file"
err_has 'file.lw: note: with --set wait=xx' # the quoted line has $wait
refused 'expected one word' run --set wait= "$file"
refused 'expected one word' run --set 'wait=1 s' "$file"
refused 'expected one word' run --set $'wait=1\n0 end' "$file"
refused 'expected one word' run --set $'wait=\xff' "$file"
refused "unknown parameter 'wait'" run --set wait=1 "$microvm"

# --until: any time of the scenario language
for until in 1 1s 1000ms 1000000us 250j 1.0; do
	lwsim run --until $until "$file"
	code_is 0
	out_has '+UP'
	out_lacks '-UP'
done
lwsim run --until 0.4 "$file" # what is due at that instant still happens
code_is 0
out_has '+UP'
lwsim run --until 0.399999 "$file"
code_is 0
out_lacks '+UP'
lwsim run --until 0 "$file"
code_is 0
out_has '> ip link add'
lwsim compare --until 1 "$file"
code_is 0
out_has '+UP'
out_lacks '-UP'
# beyond the end nothing changes
lwsim run --until 1000 "$microvm"
code_is 0
cp "$out" "$TMPDIR/long"
lwsim run "$microvm"
same '--until behind the end' "$TMPDIR/long" "$out"

# before a deadline the outcome is unknown
deadline=$(scenario deadline.lw <<'S'
kernel 6.1
0 ip link add d0 type dummy
  expect d0 running within 2s
1 ip link set d0 up
S
)
lwsim run "$deadline"
code_is 0
lwsim run --until 0.5 "$deadline"
code_is 0

# wrong
for until in 4q x -4 1.2.3 0.5j 1e3 40000000000 1.0000000001; do
	refused '--until' run --until="$until" "$file"
done
for until in '' ' ' '#' '# 1' $'1 carrier_on lo\n2' '1 carrier_on lo #' '$wait' '"1"'; do
	refused '--until' run --until="$until" "$file"
done

# --kernel
lwsim run --kernel 6.1 "$file"
code_is 0
out_has 'on 6.1,'
lwsim compare --kernel 6.1 --kernel 6.1+urgent-event "$file"
code_is 0
out_has '+urgent-event'
out_lacks '5.8'
lwsim test --kernel 6.1+setlink-event "$file"
code_is 0
out_has '[6.1+setlink-event]'
out_has '1 passed'
lwsim test --kernel 6.1 --kernel 5.8 "$file"
out_has '2 passed'

finish
