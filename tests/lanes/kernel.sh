#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# lwsim against a real 6.1, built if it is not there: every scenario that a kernel can be asked, and 100 random ones.
# Exit 77: the kernel is not there and there is no network to get it from.
set -eu
cd "$(dirname "$0")/../.."

# All that tests/kernel/generate.py and lwsim both know.
types=dummy,veth,vlan,qinq,macvlan,ipvlan,bond,team,bridge,vrf,tun,netns,attr

tests/kernel/build 6.1
lwsim=${LWSIM:-build/check/lwsim}
mapfile -t files < <(find scenarios -name '*.lw' -not -path 'scenarios/bad/*' | sort)
failed=0
tests/kernel/run --lwsim "$lwsim" --kernel 6.1 "${files[@]}" || failed=1
tests/kernel/run --lwsim "$lwsim" --kernel 6.1 --random 100 --seed 1 --types "$types" || failed=1
exit $failed
