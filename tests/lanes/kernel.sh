#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# kernel.sh [--store]: lwsim compared with the answers of a real 6.1 to every scenario that a kernel can run, and to
# 100 random ones; then with those of a changed 6.1, to the scenarios whose `compare` line names it. The answers are
# stored; a kernel is built and booted only for new and changed scenarios. With LWSIM_TESTS_ALL=1 in the environment all
# scenarios are run on it, and its answers must equal the stored ones.
#   --store   stores the new answers
# Exit 77: the kernel is needed but missing, and there is no network to get it from.
set -eu
cd "$(dirname "$0")/../.."

# All device types that both tests/kernel/generate.py and lwsim know.
types=dummy,veth,vlan,qinq,macvlan,ipvlan,bond,team,bridge,vrf,tun,netns,attr

lwsim=${LWSIM:-build/check/lwsim}
options=(--lwsim "$lwsim" --build)
[[ ${LWSIM_TESTS_ALL:-} != 1 ]] || options+=(--anew)
case ${1:-} in
'') ;;
--store) options+=(--store) ;;
*) echo "error: $1: unknown option" >&2; exit 2 ;;
esac
mapfile -t files < <(find scenarios -name '*.lw' -not -path 'scenarios/bad/*' | sort)
result=0
compare() # FILE KERNEL OPTION...
{
	local code=0

	tests/kernel/run "${options[@]}" --stored "tests/traces/stored/$1" --kernel "$2" "${@:3}" || code=$?
	case $code in
	0) ;;
	77) ((result)) || result=77 ;;
	*) result=1 ;;
	esac
}
# The changes are built for HZ=100 only.
comparing() # KERNEL
{
	awk -v kernel="$1" '
		FNR == 1 { hz = 100 }
		$1 == "hz" { hz = $2 }
		$1 == "compare" { for (i = 2; i <= NF; i++) if ($i == kernel) named[FILENAME] }
		FILENAME in named && hz != 100 { delete named[FILENAME] }
		END { for (file in named) print file }' "${files[@]}" | sort
}
compare scenarios 6.1 "${files[@]}"
compare random 6.1 --random 100 --seed 1 --types "$types"
for change in open-syncs urgent-event setlink-event urgent-event+setlink-event; do
	mapfile -t changed < <(comparing "6.1+$change")
	compare "6.1+$change" "6.1+$change" "${changed[@]}"
done
exit $result
