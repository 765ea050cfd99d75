#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# No memory, at each moment of each command: exit code 2, one line that says so, and no file that is half written.
#
# Not tried, because it does not hold:
# - PNG and PDF: without memory fontconfig crashes, loops, or draws in another font with exit code 0.
# - src: kernels: dlopen() and the loader report no memory in other words, or take it for a file without the functions.
. tests/fault/lib.sh

# Memory that is there again after one refusal, as when another process ends; and memory that is gone for good.
no_memory() # [OPTION...] -- ARGUMENT...
{
	local options=("${common[@]}")
	while [[ $1 != -- ]]; do
		options+=("$1")
		shift
	done
	every "${options[@]}" memory "$@"
	every "${options[@]}" --lasting memory "$@"
}
common=(--most 300 --message 'out of memory')

no_memory -- lwsim run "$small"
no_memory -- lwsim run --format jsonl "$small"
no_memory -- lwsim run --format lanes "$small"
no_memory -- lwsim run --as networkd "$small"
no_memory -- lwsim run --as dhcp "$small"
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
no_memory -- lwsim kernels
no_memory -- lwsim kernels 6.1
no_memory -- lwsim --help
no_memory -- lwsim run --help
no_memory --input "$statements" -- lwsim-repl repl

# commands that write files
common+=(--folder "$written")
sed '/^-- trace/,$d' "$small" >"$written/target.lw"
ln -s target.lw "$written/link.lw"
no_memory -- lwsim test --update "$written/target.lw"
no_memory -- lwsim test --update "$written/link.lw"
no_memory -- lwsim report "$small" -o "$written/new.html"
echo old >"$written/target.svg"
ln -s target.svg "$written/link.svg"
no_memory -- lwsim report "$small" -o "$written/link.svg"
no_memory -- lwsim sweep --vary open=1s,2s "$small" -o "$written/chart.svg"
finish
