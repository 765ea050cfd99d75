#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# lwsim report: its files and their contents, that no text of a scenario becomes markup, and that files are complete
# or absent.
. tests/lib/cli.sh
export HOME=$TMPDIR XDG_CACHE_HOME=$TMPDIR/cache

# draw SCENARIO FILE [ARGUMENT...]: draws a report without printing anything
draw()
{
	local file=$1 to=$2
	shift 2
	lwsim report "$file" -o "$to" "$@"
	code_is 0
	out_is_empty
	err_is_empty
	[[ -s $to ]] || fail "$said: $to is not there"
}
page_is_good() # PAGE
{
	python3 tests/lib/page.py "$1" >"$TMPDIR/wrong" || { fail "$1:"; show "$TMPDIR/wrong"; }
}

# -- each file has its format, is the same each time, and is readable by all
for ending in html svg png pdf; do
	draw "$microvm" "$TMPDIR/a.$ending"
	draw "$microvm" "$TMPDIR/b.$ending"
	same "$ending, twice" "$TMPDIR/a.$ending" "$TMPDIR/b.$ending"
done
[[ $(head -c 4 "$TMPDIR/a.png" | od -An -tx1) == ' 89 50 4e 47' ]] || fail 'no PNG'
[[ $(head -c 5 "$TMPDIR/a.pdf") == %PDF- ]] || fail 'no PDF'
[[ $(stat -c %a "$TMPDIR/a.svg") == $(printf '%o' $((0666 & ~0$(umask)))) ]] || fail 'permissions of a.svg'
xmllint --noout "$TMPDIR/a.svg" 2>"$err" || [[ $? -eq 127 ]] || { fail 'a.svg is no XML:'; show "$err"; }
# UPDATE=1 rewrites it: look at it before you commit it
[[ ${UPDATE:-} != 1 ]] || cp "$TMPDIR/a.svg" tests/golden/microvm.svg
same 'the picture of microvm.lw' tests/golden/microvm.svg "$TMPDIR/a.svg"

# -- the page: title, kernels, waits, source, numbers
page=$TMPDIR/a.html
page_is_good "$page"
file_has "$page" '<h1>microVM: networkd sets eth0 up after virtnet_probe</h1>'
file_has "$page" 'UP to RUNNING: 614ms'
file_has "$page" 'eth0 is UP at 0.410 s, and RUNNING at 1.024 s: a DHCP client waits <b>614ms</b>.'
file_has "$page" ' Its carrier is on from 0.010 s. Why: <a href="#e0-'
file_has "$page" 'eth0 is UP and RUNNING at 0.410 s: no wait. Why: <a href="#e2-'
file_has "$page" '<p>The same as on 5.8, in every sentence and at the same times'
file_has "$page" 'linkwatch waits until 1.024000, rounded up by the timer wheel: after the full run at 0.010000 for eth0 (line 11), the next'
file_has "$page" '<li id="L14"><a class="number" href="#e0-'
file_has "$page" '<td>5.8+urgent-event</td><td>eth0</td><td class="count">614ms</td><td class="count">-</td><td class="count">3</td><td class="count">2</td>'
file_has "$page" 'for RUNNING; <strong>3</strong> notifications, up to <strong>2</strong> a second.</li>'
file_has "$page" 'no wait for RUNNING; <strong>3</strong> notifications, up to <strong>3</strong> a second.</li>'
file_lacks "$page" '-- trace' # snapshots are left out
for kernel in 5.8 5.8+urgent-event 5.8+urgent-event+setlink-event; do
	file_has "$page" "<h3>Linux $kernel</h3>"
	file_has "$page" ">Linux $kernel</text>"
done
lwsim report --kernel 6.12 --set open=1s --until 3 "$microvm" --output "$TMPDIR/c.html"
code_is 0
file_has "$TMPDIR/c.html" '<h3>Linux 6.12</h3>'
file_lacks "$TMPDIR/c.html" '<h3>Linux 5.8</h3>'
file_has "$TMPDIR/c.html" 'eth0 is UP and RUNNING at 1.010 s: no wait.'
# the verdict has notifications only where kernels differ in them
file_has "$TMPDIR/c.html" '<li><b>6.12</b>: no wait for RUNNING.</li>'
# carrier that userspace hears of late is no "no wait": without a qdisc the event is not urgent on 4.19
late=$(scenario late.lw <<'S'
kernel 4.19
compare 4.19 6.1
hz 1000
0 virtnet_probe eth0 status=on
1 ip link set eth0 txqueuelen 0
2 ip link set eth0 up
3 virtnet_config_changed eth0 link=down
3.1 virtnet_config_changed eth0 link=up
6 end
S
)
lwsim report "$late" -o "$TMPDIR/late.html"
code_is 0
file_has "$TMPDIR/late.html" '<li><b>4.19</b>: for <strong>964ms</strong> eth0 has carrier and userspace sees no RUNNING; <strong>5'
file_has "$TMPDIR/late.html" '<li><b>6.1</b>: no wait for RUNNING; <strong>5'
draw scenarios/runaway_driver.lw "$TMPDIR/runaway.html"
file_has "$TMPDIR/runaway.html" '; <strong>12</strong> notifications, up to <strong>2</strong> a second.</li>'
file_has "$TMPDIR/runaway.html" '; <strong>31</strong> notifications, up to <strong>21</strong> a second.</li>'
lwsim report scenarios/bond.lw -o "$TMPDIR/several.html" --kernel 2.6.24 --kernel 6.1
file_has "$TMPDIR/several.html" '</strong> a second of '

