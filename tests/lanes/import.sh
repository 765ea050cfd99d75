#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What `run` exports of a scenario, as rtmon's file and as text, becomes by `lwsim import` a scenario with the same
# timeline: the same messages at the same microseconds, and no others. import.left lists the scenarios where it does not, with
# the reason; one that does has to be taken off the list. $LWSIM is the program.
set -eu
cd "$(dirname "$0")/../.."
. tests/lib/files.sh
export LWSIM=${LWSIM:-build/release/lwsim}
left=tests/lanes/import.left

trip() # FORMAT FILE: prints what differs; nothing: the timelines are the same
{
	local format=$1 file=$2 folder kernel hz code=0
	folder=$(mktemp -d)
	kernel=$(awk '$1 == "kernel" { print $2; exit }' "$file")
	hz=$(awk '$1 == "hz" { print $2; exit }' "$file")
	"$LWSIM" run --format "$format" "$file" >"$folder/capture" 2>"$folder/err" || code=$?
	if ((code > 1)); then
		cat "$folder/err"
	elif [[ ! -s $folder/capture ]]; then
		: # it has no messages
	elif ! "$LWSIM" import --scenario --kernel "${kernel:-6.1}" --hz "${hz:-250}" -o "$folder/import.lw" "$folder/capture" \
		>"$folder/out" 2>&1; then
		cat "$folder/out"
	else
		"$LWSIM" diff --against "$folder/capture" --tolerance 1us "$folder/import.lw" >"$folder/out" 2>&1 || code=$?
		if ! grep -q '^no difference' "$folder/out"; then
			sed -n '2,6p' "$folder/out"
		fi
	fi
	rm -rf "$folder"
}

check() # FORMAT FILE
{
	local listed differs
	listed=$(grep -cE "^($1|both) +$2 " "$left") || true
	differs=$(trip "$1" "$2")
	if [[ $differs && $listed -eq 0 ]]; then
		printf 'FAIL: %s, %s: the import has another timeline:\n%s\n' "$1" "$2" "$differs"
	elif [[ ! $differs && $listed -gt 0 ]]; then
		printf 'FAIL: %s, %s: the import has the same timeline, take it off %s\n' "$1" "$2" "$left"
	elif [[ ! $differs ]]; then
		printf 'same %s %s\n' "$1" "$2"
	fi
}
export -f trip check
export left

results=$(mktemp)
trap 'rm -f "$results"' EXIT
for format in rtmon ip; do
	project_files 'scenarios/*.lw' | grep -v '^scenarios/bad/' | sed "s/^/$format /"
done | xargs -P 2 -L 1 bash -c 'check "$1" "$2"' - >"$results"
grep -v '^same ' "$results" || true
for format in rtmon ip; do
	echo "$format: $(grep -c "^same $format " "$results") scenarios have the same timeline when imported," \
		"$(grep -cE "^($format|both) " "$left") listed ones have not"
done
! grep -q '^FAIL' "$results"
