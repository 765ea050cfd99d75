#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# tests -> sim -> model, never back; and the model is pure: few headers, no mutable statics.
set -eu
cd "$(dirname "$0")/../.."

failed=0
objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT

wrong() # MESSAGE LINES: the lines that break the rule; none: all is well
{
	[[ -n $2 ]] || return 0
	printf '%s:\n%s\n' "$1" "$2"
	failed=1
}

system='stdbool|stddef|stdint|limits|errno|string|stdlib|linux/if|linux/if_ether|linux/if_bonding|linux/if_bridge'
include='#[[:space:]]*include[[:space:]]*'

wrong 'model/ may include only its own headers and a few of C and the kernel' \
	"$(grep -nE "^[[:space:]]*$include" model/*.[ch] | grep -vE "$include(<($system)\.h>|\"[^/\"]+\")")"
wrong 'only tests/ may include from tests/' "$(grep -nE "^[[:space:]]*$include.*\btests/" sim/*.[ch] sim/loader/*.[ch] sim/play/*.[ch] sim/repl/*.[ch] sim/report/*.[ch])"

# -fno-pie: constant tables of pointers then lie in .rodata, so that what nm finds in .data, .bss
# and their like can change.
for source in model/*.c; do
	object=$objects/$(basename "$source").o
	gcc -std=gnu11 -D_GNU_SOURCE -fno-pie -c -o "$object" "$source"
	wrong "$source: variables that can change; they belong into struct machine" \
		"$(nm "$object" | awk '$(NF - 1) ~ /^[bBdDCsSgG]$/ { print $NF }')"
done
exit $failed
