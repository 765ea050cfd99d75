#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# `lwsim run --format ip`, rtmon and pcap: which messages they have, and where they are written. What they say is
# checked by tests/lanes/wire.sh with iproute2 and Wireshark.
. tests/lib/cli.sh

# -- bytes do not go to a terminal
for format in rtmon pcap; do
	said="lwsim run --format $format on a terminal"
	script -qec "'$LWSIM' run --format $format $microvm" /dev/null >"$out" 2>&1 </dev/null
	tr -s '\r\n ' ' ' <"$out" | grep -q "error: --format $format writes bytes, which are not for a terminal; expected -o FILE" ||
		{ fail "$said is not refused:"; show "$out"; }
	script -qec "'$LWSIM' run --format $format -o '$TMPDIR/terminal' $microvm" /dev/null >"$out" 2>&1 </dev/null
	[[ -s $TMPDIR/terminal && ! -s $out ]] || { fail "$said with -o:"; show "$out"; }
	rm -f "$TMPDIR/terminal"
done

# -- -o and standard output get the same, in every format
for format in text jsonl lanes ip rtmon pcap; do
	lwsim run --format $format "$microvm"
	code_is 0
	cp "$out" "$TMPDIR/printed"
	lwsim run --format $format -o "$TMPDIR/written" "$microvm"
	code_is 0
	out_is_empty
	err_is_empty
	same "-o and standard output, $format" "$TMPDIR/printed" "$TMPDIR/written"
done
lwsim run -o "$TMPDIR/none/file" "$microvm"
code_is 2
err_has "$TMPDIR/none/file: cannot be written: No such file or directory"
failing=$(scenario failing.lw <<'S'
0 ip link add d0 type dummy
  expect d0 operstate UP
S
)
lwsim run --format pcap -o "$TMPDIR/failing" "$failing"
code_is 1
[[ -s $TMPDIR/failing ]] || fail 'a failed run is not written'

# -- a record for each message: rtmon has a time before it, pcap a header
lwsim run --format ip "$microvm"
messages=$(wc -l <"$out")
lwsim run --format rtmon "$microvm"
python3 - "$out" "$messages" <<'P' || fail 'not the messages of ip, in rtmon'
import struct, sys
data, at, types = open(sys.argv[1], 'rb').read(), 0, []
while at < len(data):
    length, kind = struct.unpack_from('=IH', data, at)
    types.append(kind)
    at += length
assert types == [15, 16] * int(sys.argv[2]), types
assert struct.unpack_from('=II', data, 16) == (0, 10000)
P
lwsim run --format pcap "$microvm"
python3 - "$out" "$messages" <<'P' || fail 'not the messages of ip, in pcap'
import struct, sys
data, at, count = open(sys.argv[1], 'rb').read(), 24, 0
assert struct.unpack_from('=IHHIIII', data) == (0xa1b23c4d, 2, 4, 0, 0, 262144, 253)
assert struct.unpack_from('=II', data, 24) == (0, 10000000)
while at < len(data):
    at += 16 + struct.unpack_from('=I', data, at + 8)[0]
    count += 1
assert count == int(sys.argv[2]), count
P

# -- other namespaces
lwsim run --format ip scenarios/netns.lw
code_is 0
err_has 'note: left out: 16 messages of other namespaces'
out_has '78: v1@if99: '
out_has ' link-netnsid 0'
out_has ' link-netnsid 1'

# -- a kernel from a file is compiled by another program
lwsim run --format rtmon --kernel src:tests/differential/always_urgent.c,base=6.1 -o "$TMPDIR/rtmon" "$microvm"
code_is 1 # an expectation of the file fails there
[[ -s $TMPDIR/rtmon ]] || fail 'nothing is written'

# -- installed programs
mkdir -p "$TMPDIR/prefix/bin" "$TMPDIR/prefix/libexec/lwsim"
cp "$LWSIM" "$TMPDIR/prefix/bin"
"$TMPDIR/prefix/bin/lwsim" run --format pcap "$microvm" >"$out" 2>"$err"
code=$? said='lwsim without lwsim-wire'
code_is 2
err_has 'cannot find lwsim-wire'
cp "$(dirname "$LWSIM")/lwsim-wire" "$TMPDIR/prefix/libexec/lwsim"
"$TMPDIR/prefix/bin/lwsim" run --format pcap "$microvm" >"$TMPDIR/again" 2>"$err"
cmp -s "$TMPDIR/again" <("$LWSIM" run --format pcap "$microvm") || fail 'the installed lwsim-wire writes something else'

finish
