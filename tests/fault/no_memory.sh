#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# No memory, at each moment of each command: exit code 2, a one-line message, and no half-written file. Pictures
# without memory are in pictures.sh.
. tests/fault/lib.sh

common=(--most 300 --message 'out of memory')

no_memory -- lwsim run "$small"
no_memory -- lwsim run --format jsonl "$small"
no_memory -- lwsim run --format lanes "$small"
no_memory -- lwsim run --as networkd "$small"
no_memory -- lwsim run --as dhcp "$small"
no_memory -- lwsim run --as cni "$small"
no_memory -- lwsim run --as all "$small"
no_memory -- lwsim run "$failing"
no_memory -- lwsim explain "$small"
no_memory -- lwsim compare "$small"
no_memory -- lwsim diff "$small"
no_memory -- lwsim diff --format markdown "$small"
no_memory -- lwsim test "$small"
no_memory -- lwsim test "$failing"
no_memory -- lwsim test --format tap "$failing"
no_memory -- lwsim test --format junit "$failing"
no_memory -- lwsim test "$folder"
no_memory -- lwsim check "$small"
no_memory -- lwsim states
no_memory -- lwsim states "$small"
no_memory -- lwsim sweep --jobs 1 --vary open=1s,2s "$small"
no_memory -- lwsim sweep --jobs 2 --vary open=1s,2s,3s "$small"
no_memory -- lwsim sweep --format jsonl --jobs 2 --vary open=1s,2s "$small"
no_memory -- lwsim sweep --merge "$part"
no_memory -- lwsim lesson
no_memory -- lwsim lesson 1
no_memory -- lwsim lesson 7 --why
no_memory --inside --folder "$unanswered" --may-replace -- lwsim lesson 1 --try
no_memory --inside --folder "$answered" -- lwsim lesson 1 --try
no_memory -- lwsim kernels
no_memory -- lwsim kernels 6.1
no_memory -- lwsim --help
no_memory -- lwsim run --help
no_memory --input "$statements" -- lwsim-repl repl

# Helper programs start more slowly.
common+=(--most 100)

# in a terminal, which is restored afterwards
no_memory --keys nnpq -- lwsim play --paused "$small"
no_memory --keys $'ip link add d0 type dummy\n+1s ip link set d0 up\nwhy\nquit\n' -- lwsim repl

# a link_watch.c that gets loaded
export LWSIM_SRC_CFLAGS=-g0 # so that each compilation gives the same bytes
src=src:tests/differential/always_urgent.c,base
no_memory -- lwsim run --kernel $src=6.1 "$small"
no_memory -- lwsim compare --kernel $src=6.1 --kernel $src=5.8 "$small"
no_memory -- lwsim test --kernel $src=6.1 "$failing"
no_memory -- lwsim sweep --jobs 2 --kernel $src=6.1 --vary open=1s,2s "$small"
no_memory --keys nnq -- lwsim play --paused --kernel $src=6.1 "$small"
# compiled again each time: either the complete object is in the cache, or nothing
compiled=$XDG_CACHE_HOME/lwsim/src
rm "$compiled"/*
no_memory --folder "$compiled" --may-replace -- lwsim run --kernel $src=6.1 "$small"
cp tests/differential/always_urgent.c "$TMPDIR/link_watch.c"
sed 's/jiffies + HZ/jiffies + 2 * HZ/' "$TMPDIR/link_watch.c" | diff -u --label a/link_watch.c --label b/link_watch.c "$TMPDIR/link_watch.c" - >"$TMPDIR/slower.diff"
no_memory --folder "$compiled" --may-replace -- lwsim run --kernel "src:$TMPDIR/link_watch.c,base=6.1,patch=$TMPDIR/slower.diff" "$small"

# commands that write files
common+=(--folder "$written")
sed '/^-- trace/,$d' "$small" >"$written/target.lw"
ln -s target.lw "$written/link.lw"
no_memory --most 300 -- lwsim test --update "$written/target.lw"
no_memory --most 300 -- lwsim test --update "$written/link.lw"
echo old >"$written/target.svg"
ln -s target.svg "$written/link.svg"
ln -s none.svg "$written/new_link.svg"
for path in new.html link.svg new_link.svg; do
	no_memory -- lwsim report "$small" -o "$written/$path"
done
no_memory -- lwsim report --kernel $src=6.1 "$small" -o "$written/new.svg"
no_memory -- lwsim sweep --vary open=1s,2s "$small" -o "$written/chart.svg"
finish
