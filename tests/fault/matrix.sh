#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Each command meets each fault once: the table is in matrix.py. The other tests here fail each call in turn.
. tests/fault/lib.sh

# long enough for a signal in the middle: a run checks every 256 steps
long=$(scenario long.lw <<'L'
kernel  6.1
compare 5.8 6.1
param   open = 1s
0       ip link add d0 type dummy
+$open  ip link set d0 up
repeat 1000 every 2s {
        ip link set d0 carrier off
  +1s   ip link set d0 carrier on
}
L
)
typed=$(sed '/^compare\|^param/d; s/+$open/+1s/' "$long" | scenario typed)
sed -n '/^repeat/,/^}/p' "$long" >>"$answered/lesson-1.lw"
export LWSIM_SRC_LIMIT_S=2 LONG=$long PART=$part TYPED=$typed ANSWERED=$answered/lesson-1.lw
python3 tests/fault/matrix.py || fail 'cells are wrong'
finish
