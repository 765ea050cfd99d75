#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# wire.sh: the messages of every scenario through the real iproute2 and Wireshark. `ip -o monitor file` prints the
# rtmon file as `--format ip` has it, line for line; tshark decodes the pcap file to what jsonl has, field by field.
# Exit 77: no network namespace can be made, in which `ip` knows no names but those of the file.
set -eu
cd "$(dirname "$0")/../.."
. tests/lib/packages.sh
need_packages iproute2 tshark python3

if ! unshare -rn true 2>/dev/null; then
	echo 'skip wire: unshare may not make a network namespace'
	exit 77
fi
exec python3 tests/lanes/wire.py "${LWSIM:-build/check/lwsim}"