# -- any name in a scenario is text
evil=$(scenario 'evil & <b>.lw' <<'S'
title    "<script>alert(1)</script> ]]> &amp; \"'"
kernel   6.1
0        ip link add a<b type dummy
         ip link add c&d type dummy
         ip link add e"f type dummy
         ip link add g>'h type dummy # --> <!-- </li></ol> <svg/onload=alert(2)> é
         ip link set a<b up
         ip link set c&d up
         ip link set e"f up
         ip link set g>'h up
1        ip link set c&d carrier off
1.1      ip link set a<b carrier off
S
)
for ending in html svg png pdf; do
	draw "$evil" "$TMPDIR/evil.$ending"
done
page_is_good "$TMPDIR/evil.html"
for file in "$TMPDIR"/evil.{html,svg}; do
	file_lacks "$file" '<script'
	file_lacks "$file" 'evil & '
	file_lacks "$file" 'onload=alert(2)>'
	file_lacks "$file" 'a<b'
	file_lacks "$file" 'c&d'
	file_lacks "$file" 'e"f'
	file_has "$file" '&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &amp;amp; '
	file_has "$file" 'a&lt;b'
	file_has "$file" 'c&amp;d'
	file_has "$file" 'e&quot;f'
	file_has "$file" 'g&gt;&#39;h'
done
python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' "$TMPDIR/evil.svg" ||
	fail 'evil.svg is no XML'
# invalid UTF-8, and invisible characters
strange=$TMPDIR/$'a\xffb\xe2\x80\xaec\xef\xbf\xbfd\x01\te.lw'
cp "$microvm" "$strange"
for ending in html svg png pdf; do
	draw "$strange" "$TMPDIR/bytes.$ending"
done
python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' "$TMPDIR/bytes.svg" ||
	fail 'bytes.svg is no XML'
file_has "$TMPDIR/bytes.html" $'a\xef\xbf\xbdb\xef\xbf\xbdc\xef\xbf\xbdd\xef\xbf\xbd\te.lw'

# -- what userspace sees wrongly, failures, settings, renames
draw scenarios/lessons/05-limit.lw "$TMPDIR/limit.html"
file_has "$TMPDIR/limit.html" 'For <b>1.043s</b> userspace sees RUNNING on eth1, which is down or has no carrier.'
file_has "$TMPDIR/limit.html" '<li><b>6.1</b>: for <strong>1.043s</strong> userspace sees RUNNING on eth1'
file_has "$TMPDIR/limit.html" '<details id="primer"><summary>'
title=$(grep -o '<h1>[^<]*' "$TMPDIR/limit.html")
[[ $(grep -oF ">${title#<h1>}<" "$TMPDIR/limit.html" | wc -l) -eq 2 ]] || fail 'the title is not once in the head and once on the page'
file_has "$TMPDIR/limit.html" '<td class="count">1.043s, eth1</td>'
file_has "$TMPDIR/limit.html" '>stale RUNNING for 1.043s</text>'
fails=$(scenario fails.lw <<'S'
kernel   6.1
param    wait = 1s
0        ip link add d0 type dummy
         ip link set d0 name e0
+$wait   ip link add e0 type dummy
+1       ip link set e0 up
S
)
lwsim report "$fails" -o "$TMPDIR/fails.html" --set wait=3s
code_is 0
file_has "$TMPDIR/fails.html" '>errors</text>'
file_has "$TMPDIR/fails.html" '>RTNETLINK answers: File exists</text>'
file_has "$TMPDIR/fails.html" ', wait=3s: simulated by lwsim'
page_is_good "$TMPDIR/fails.html"

