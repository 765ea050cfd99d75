#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Same input, same bytes: whatever the time, the place, the environment and the memory layout.
. tests/lib/cli.sh

check() # ARGUMENT...
{
	lwsim "$@"
	cp "$out" "$TMPDIR/out.1"
	cp "$err" "$TMPDIR/err.1"
	said="lwsim $*, in another environment"
	env -i LC_ALL=tr_TR.UTF-8 LANG=de_DE TZ=Asia/Kathmandu COLUMNS=20 PADDING="$(printf '%5000s' '')" \
		MALLOC_PERTURB_=165 "$LWSIM" "$@" >"$out" 2>"$err"
	same "$said" "$TMPDIR/out.1" "$out"
	same "$said: stderr" "$TMPDIR/err.1" "$err"
}
failing=$(scenario failing.lw <<'S'
compare 5.8 6.1
0 ip link add d{0..20} type dummy
  ip link set d{0..20} up
1 ip link set d{20..20} carrier off
  ip link set d{0..19} carrier off
  expect d{0..20} carrier on
  expect d0 operstate UP
S
)
for file in "$microvm" "$failing"; do
	check run "$file"
	check run --format jsonl "$file"
	check run --as networkd "$file"
	check run --as dhcp "$file"
	check run --as all "$file"
	check compare "$file"
	check test "$file"
	check test --format tap "$file"
	check test --format junit "$file"
	check check "$file"
done
check kernels
check --help
check run bogus

# in another folder only the path differs
lwsim run "$microvm"
cp "$out" "$TMPDIR/out.1"
here=$PWD
cd "$TMPDIR" || exit 1
lwsim run "$here/$microvm"
same 'from another folder' "$TMPDIR/out.1" "$out"

finish
