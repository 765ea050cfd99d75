#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# kernel.sh [--store]: lwsim against the answers of a real 6.1: to every scenario that a kernel can be asked, and to 100
# random ones. They are stored; only for new and changed scenarios the kernel is built, booted and asked.
# With LWSIM_TESTS_ALL=1 in the environment it is asked for all, and must answer as stored.
#   --store   the answers that were asked for become the stored ones
# Exit 77: the kernel has to be asked, is not there, and there is no network to get it from.
set -eu
cd "$(dirname "$0")/../.."

# All that tests/kernel/generate.py and lwsim both know.
types=dummy,veth,vlan,qinq,macvlan,ipvlan,bond,team,bridge,vrf,tun,netns,attr

lwsim=${LWSIM:-build/check/lwsim}
options=(--lwsim "$lwsim" --kernel 6.1 --build)
[[ ${LWSIM_TESTS_ALL:-} != 1 ]] || options+=(--anew)
case ${1:-} in
'') ;;
--store) options+=(--store) ;;
*) echo "error: $1: unknown option" >&2; exit 2 ;;
esac
mapfile -t files < <(find scenarios -name '*.lw' -not -path 'scenarios/bad/*' | sort)
result=0
compare() # FILE OPTION...
{
	local code=0

	tests/kernel/run "${options[@]}" --stored "tests/traces/stored/$1" "${@:2}" || code=$?
	case $code in
	0) ;;
	77) ((result)) || result=77 ;;
	*) result=1 ;;
	esac
}
compare scenarios "${files[@]}"
compare random --random 100 --seed 1 --types "$types"
exit $result
