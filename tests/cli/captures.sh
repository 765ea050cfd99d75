#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Captures: `lwsim import`, and explain, compare and diff --against. What they print is in golden/output/.
. tests/lib/cli.sh
captures=scenarios/captures
libnl=$captures/libnl_374.txt

# -- two commands lead from each log to the sentence that names the cause
names() # CAPTURE SENTENCE...: the explanation has these sentences, wherever lines are wrapped
{
	local capture=$captures/$1 sentence
	shift
	lwsim import --scenario -o "$TMPDIR/s.lw" "$capture"
	code_is 0
	err_is_empty
	lwsim test "$TMPDIR/s.lw" # the expectations that it writes hold
	code_is 0
	lwsim diff --against "$capture" "$TMPDIR/s.lw"
	code_is 0
	out_has 'no difference'
	lwsim explain --against "$capture" "$TMPDIR/s.lw"
	code_is 0
	err_is_empty
	lines_fit "$out"
	tr -s ' \n' ' ' <"$out" >"$TMPDIR/words"
	for sentence; do
		file_has "$TMPDIR/words" "$sentence"
	done
}
names libnl_374.txt '1 late by linkwatch' 'eno6np1 <UP> state DOWN at 12:20:50.382616 is up to 1.012s late' \
	'not urgent: a plain device without carrier is rate-limited' 'after the full run at 10.024000 for eno5np0'
names frr_14481.txt 'stands for 1 carrier loss and 1 gain' 'so the events merge'
names openlldp_31.txt 'br0 goes back on the list: it has carrier and its qdisc is active already'
names systemd_21995.txt 'after the full run at 11.512030 for veth1'
names sonic_12587.txt 'Ethernet0 <UP> state DOWN at 08:00:01.028344 is up to' 'for vethc1'

# -- causes that send nothing: what is exported of a scenario is imported with the same timeline, and says what is assumed
assumes() # SCENARIO KERNEL HZ FORMAT TEXT...
{
	local scenario=scenarios/$1 kernel=$2 hz=$3 format=$4 text
	shift 4
	"$LWSIM" run --format "$format" --kernel "$kernel" "$scenario" >"$TMPDIR/capture" 2>"$TMPDIR/note"
	lwsim import --scenario --kernel "$kernel" --hz "$hz" -o "$TMPDIR/s.lw" "$TMPDIR/capture"
	code_is 0
	err_is_empty
	for text; do
		file_has "$TMPDIR/s.lw" "$text"
	done
	lwsim diff --kernel "$kernel" --against "$TMPDIR/capture" --tolerance 1us "$TMPDIR/s.lw"
	code_is 0
	out_has 'no difference'
}
assumes findings/urgent-event-later.lw 6.1 100 rtmon 'carrier_off d0 # ? while it is down, which sends nothing'
assumes urgent-by-opening.lw 6.1 250 pcap "# ? something elsewhere uses up linkwatch's second"
assumes vlan_by_work.lw 7.2 250 ip 'worker latency 0.01s # ? the worker is busy'
assumes networkd.lw 5.8 250 rtmon 'rtnl_lock for 0.006s # ? the message waited for rtnl'
assumes reports/wicked_882_dormant.lw 6.1 100 ip 'ip link set e0 mode dormant # ? a change that the message does not show'
assumes netns.lw 6.1 250 ip 'ip link add v1 index 78 up type veth peer name eth0 index 99 netns elsewhere' \
	'ip -n elsewhere link set eth0 netns 1 # ? from which namespace'
assumes wrap.lw 6.1 100 rtmon 'bits     32 # ?' 'batch {'
assumes macvlan.lw 6.1 250 ip 'type macvlan # ? its kind' 'type ipvlan # ? its kind'

# -- more peers in other namespaces than there was room for at first
for ((i = 2; i < 40; i++)); do
	printf '%d: v%d@if9: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN group default \\    ' $i $i
	printf 'link/ether 02:00:00:00:00:%02d brd ff:ff:ff:ff:ff:ff link-netnsid 0\n' $i
done >"$TMPDIR/abroad.txt"
lwsim import "$TMPDIR/abroad.txt"
code_is 0
out_has 'ip link add v39 index 39 type veth peer name v39 index 9 netns elsewhere'

# -- a recording of a running kernel: all of it is explained, and its scenario holds what it expects
lwsim import --scenario --kernel 6.18 -o "$TMPDIR/s.lw" $captures/kernel_6.18.txt
code_is 0
out_has '73 of 73 messages explained'
lwsim test "$TMPDIR/s.lw"
code_is 0
lwsim explain --against $captures/kernel_6.18.txt "$TMPDIR/s.lw"
out_has 'not accounted for: none'
out_has 'passed over: 36 bridge port'
lines_fit "$out"