# -- many devices, many statements, a long time: folded, cut, with a message
draw scenarios/without_budget.lw "$TMPDIR/many.html"
page_is_good "$TMPDIR/many.html"
file_has "$TMPDIR/many.html" '>d{0..249}</text>' # on 4.19
file_has "$TMPDIR/many.html" '>d{0..99}</text>'  # on 5.4
odd=$(scenario odd.lw <<'S'
kernel   6.1
0        ip link add d{0..59} type dummy
         ip link set d{0..59} mode dormant
         repeat 1100 every 10ms {
             setlink d0 up
             ip link set d{0..59} carrier off
         }
+1       ip link set d3 up
         ip link set d4 up
+2       ip link set d5 up
+1       ip link set d5 state up
+1       ip link set d7 up
+1       ip link set d9 up
         ip link set d11 name e11
         ip link set d13 up
+1       ip link set d15 up
+1       ip link set d17 up
+1       ip link set d19 up
         ip link set d21 up
         testing_on d21
+1       ip link set d23 up
+1       ip link set d25 up
         ip link set d27 up
+1       ip link set d31 up
         rtnl_lock for 2s
+1ms     ip link set d31 down
+1       ip link del d31
         repeat 50 every 10s {
             ip link set d0 down
         }
S
)
draw "$odd" "$TMPDIR/odd.html" --kernel 6.1 --kernel 4.19 --kernel 5.8
page_is_good "$TMPDIR/odd.html"
file_has "$TMPDIR/odd.html" ' more devices</text>'
draw "$odd" "$TMPDIR/odd.pdf"
draw scenarios/wrap.lw "$TMPDIR/wrap.html" # 250 days
file_has "$TMPDIR/wrap.html" '>249d left out</text>'
draw scenarios/testing.lw "$TMPDIR/testing.svg"
file_has "$TMPDIR/testing.svg" '>TESTING</text>'
draw scenarios/netns.lw "$TMPDIR/netns.html" --kernel 6.1
page_is_good "$TMPDIR/netns.html"
file_has "$TMPDIR/netns.html" '>n1/eth0</text>'
quiet=$(scenario quiet.lw <<'S'
0        ip link add d0 type dummy
         repeat 60 every 10s {
             setlink d0 up
+1s          setlink d0 down
         }
         repeat 60 every 10s {
             ip link set d0 down
         }
S
)
draw "$quiet" "$TMPDIR/quiet.html"
page_is_good "$TMPDIR/quiet.html"
file_has "$TMPDIR/quiet.html" 'line 7, repeated: no effect'
dense=$(scenario dense.lw <<'S'
0        virtnet_probe eth0 status=on
1        setlink eth0 up
         repeat 3000 every 10ms {
             virtnet_config_changed eth0 link=down
+5ms         virtnet_config_changed eth0 link=up
         }
S
)
draw "$dense" "$TMPDIR/dense.html"
file_has "$TMPDIR/dense.html" ' prints all</p>'
draw "$dense" "$TMPDIR/dense.svg"
file_has "$TMPDIR/dense.svg" $'>\xc3\x975999</text>'
[[ $(stat -c %s "$TMPDIR/dense.svg") -lt 500000 ]] || fail 'what cannot be seen is drawn one by one'
nothing=$(scenario nothing.lw <<<'title "nothing"')
draw "$nothing" "$TMPDIR/nothing.svg"
draw "$nothing" "$TMPDIR/nothing.png"
draw "$nothing" "$TMPDIR/nothing.html"
file_has "$TMPDIR/nothing.html" 'No device was UP'

# -- a page that scrolls sideways says so: one wider than any page does so in every window
grep -q '^@media screen and (max-width:[0-9]*px){.sideways{display:block}}$' "$page" || fail "$page never says that it scrolls"
file_has "$TMPDIR/odd.html" '@media screen{.sideways{display:block}}'

# -- a link_watch.c from a file
draw "$microvm" "$TMPDIR/src.html" --kernel src:tests/differential/always_urgent.c,base=6.1 --kernel 6.1
page_is_good "$TMPDIR/src.html"
file_has "$TMPDIR/src.html" '<h3>Linux src:tests/differential/always_urgent.c,base=6.1</h3>'
file_has "$TMPDIR/src.html" 'not visible in a link_watch.c from a file'
cp tests/differential/always_urgent.c "$TMPDIR" # a header's path has no blanks, as $PWD may
printf 'kernel src:%s/always_urgent.c,base=6.1\n0 ip link add d0 type dummy\n' "$TMPDIR" >"$TMPDIR/header.lw"
draw "$TMPDIR/header.lw" "$TMPDIR/header.svg"
echo 'int' >"$TMPDIR/link_watch.c"
lwsim report "$microvm" -o "$TMPDIR/broken.svg" --kernel "src:$TMPDIR/link_watch.c,base=6.1"
code_is 2
[[ ! -e $TMPDIR/broken.svg ]] || fail "$said: has left a file"

