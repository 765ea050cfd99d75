#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Pages of lwsim report in a browser: texts do not overlap or leave the picture, each mark shows its explanation on
# focus, and the page fits its window, wide and narrow.
. tests/lib/cli.sh
export HOME=$TMPDIR

command -v chromium >/dev/null || skip 'no chromium'

sixty=$(scenario sixty.lw <<'S'
title    "<script>alert(1)</script>: a minute, 300 devices & more"
compare  6.1 5.8
hz       1000
0        ip link add a<b type dummy
         ip link add c&d type dummy
         ip link add n{0..299} type dummy
1        ip link set a<b up
         ip link set c&d up
         ip link set n{0..299} up
repeat 12 every 5s {
+0       ip link set a<b carrier off
+5ms     ip link set c&d carrier off
+995ms   ip link set a<b carrier on
         ip link set c&d carrier on
}
S
)
one=$(scenario one.lw <<'S'
title    "one device, ten events"
0.1      virtnet_probe eth0 status=on
+1ms     setlink eth0 up
         repeat 4 every 3ms {
             virtnet_config_changed eth0 link=down
+1ms         virtnet_config_changed eth0 link=up
         }
S
)
dense=$(scenario dense.lw <<'S'
0        virtnet_probe eth0 status=on
1        setlink eth0 up
         repeat 3000 every 10ms {
             virtnet_config_changed eth0 link=down
+5ms         virtnet_config_changed eth0 link=up
         }
S
)
mkdir "$TMPDIR/pages"
marks=()
for file in "$one" "$sixty" "$dense" "$microvm" scenarios/{storm,two_nics,bond,without_budget,netns,wrap}.lw \
	scenarios/reports/sonic_12587_{201st_vlan,250_ports}.lw; do
	page=$TMPDIR/pages/$(basename "$file" .lw).html
	lwsim report "$file" -o "$page"
	code_is 0
	python3 tests/lib/page.py "$page" >&3 || fail "$file: the page is not as it should be"
	marks+=("$page")
done
# A sweep's chart has no marks to focus, and must fit like the others.
chart=$TMPDIR/pages/chart.html
lwsim sweep --vary open=0s..2s/50ms --kernel 5.8 --kernel 6.12 "$microvm" -o "$chart"
code_is 0
python3 tests/lib/browser.py --marks "${marks[@]}" --no-marks "$chart" >&3 2>&1 || fail 'a browser shows faults: see above'

finish