# -- what is not linkwatch's is said to be left
lwsim import --scenario -o "$TMPDIR/s.lw" $captures/netdev_2021_selftest.txt
code_is 0
out_has '2 of 3 messages explained'
file_has "$TMPDIR/s.lw" '# ? 17:58:27.240000 swp13 <UP,RUNNING> state UP: no statement found that leads to it'
lwsim explain --against $captures/netdev_2021_selftest.txt "$TMPDIR/s.lw"
code_is 1
out_has 'not accounted for'
out_has 'swp13 +UP +RUNNING UP: appeared'

# -- options
lwsim import --scenario -o "$TMPDIR/libnl.lw" $libnl
lwsim diff --against $libnl --tolerance 1ms "$TMPDIR/libnl.lw"
out_has 'tolerance 1ms'
lwsim diff --against $libnl --offset 10.024 "$TMPDIR/libnl.lw"
code_is 0
lwsim diff --against $libnl --offset 10.5 "$TMPDIR/libnl.lw"
code_is 1
out_has '476ms later'
lwsim diff --against $libnl --kernel 6.1+limit-5ms "$TMPDIR/libnl.lw"
code_is 1
lwsim compare --against $libnl "$TMPDIR/libnl.lw"
code_is 0
out_has 'libnl_374.txt'
lines_fit "$out"
lwsim report --against $libnl -o "$TMPDIR/page.html" "$TMPDIR/libnl.lw"
code_is 0
file_has "$TMPDIR/page.html" '1 late by'
file_has "$TMPDIR/page.html" 'eno6np1 &lt;UP&gt; state DOWN at 12:20:50.382616'
refused '--against is for .html' report --against $libnl -o "$TMPDIR/page.svg" "$TMPDIR/libnl.lw"
refused 'reads files, not standard input' report --against - -o "$TMPDIR/page.html" "$TMPDIR/libnl.lw"
lwsim explain --against $libnl --device eno5np0 "$TMPDIR/libnl.lw"
out_has 'late by linkwatch: none'
lwsim import --scenario --kernel 5.10 --hz 1000 $libnl
out_has 'kernel   5.10 # ?'
out_has 'hz       1000 # ?'
lwsim import $captures/systemd_21995.txt
code_is 0
out_has 'veth0               4  ip link add veth0 address 02:00:00:00:00:05 type veth peer name veth1'

refused '--offset and --tolerance are for --against' diff --offset 4s "$microvm"
refused "--tolerance: expected a time" diff --against $libnl --tolerance '' "$TMPDIR/libnl.lw"
refused "--tolerance 5x: unknown unit 'x'" diff --against $libnl --tolerance 5x "$TMPDIR/libnl.lw"
refused '--hz 17: expected 100, 250, 300 or 1000' import --scenario --hz 17 $libnl
refused 'takes a version, not a link_watch.c' import --scenario --kernel src:tests/differential/always_urgent.c,base=6.1 $libnl
refused '-o is for --scenario' import -o "$TMPDIR/x.lw" $libnl
refused 'that is the capture' import --scenario -o "$libnl" $libnl
refused 'standard input cannot be both' explain --against - -
refused 'takes one scenario' diff --against $libnl "$microvm" "$microvm"
refused 'takes one scenario' diff --against $libnl --all --kernel 6.1 --kernel 6.12
refused 'takes one --kernel' diff --against $libnl --kernel 6.1 --kernel 6.12 "$microvm"
refused 'prints text only' diff --against $libnl --format markdown "$microvm"
refused 'No such file' explain --against "$TMPDIR/none" "$microvm"
refused 'unknown option --against: --against is an option of' run --against $libnl "$microvm"

# -- a capture that has nothing to do with the scenario
lwsim diff --against $libnl "$microvm"
out_has 'have no message in common'
code_is 1
out_has 'differs: 0 of the capture'
out_has 'devices of the capture, with their messages: eno5np0 (2), eno6np1'

# -- other forms of the text: with labels, on one line, with details, without times, on standard input
cat >"$TMPDIR/all.txt" <<'S'
$ ip -ts -o -d monitor all
[2024-01-01T00:00:01.000000] [NETCONF]inet eth0 forwarding off rp_filter off
[2024-01-01T00:00:01.000000] [LINK]2: eth0: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc mq state DOWN mode DEFAULT group default qlen 1000\    link/ether 02:00:00:00:00:02 brd ff:ff:ff:ff:ff:ff promiscuity 0  allmulti 0 minmtu 68 maxmtu 65535 \    dummy numtxqueues 1 numrxqueues 1
[2024-01-01T00:00:01.500000] [ADDR]2: eth0    inet 10.0.0.1/24 scope global eth0\       valid_lft forever preferred_lft forever
[2024-01-01T00:00:01.600000] [ROUTE]Deleted local 10.0.0.1 dev eth0 table local proto kernel scope host src 10.0.0.1
[2024-01-01T00:00:01.700000] [NEIGH]10.0.0.2 dev eth0 lladdr 02:00:00:00:00:09 REACHABLE
[2024-01-01T00:00:02.000000] [LINK]Deleted 2: eth0: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN mode DEFAULT group default \    link/ether 02:00:00:00:00:02 brd ff:ff:ff:ff:ff:ff
S
lwsim import "$TMPDIR/all.txt"
code_is 0
out_has '2 notifications'
out_has 'passed over: 1 address, 1 route, 1 neighbour, 1 other'
out_has 'ip link add eth0 type dummy'
err_has 'not a line of `ip monitor`: passed over'
cat >"$TMPDIR/plain.txt" <<'S'
2: eth0: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc mq state DOWN group default
    link/ether 02:00:00:00:00:02 brd ff:ff:ff:ff:ff:ff
    alias my \ port
