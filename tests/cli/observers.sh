#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# --as networkd and --as dhcp: how two kinds of daemons react to the same messages.
. tests/lib/cli.sh

is() # ARGUMENT... ; the expected output on standard input
{
	cat >"$TMPDIR/expected"
	lwsim run "$@"
	code_is 0
	err_is_empty
	same "$said" "$TMPDIR/expected" "$out"
}

# the original case, without and with the patch
is --as networkd "$microvm" <<'S'
0.410000 eth0: bringing link up
0.410000 eth0: flags change: +UP +LOWER_UP
1.024000 eth0: flags change: +RUNNING
1.024000 eth0: gained carrier
S
is --as dhcp "$microvm" <<'S'
0.410000 eth0: IFF_UP, waits for IFF_RUNNING
1.024000 eth0: sends DISCOVER, 614ms after IFF_UP
S
is --as networkd --kernel 5.8+urgent-event+setlink-event "$microvm" <<'S'
0.410000 eth0: bringing link up
0.410000 eth0: flags change: +UP +LOWER_UP
0.410000 eth0: flags change: +RUNNING
0.410000 eth0: gained carrier
S
is --as dhcp --kernel 5.8+urgent-event+setlink-event "$microvm" <<'S'
0.410000 eth0: IFF_UP, waits for IFF_RUNNING
0.410000 eth0: sends DISCOVER, 0ms after IFF_UP
S

# carrier lost and regained, a device closed, opened and deleted
file=$(scenario life.lw <<'S'
kernel 6.1
0 ip link add d0 type dummy
1 setlink d0 up
3 ip link set d0 carrier off
5 ip link set d0 carrier on
7 setlink d0 down
8 ip link set d0 up
9 ip link del d0
S
)
is --as networkd "$file" <<'S'
1.000000 d0: bringing link up
1.000000 d0: flags change: +UP +LOWER_UP +RUNNING
1.000000 d0: gained carrier
3.000000 d0: flags change: -LOWER_UP -RUNNING
3.000000 d0: lost carrier
5.000000 d0: flags change: +LOWER_UP +RUNNING
5.000000 d0: gained carrier
7.000000 d0: bringing link down
7.000000 d0: flags change: -UP -LOWER_UP -RUNNING
7.000000 d0: lost carrier
8.000000 d0: flags change: +UP +LOWER_UP +RUNNING
8.000000 d0: gained carrier
9.000000 d0: flags change: -UP -LOWER_UP -RUNNING
9.000000 d0: lost carrier
9.000000 d0: link removed
S
is --as dhcp "$file" <<'S'
1.000000 d0: sends DISCOVER, 0ms after IFF_UP
3.000000 d0: RUNNING lost, stops
5.000000 d0: RUNNING again, sends DISCOVER
7.000000 d0: RUNNING lost, stops
8.000000 d0: sends DISCOVER, 0ms after IFF_UP
9.000000 d0: RUNNING lost, stops
S

# DORMANT is not usable; only networkd looks at loopback
file=$(scenario dormant.lw <<'S'
kernel 6.1
0 ip link set lo up
  ip link add d0 type dummy
  ip link set d0 mode dormant carrier off
2 ip link set d0 up
4 ip link set d0 carrier on
6 ip link set d0 state up
8 ip link set d0 state dormant
S
)
lwsim run --as networkd "$file"
code_is 0
[[ $(grep -c 'd0: gained carrier' "$out") -eq 1 ]] || fail "$said: carrier gained not once: $(cat "$out")"
out_has '6.000000 d0: gained carrier'
out_has '8.000000 d0: lost carrier'
out_has 'lo: gained carrier'
lwsim run --as dhcp "$file"
code_is 0
out_lacks 'lo: '
out_has '6.000000 d0: sends DISCOVER, 4s after IFF_UP'

finish
