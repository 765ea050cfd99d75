#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What `run` exports of a scenario, as rtmon's file, as pcap and as text, becomes by `lwsim import` a scenario with the
# same timeline: the same messages at the same microseconds, and no others. Each scenario is run on all kernels of its
# `kernel` and `compare` lines. import.left lists where it does not, with the reason; one that does has to be taken off
# the list. Also counts those whose import is exported to the same bytes. $LWSIM is the program.
set -eu
cd "$(dirname "$0")/../.."
. tests/lib/files.sh
export LWSIM=${LWSIM:-build/release/lwsim}
formats='rtmon pcap ip'

trip() # FORMAT KERNEL FILE FOLDER: prints what differs; nothing: the timelines are the same
{
	local format=$1 kernel=$2 file=$3 folder=$4 hz code=0
	hz=$(awk '$1 == "hz" { print $2; exit }' "$file")
	"$LWSIM" run --kernel "$kernel" --format "$format" "$file" >"$folder/capture" 2>"$folder/err" || code=$?
	if ((code > 1)); then
		cat "$folder/err"
	elif [[ ! -s $folder/capture ]]; then
		: # it has no messages
	elif ! "$LWSIM" import --scenario --kernel "$kernel" --hz "${hz:-250}" -o "$folder/import.lw" "$folder/capture" \
		>"$folder/out" 2>&1; then
		cat "$folder/out"
	else
		"$LWSIM" diff --kernel "$kernel" --against "$folder/capture" --tolerance 1us "$folder/import.lw" >"$folder/out" 2>&1 || true
		if ! grep -q '^no difference' "$folder/out"; then
			sed -n '2,6p' "$folder/out"
		fi
	fi
}

check() # FORMAT KERNEL FILE
{
	local folder differs listed
	folder=$(mktemp -d)
	listed=$(grep -cF "$1 $2 $3 " tests/lanes/import.left) || true
	differs=$(trip "$1" "$2" "$3" "$folder")
	if [[ $differs && $listed -eq 0 ]]; then
		printf 'FAIL: %s, %s on %s: the import has another timeline:\n%s\n' "$1" "$3" "$2" "$differs"
	elif [[ ! $differs && $listed -gt 0 ]]; then
		printf 'FAIL: %s, %s on %s: the import has the same timeline, take it off import.left\n' "$1" "$3" "$2"
	elif [[ ! $differs ]]; then
		echo "same $1"
		if [[ -e $folder/import.lw ]]; then
			"$LWSIM" run --kernel "$2" --format "$1" "$folder/import.lw" 2>"$folder/err" >"$folder/again" || true
			! cmp -s "$folder/capture" "$folder/again" || echo "bytes $1"
		fi
	fi
	rm -rf "$folder"
}
export -f trip check

kernels() # FILE: those that are written out
{
	awk '/^-- trace/ { exit }
		$1 == "kernel" || $1 == "compare" { for (i = 2; i <= NF && $i !~ /^#/; i++) if ($i !~ /[*=]/) print $i; known = 1 }
		END { if (!known) print "6.1" }' "$1" | sort -u
}

results=$(mktemp)
trap 'rm -f "$results"' EXIT
for file in $(project_files 'scenarios/*.lw' | grep -v '^scenarios/bad/'); do
	for kernel in $(kernels "$file"); do
		for format in $formats; do
			echo "$format $kernel $file"
		done
	done
done | xargs -P 2 -L 1 bash -c 'check "$1" "$2" "$3"' - >"$results"
grep -vE '^(same|bytes) ' "$results" || true
for format in $formats; do
	echo "import: $format: $(grep -c "^same $format$" "$results") runs have the same timeline when imported" \
		"($(grep -c "^bytes $format$" "$results") the same bytes), $(grep -c "^$format " tests/lanes/import.left || true) listed ones have not"
done
! grep -q '^FAIL' "$results"
