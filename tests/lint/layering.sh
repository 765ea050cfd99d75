#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# tests -> sim -> model, never back: each room includes only the rooms in its row; no two files call each other; the
# model is pure: few headers, and no mutable variables.
set -eu
cd "$(dirname "$0")/../.."
. tests/lib/files.sh

# room: the rooms that it may include, besides itself
rooms='
model:
base:
language:  model base
run:       model base language
formats:   model base language run
observers: model base language run
story:     model base language run
compare:   model base language run
loader:    model base language run
cli:       model base language run
rtnetlink: model
library:   model rtnetlink
wire:      model base language run rtnetlink
sweep:     model base language run observers compare cli
evidence:  model base language run rtnetlink wire story compare cli
explore:   model base language run compare cli
report:    model base language run observers compare cli story sweep
play:      model base language run cli story loader
playground: model base language run formats observers story compare wire evidence report play sweep
repl:      model base language run observers cli story formats
commands:  model base language run compare cli story sweep formats observers
programs:  base run cli commands loader play repl report explore wire evidence
'

failed=0
objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT

wrong() # MESSAGE LINES: the lines that break the rule; none: passes
{
	[[ -n $2 ]] || return 0
	printf '%s:\n%s\n' "$1" "$2"
	failed=1
}

sources=$(project_files 'model/*.[ch]' 'sim/*.[ch]')
# examples/ are users' programs
mapfile -t sources < <(grep -v '^sim/library/examples/' <<<"$sources")

# Prints FILE LINE INCLUDED for the project's own files, with paths from the root.
includes()
{
	awk '
		match($0, /^[ \t]*#[ \t]*include[ \t]*("[^"]+"|<(sim|model|tests)\/[^>]+>)/) {
			path = $0
			sub(/^[^"<]*["<]/, "", path)
			sub(/[">].*/, "", path)
			if (FILENAME ~ /^model\//) # model/ includes its own headers without a path
				path = substr(FILENAME, 1, length(FILENAME) - length(last(FILENAME))) path
			print FILENAME, FNR, path
		}
		function last(path) { sub(/.*\//, "", path); return path }
	' "${sources[@]}"
}
includes >"$objects/includes"

wrong 'a file outside the rooms' "$(printf '%s\n' "${sources[@]}" | grep -E '^sim/[^/]+$' || true)"
wrong 'an include that is not written from the root, or of a file that is not there' \
	"$(while read -r file line path; do [[ -f $path && ($file == model/* || $path != *..*) ]] || echo "$file:$line: $path"; done <"$objects/includes")"
wrong 'a room that includes what it may not (see the table)' \
	"$(awk -v rooms="$rooms" '
		BEGIN {
			count = split(rooms, rows, "\n")
			for (i = 1; i <= count; i++) {
				names = split(rows[i], row, /[: ]+/)
				known[row[1]] = 1
				for (j = 1; j <= names; j++)
					may[row[1], row[j]] = 1
			}
		}
		function room(path) { sub(/^sim\//, "", path); sub(/\/.*/, "", path); return path }
		!(room($1) in known) || !((room($1), room($3)) in may) { print $1 ":" $2 ": " $3 }
	' "$objects/includes")"
# The objects whose functions and variables each object uses; model/ has a cycle, like the kernel. Needs a build,
# which $LWSIM locates.
build=$(dirname "${LWSIM:-build/check/lwsim}")
jq -r '.[].command | capture(" -o (?<object>[^ ]*dir/sim/[^ ]*)").object' "$build/compile_commands.json" | while IFS= read -r object; do
	nm "$build/$object" >"$objects/symbols" || { echo "error: $build/$object: nm cannot read it" >&2; exit 1; }
	sed "s|\$| ${object#*.dir/}|" "$objects/symbols"
done >"$objects/all" || exit 1
awk '
	$(NF - 2) ~ /^[TDRB]$/ { defined_in[$(NF - 1)] = $NF }
	$(NF - 2) == "U" { uses[++count] = $(NF - 1); by[count] = $NF }
	END {
		for (i = 1; i <= count; i++)
			if (uses[i] in defined_in && defined_in[uses[i]] != by[i])
				print by[i], defined_in[uses[i]]
	}
' "$objects/all" >"$objects/uses"
[[ -s $objects/uses ]] || { echo "error: no object in $build uses another"; exit 1; }
wrong 'files that call each other, over however many others' \
	"$(tsort "$objects/uses" 2>&1 >/dev/null | grep -v 'contains a loop' || true)"

system='stdbool|stddef|stdint|limits|errno|string|stdlib|linux/if|linux/if_ether|linux/if_bonding|linux/if_bridge'
include='#[[:space:]]*include[[:space:]]*'
wrong 'model/ may include only its own headers and a few of C and the kernel' \
	"$(grep -nE "^[[:space:]]*$include" model/*.[ch] | grep -vE "$include(<($system)\.h>|\"[^/\"]+\")" || true)"

# -fno-pie: puts constant tables of pointers in .rodata, so that whatever nm finds in .data, .bss and the like is
# mutable.
for source in model/*.c; do
	object=$objects/$(basename "$source").o
	gcc -std=gnu11 -D_GNU_SOURCE -fno-pie -c -o "$object" "$source"
	wrong "$source: variables that can change; they belong into struct machine" \
		"$(nm "$object" | awk '$(NF - 1) ~ /^[bBdDCsSgG]$/ { print $NF }')"
done
exit $failed
