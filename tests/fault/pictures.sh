#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# No memory at each moment while cairo draws with fontconfig's fonts: exit code 2, a one-line message, and no file. A
# picture that is drawn is the same byte for byte, including its font.
#
# The helper programs' allocator, sim/programs/allocator.c, ensures this. Builds with AddressSanitizer are not tested
# here: its own allocator ends the program, with another message and exit code.
. tests/fault/lib.sh
common=(--most 150 --message 'out of memory' --folder "$written")

no_memory -- lwsim report "$small" -o "$written/new.png"
no_memory -- lwsim report "$small" -o "$written/new.pdf"
no_memory -- lwsim sweep --vary open=1s,2s "$small" -o "$written/chart.png"
finish
