#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# lwsim explain: the story of a run. Its full output is in golden/output/explain-*.
. tests/lib/cli.sh

# -- for one device: of the others only the actions are shown
lwsim explain --device eth0 scenarios/two_nics.lw
code_is 0
err_is_empty
out_has 'eth0 has an event'
out_lacks 'eth1 has'
out_lacks 'notification: eth1'
refused_device() # DEVICE
{
	lwsim explain --device "$1" scenarios/netns.lw
	code_is 2
	err_has "--device $1: the run has no such device"
}
refused_device nowhere
refused_device n1/nowhere
lwsim explain --device n1/eth0 scenarios/netns.lw
code_is 0
out_has 'notification: n1/eth0'

# -- it evaluates no expectations
file=$(scenario wrong.lw <<'S'
kernel 6.1
0 ip link add d0 type dummy
  expect d0 operstate UP
  ip link set nowhere up = ENODEV
S
)
sed -i '$d' "$file"
lwsim explain "$file"
code_is 0
err_is_empty
lwsim explain scenarios/bad/bad-errno.lw
code_is 2
out_is_empty

# -- on another kernel, with another param, to another end
lwsim explain --kernel 5.8+urgent-event+setlink-event --set open=1s --until 2 scenarios/microvm.lw
code_is 0
tr -s ' \n' ' ' <"$out" >"$TMPDIR/line"
file_has "$TMPDIR/line" 'urgent: it is up and its stored operstate is DOWN'
out_has '1.010000  > setlink eth0 up'

# -- for a link_watch.c from a file: what could be observed, marked as derived
export XDG_CACHE_HOME=$TMPDIR/cache
lwsim explain --wide --kernel src:tests/differential/always_urgent.c,base=6.1 scenarios/microvm.lw
code_is 0
out_has "eth0's stored operstate changes from DOWN to UP"
out_has ', derived)'
[[ $(grep -c 'linkwatch runs' "$out") -ge 2 ]] || fail "$said: runs are missing"
grep -A1 'linkwatch runs' "$out" | grep -q 'stored operstate' || fail "$said: a run is told after what it does"

finish