2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP group default
    link/ether 02:00:00:00:00:02 brd ff:ff:ff:ff:ff:ff
3: eth1@if7: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default
S
lwsim import --scenario -o "$TMPDIR/plain.lw" - <"$TMPDIR/plain.txt"
code_is 0
file_has "$TMPDIR/plain.lw" 'The capture has no times'
file_has "$TMPDIR/plain.lw" 'netns elsewhere'
lwsim explain --against "$TMPDIR/plain.txt" "$TMPDIR/plain.lw"
out_has 'only the order is compared'

# -- what is wrong is refused with its place
wrong() # MESSAGE LINE...
{
	local message=$1
	shift
	printf '%s\n' "$@" >"$TMPDIR/wrong.txt"
	refused "$message" import "$TMPDIR/wrong.txt"
}
good='2: eth0: <UP> mtu 1500 qdisc mq state DOWN group default'
wrong "wrong.txt:2:11: error: unknown flag 'UPP'" "$good" '2: eth0: <UPP> mtu 1500 qdisc mq state DOWN'
wrong "wrong.txt:1:10: error: flags without '>'" '2: eth0: <UP,LOWER' "$good"
wrong 'wrong.txt:1:19: error: mtu: expected a number' '2: eth0: <UP> mtu 1500x state DOWN' "$good"
wrong "unknown state 'DOWNN'" '2: eth0: <UP> mtu 1500 state DOWNN' "$good"
wrong 'expected a state' '2: eth0: <UP> mtu 1500' "$good"
wrong 'expected the flags' '2: eth0: mtu 1500 state UP' "$good"
wrong 'expected an ifindex' '99999999999: eth0: <UP> state UP' "$good"
wrong 'device: expected a name of 1 to 15 bytes' '2: eth0123456789abcdef: <UP> state UP' "$good"
wrong 'expected a time' "[2024-13-99T00:00:00.0] $good"
wrong 'expected Timestamp' 'Timestamp: yesterday' "$good"
wrong 'this time is before the previous one' "[2024-01-01T00:00:02.000000] $good" "[2024-01-01T00:00:01.000000] $good"
wrong 'expected a link' "[LINK]nonsense" "$good"
wrong 'no link message in it' 'Hello'
wrong 'no link message in it' ''
printf '%s\n2: eth0: <BROAD' "$good" >"$TMPDIR/cut.txt" # copied while it was written
lwsim import "$TMPDIR/cut.txt"
code_is 0
out_has '1 notification,'
err_has 'the last line is cut'
printf '%s\n\0' "$good" >"$TMPDIR/nul.txt"
refused 'byte 57 is 0: expected a pcap file, a file of rtmon, or the text' import "$TMPDIR/nul.txt"
"$LWSIM" run --format rtmon "$microvm" >"$TMPDIR/m.rtmon"
head -c 300 "$TMPDIR/m.rtmon" >"$TMPDIR/cut.rtmon"
refused 'cut.rtmon: error: byte ' import "$TMPDIR/cut.rtmon"

# -- a capture that begins at 0
printf '[1970-01-01T00:00:00.000000] 2: eth0: <UP,LOWER_UP> mtu 1500 qdisc mq state UP group default\n' >"$TMPDIR/zero.txt"
lwsim import --scenario -o "$TMPDIR/zero.lw" "$TMPDIR/zero.txt"
code_is 0
lwsim check "$TMPDIR/zero.lw"
code_is 0

# -- names that a scenario cannot have, and odd ones, do no harm
cat >"$TMPDIR/names.txt" <<'S'
[2024-01-01T00:00:01.000000] 2: a{0..9}: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc mq state DOWN group default
[2024-01-01T00:00:01.100000] 3: #x"y: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc mq state DOWN group default
[2024-01-01T00:00:01.200000] 4: up: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc mq state DOWN group default
[2024-01-01T00:00:03.300000] 5: eth0: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc mq state DOWN group default
S
lwsim import --scenario -o "$TMPDIR/names.lw" "$TMPDIR/names.txt"
code_is 0
lwsim check "$TMPDIR/names.lw"
code_is 0
lwsim explain --against "$TMPDIR/names.txt" "$TMPDIR/names.lw"
code_is 1
lines_fit "$out"

finish
