#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The limits that "LIMITS" of lwsim-scenario(5) states: what is just within is read, one more is refused with its place.
. tests/lib/cli.sh

file=$TMPDIR/limit.lw
within() # TEXT
{
	printf '%b' "$1" >"$file"
	lwsim check "$file"
	code_is 0
	err_is_empty
}
beyond() # LINE:COL: MESSAGE, TEXT
{
	printf '%b' "$2" >"$file"
	lwsim run "$file" # before anything is made
	code_is 2
	out_is_empty
	err_has "$file:$1"
	[[ $(grep -c error: "$err") -eq 1 ]] || fail "$said: one error is not enough"
}

within '0 ip link add d{1..1000000} type dummy\n'
beyond '1:3: error: more than 1000000 new devices, expected fewer' '0 ip link add d{1..1000001} type dummy\n'
within '0 ip link add v{1..500000} type veth peer name w{1..500000}\n'
beyond '1:3: error: more than 1000000 new devices' '0 ip link add v{1..500001} type veth peer name w{1..500001}\n'
beyond '2:3: error: more than 1000000 new devices' '0 ip link add d{1..600000} type dummy\n0 ip link add e{1..400001} type dummy\n'
again='repeat %d every 1ms {\n+0 ip link add d0 type dummy\n+0 ip link del d0\n}\n'
within "${again/\%d/1000000}"
beyond '1:1: error: more than 1000000 new devices' "${again/\%d/1000001}"

within '0 ip netns add n{1..1000000}\n'
beyond '1:3: error: more than 1000000 new namespaces, expected fewer' '0 ip netns add n{1..1000001}\n'
again='repeat %d every 1ms {\n+0 ip netns add n\n+0 ip netns del n\n}\n'
within "${again/\%d/1000000}"
beyond '1:1: error: more than 1000000 new namespaces' "${again/\%d/1000001}"

again='0 ip link add d0 type dummy\nrepeat %d every 1ms {\n+0 carrier_on d0\n}\n'
within "${again/\%d/9999999}"
beyond '2:1: error: more than 10000000 statements, expected fewer' "${again/\%d/10000000}"
beyond '2:8: error:' "${again/\%d/10000001}"

params() # COUNT
{
	seq -f 'param p%.0f = x' "$1"
}
{ params 100000; echo "0 mark # \$p1"; } >"$file"
lwsim check "$file"
code_is 0
params 100001 >"$file"
lwsim run "$file"
code_is 2
err_has "$file:100001:7: error: more than 100000 parameters, expected fewer"

# commands that wait: known only when they do
waiting='rtnl_lock for 1s\nrepeat %d every 0s {\n+0 ip link set lo down\n}\n'
printf "$waiting" 100000 >"$file"
lwsim run "$file"
code_is 0
printf "$waiting" 100001 >"$file"
lwsim run "$file"
code_is 1
err_has "$file:3:4: error: more than 100000 commands wait for rtnl"
finish
