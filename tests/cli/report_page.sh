#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Pages of lwsim report in a browser: no text lies on another or leaves the picture, each mark shows its explanation when it has
# the focus, and the page fits its window, wide and narrow.
. tests/lib/cli.sh
export HOME=$TMPDIR

command -v chromium >/dev/null || skip 'no chromium'

browse() # PAGE WIDTH: the page's DOM
{
	timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
		--disable-background-networking --disable-component-update --disable-sync \
		--user-data-dir="$TMPDIR/chromium" --window-size="$2,1000" --virtual-time-budget=10000 \
		--dump-dom "file://$1" 2>"$err"
}

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
for file in "$one" "$sixty" "$dense" "$microvm" scenarios/{storm,two_nics,bond,without_budget,netns,wrap}.lw \
	scenarios/reports/sonic_12587_{201st_vlan,250_ports}.lw; do
	lwsim report "$file" -o "$TMPDIR/page.html"
	code_is 0
	python3 tests/lib/page.py "$TMPDIR/page.html" >&3 || fail "$file: the page is not as it should be"
	python3 tests/lib/page.py --probe "$TMPDIR/page.html" >"$TMPDIR/probe.html"
	for width in 1400 500; do
		browse "$TMPDIR/probe.html" $width >"$out" || { fail "$file: chromium has failed"; show "$err"; }
		python3 tests/lib/page.py --measured "$out" >&3 || fail "$file, $width wide: see above"
	done
done

# a sweep's chart has no marks to go to, and has to fit like the others
lwsim sweep --vary open=0s..2s/50ms --kernel 5.8 --kernel 6.12 "$microvm" -o "$TMPDIR/page.html"
code_is 0
python3 tests/lib/page.py --probe "$TMPDIR/page.html" >"$TMPDIR/probe.html"
for width in 1400 500; do
	browse "$TMPDIR/probe.html" $width >"$out" || { fail "the chart: chromium has failed"; show "$err"; }
	python3 tests/lib/page.py --measured "$out" --no-marks >&3 || fail "the chart, $width wide: see above"
done

finish
