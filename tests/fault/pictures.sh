#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# No memory at each moment while cairo draws with fontconfig's fonts: exit code 2, one line that says so, and no file. A
# picture that comes out is the same, byte for byte: also in its font.
#
# What makes it so is the allocator of the helper programs, sim/programs/allocator.c. In builds with AddressSanitizer, which
# are not tested here, AddressSanitizer's own allocator ends the program, with words and an exit code of its own.
. tests/fault/lib.sh
common=(--most 150 --message 'out of memory' --folder "$written")

no_memory -- lwsim report "$small" -o "$written/new.png"
no_memory -- lwsim report "$small" -o "$written/new.pdf"
no_memory -- lwsim sweep --vary open=1s,2s "$small" -o "$written/chart.png"
finish