# -- installed
mkdir -p "$TMPDIR/prefix/bin" "$TMPDIR/prefix/libexec/lwsim"
cp "$LWSIM" "$TMPDIR/prefix/bin"
"$TMPDIR/prefix/bin/lwsim" report "$microvm" -o "$TMPDIR/installed.svg" 2>"$err"
code=$? said='lwsim without lwsim-report'
code_is 2
err_has 'cannot find lwsim-report'
cp "$(dirname "$LWSIM")/lwsim-report" "$TMPDIR/prefix/libexec/lwsim"
"$TMPDIR/prefix/bin/lwsim" report "$microvm" -o "$TMPDIR/installed.svg" || fail 'installed, it does not run'
same 'installed' "$TMPDIR/a.svg" "$TMPDIR/installed.svg"

# -- refused
for name in x x.gif .svg svg '' - x.SVG; do
	refused 'expected -o FILE.html, FILE.svg, FILE.png or FILE.pdf' report "$microvm" -o "$name"
done
refused 'expected -o FILE.html, FILE.svg, FILE.png or FILE.pdf' report "$microvm"
refused '-o needs an argument' report "$microvm" -o
refused 'no kernel' report --kernel 9.9 "$microvm" -o "$TMPDIR/x.svg"
refused 'error:' report scenarios/bad/bad-batch-block.lw -o "$TMPDIR/x.svg"
[[ ! -e $TMPDIR/x.svg ]] || fail "$said: has left a file"
refused 'cannot be written: No such file or directory' report "$microvm" -o "$TMPDIR/nowhere/x.svg"
mkdir "$TMPDIR/folder.svg"
refused 'cannot be written: Is a directory' report "$microvm" -o "$TMPDIR/folder.svg"
for ending in html svg png pdf; do # a full disk: the old file stays
	echo before >"$TMPDIR/full.$ending"
	# coverage counters would be truncated, too
	(ulimit -f 1; trap '' XFSZ; GCOV_PREFIX=$TMPDIR "$LWSIM" report "$microvm" -o "$TMPDIR/full.$ending" 2>"$err"; exit $?)
	code=$?
	said="report -o full.$ending"
	code_is 2
	err_has 'cannot be written: File too large'
	[[ $(cat "$TMPDIR/full.$ending") == before ]] || fail "$said: has changed the file"
done
left=$(find "$TMPDIR" -name '*.svg.*' -o -name '*.html.*' -o -name '*.p??.*')
[[ -z $left ]] || fail "files are left over: $left"

# -- an existing file keeps its permissions; a link still leads to the new file
echo before >"$TMPDIR/real.svg"
chmod 600 "$TMPDIR/real.svg"
ln -s real.svg "$TMPDIR/link.svg"
draw "$microvm" "$TMPDIR/link.svg"
[[ -L $TMPDIR/link.svg && $(stat -c %a "$TMPDIR/real.svg") == 600 ]] || fail 'link.svg or its permissions'
same 'through a link' "$TMPDIR/a.svg" "$TMPDIR/real.svg"
ln -s "$TMPDIR/later.svg" "$TMPDIR/early.svg" # to a file that does not exist yet
draw "$microvm" "$TMPDIR/early.svg"
[[ -L $TMPDIR/early.svg ]] || fail 'early.svg is no link any more'
same 'through a link to nothing' "$TMPDIR/a.svg" "$TMPDIR/later.svg"
ln -s "$TMPDIR/nowhere/later.svg" "$TMPDIR/lost.svg"
refused 'lost.svg: cannot be written: No such file or directory' report "$microvm" -o "$TMPDIR/lost.svg"
[[ -L $TMPDIR/lost.svg ]] || fail 'lost.svg is no link any more'

# -- a file that is not regular is written to, and keeps its type
mkdir "$TMPDIR/pipe"
mkfifo "$TMPDIR/pipe/x.svg"
ln -s x.svg "$TMPDIR/pipe/link.svg"
for name in x link; do
	timeout 900 cat "$TMPDIR/pipe/x.svg" >"$TMPDIR/read.svg" &
	lwsim report "$microvm" -o "$TMPDIR/pipe/$name.svg"
	wait $!
	code_is 0
	err_is_empty
	[[ -p $TMPDIR/pipe/x.svg && -L $TMPDIR/pipe/link.svg ]] || { fail "$said: has replaced it"; break; }
	same "through $name.svg" "$TMPDIR/a.svg" "$TMPDIR/read.svg"
done
[[ $(ls "$TMPDIR/pipe") == $'link.svg\nx.svg' ]] || fail "beside the FIFO: $(ls "$TMPDIR/pipe")"
mkdir "$TMPDIR/full"
for ending in html svg png pdf; do # its own node: may be replaced without harm
	device=$TMPDIR/full/x.$ending
	if ! mknod "$device" c 1 7 2>"$err" || ! : 2>"$err" >"$device"; then
		printf 'no device of its own to write to: %s\n' "$(cat "$err")"
		break
	fi
	refused 'cannot be written: No space left on device' report "$microvm" -o "$device"
	[[ -c $device ]] || fail "$said: has replaced it"
done

finish
