#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# builds.sh: every build of lwsim prints the same bytes. The output of commands for every scenario, and their exit
# codes, are equal for gcc's optimised build, clang's with sanitizers, and two of lwsim alone, without libev: gcc -m32
# with sanitizers, and musl. The report is compared in the builds that have it.
set -eu
cd "$(dirname "$0")/../.."
. tests/lib/files.sh
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

build() # PRESET
{
	cmake --preset "$1" >"$tmp/log" && cmake --build --preset "$1" -j 2 --target lwsim >>"$tmp/log" ||
		{ cat "$tmp/log"; exit 1; }
}
for preset in release clang m32 musl; do
	build $preset
done
# Parts that are not in lwsim itself are not linked for 32 bits, but must compile there.
cairo=$(sed -n 's/^CAIRO_INCLUDE_DIR:PATH=//p' build/release/CMakeCache.txt)
project_files 'sim/loader/*.c' 'sim/play/*.c' 'sim/repl/*.c' 'sim/report/*.c' |
	xargs -P 2 -n 4 gcc -m32 -std=gnu11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -I. -isystem "$cairo" \
		-Wall -Wextra -Wshadow -Wconversion -Werror -fsyntax-only

# record LWSIM FOLDER FILE...: stores the output of each command for each file, in a file each.
record()
{
	local lwsim=$1 folder=$2 file to format
	shift 2
	keep() # NAME COMMAND...
	{
		local code=0
		"$lwsim" "${@:2}" "$file" >"$to/$1" 2>"$to/$1.err" || code=$?
		echo "exit code $code" >>"$to/$1"
	}
	for file; do
		to=$folder/${file//\//-}
		mkdir -p "$to"
		keep check check
		[[ $file != scenarios/bad/* ]] || continue
		for format in text jsonl lanes ip; do
			keep $format run --format $format
		done
		keep explain explain
		keep compare compare
		keep states states
		[[ ! -e ${lwsim%/*}/lwsim-report ]] || keep report report -o "$to/report.svg"
	done
}
export -f record

find scenarios -name '*.lw' | sort >"$tmp/files"
for preset in release clang m32 musl; do
	xargs -P 2 -n 16 bash -c 'record "$@"' - "build/$preset/lwsim" "$tmp/$preset" <"$tmp/files"
done
failed=0
for preset in clang m32 musl; do
	differences=()
	[[ -e build/$preset/lwsim-report ]] || differences=(-x 'report*')
	if diff -r -u "${differences[@]}" "$tmp/release" "$tmp/$preset" >"$tmp/difference"; then
		echo "builds: $preset prints what release prints, of $(wc -l <"$tmp/files") scenarios"
	else
		echo "builds: WRONG: $preset and release differ"
		head -n 50 "$tmp/difference"
		failed=1
	fi
done
exit $failed
