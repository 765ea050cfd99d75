#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# fork() and posix_spawn() fail, each in turn: exit code 2, and a one-line message.
. tests/fault/lib.sh

none='Resource temporarily unavailable'
for lasting in '' --lasting; do
	# shellcheck disable=SC2086
	every $lasting --message "cannot start a process: $none" fork -- lwsim sweep --jobs 3 --vary open=1s,2s,3s,4s "$small"
	# shellcheck disable=SC2086
	every $lasting --message ".*/lwsim-report: $none" --folder "$written" posix_spawn -- \
		lwsim report "$small" -o "$written/new.svg"
	# shellcheck disable=SC2086
	every $lasting --message ".*/lwsim-report: $none" --folder "$written" posix_spawn -- \
		lwsim sweep --vary open=1s,2s "$small" -o "$written/chart.svg"
	# shellcheck disable=SC2086
	every $lasting --message ".*/lwsim-src: $none" posix_spawn -- \
		lwsim run --kernel src:tests/differential/always_urgent.c,base=6.1 "$small"
done
finish
