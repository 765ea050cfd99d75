#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Tests `lwsim explore`: each sabotage of model/link_watch.c (see list) must make it find a difference from the kernel's
# own file, unless explore.expected says why it cannot.
#   explore.sh             all: a minute of CPU time
#   explore.sh NAME...     these
#   explore.sh --search NAME...  finds out what to write into explore.expected for these: minutes for each
#   explore.sh --help      this
# Exit 77: the kernel's file is missing and there is no network to get it from.
set -eu
shopt -s inherit_errexit
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
folder=explore-sabotage
. tests/sabotage/lib.sh
expected=tests/sabotage/explore.expected
own=tests/sabotage/explore # scenarios, and patches that take the kernel's file to another version

# A search ends here: more states than any difference in explore.expected needs. A scenario may set its own.
states=100000
# With --search, too: only to try more in less time.
search_s=20

search=
wanted=()
for option; do
	case $option in
	--help)
		sed -n '3,/^[^#]/s/^# \?//p' tests/sabotage/explore.sh
		exit
		;;
	--search) search=1 ;;
	-*) echo "error: $option: unknown option" >&2; exit 2 ;;
	*) wanted+=("$option") ;;
	esac
done

[[ -z $search || ${#wanted[@]} -gt 0 ]] || { echo "error: --search: expected names" >&2; exit 2; }

# -- explore.expected: NAME KERNEL WHERE, or NAME - REASON

declare -A kernel_of=() where_of=()
while read -r name kernel where; do
	[[ -n $name && $name != '#'* ]] || continue
	[[ -z ${kernel_of[$name]:-} ]] || { echo "error: $name is in $expected twice" >&2; exit 2; }
	kernel_of[$name]=$kernel
	where_of[$name]=$where
done <$expected

list_read <$list
chosen=()
for i in "${!names[@]}"; do
	[[ ${files[i]} == model/link_watch.c ]] && chosen+=("$i")
done
ported=("${chosen[@]}")
ported_names=()
for i in "${ported[@]}"; do
	ported_names+=("${names[i]}")
done
for name in "${!kernel_of[@]}" "${wanted[@]}"; do
	is_in "$name" "${ported_names[@]}" ||
		{ echo "error: $name is no sabotage of model/link_watch.c in $list" >&2; exit 2; }
done
if ((${#wanted[@]})); then
	chosen=()
	for i in "${ported[@]}"; do
		is_in "${names[i]}" "${wanted[@]}" && chosen+=("$i")
	done
fi
say "${#chosen[@]} of ${#ported[@]} chosen"

# -- the programs to compare with

series=(6.1)
for i in "${chosen[@]}"; do
	kernel=${kernel_of[${names[i]}]:-}
	[[ $kernel =~ ^[0-9] && ! -e $own/$kernel.patch ]] || continue
	is_in "${kernel%%+*}" "${series[@]}" || series+=("${kernel%%+*}")
done
for row in "${series[@]}"; do
	[[ -e build/src/$row/net/core/link_watch.c ]] || tests/kernel/build --source "$row" "build/src/$row"
done
copy_make -DCMAKE_BUILD_TYPE=Release
list_check
build_tree lwsim-explore

# Sets theirs: the file to compare the KERNEL with.
theirs_find() # KERNEL
{
	local version=${1%%+*} patch=$own/$1.patch

	[[ $1 != 6.1+urgent-event ]] || patch=tests/kernel/patches/urgent-event.patch
	theirs=src:build/src/$version
	if [[ -e $patch ]]; then
		theirs=src:build/src/6.1/net/core/link_watch.c,base=$version,patch=$patch
	fi
}

# Compares; prints the shortest kind of difference, or how the search broke off. Exit code: as lwsim explore's.
explore() # KERNEL WHERE
{
	local code=0 theirs own_states='' what=(--devices "$2")

	theirs_find "$1"
	if [[ $2 == *.lw ]]; then
		what=("$own/$2")
		own_states=$(sed -n 's/^# --states //p' "$own/$2")
	fi
	# a sabotaged model may loop, or crash
	(
		ulimit -t 120 -v 4000000
		exec "$build/lwsim-explore" explore "${what[@]}" --kernel "$1" --kernel "$theirs" --find equal \
			--states "${own_states:-$states}" "${bounds[@]}" >"$build.out" 2>&1
	) 2>/dev/null || code=$?
	if ((code > 128)); then
		echo 'the model crashes or loops'
	elif ((code == 3)); then
		tr '\n' ' ' <"$build.out" | sed -nE 's/.*an invariant is broken: ([^(]*[^ (]) *\(.*/\1/p' | tr -s ' '
	else
		sed -nE 's/^[^ ].*: (.*, [0-9]+ statements?):$/\1/p' "$build.out" | sed -E 's/(.*, )([0-9]+)( .*)/\2 \1\2\3/' |
			sort -s -n | sed -n '1s/^[0-9]* //p'
	fi
	return $code
}
bounds=()

# A difference, a broken invariant (such as no rest), or a crash. Without a sabotage there is none of them.
is_found() { (($1 == 1 || $1 == 3 || $1 > 128)); } # EXIT CODE

# Where to look, from cheap to dear.
places()
{
	local where

	for where in veth dummy vlan dummy,veth; do
		echo "6.1 $where"
	done
	for where in "$own"/*.lw; do
		echo "$(sed -n 's/^kernel *//p' "$where") ${where##*/}"
	done
	for where in dummy,dummy bond; do
		echo "6.1 $where"
	done
}

if [[ -n $search ]]; then
	bounds=(--seconds "$search_s")
	for i in "${chosen[@]}"; do
		sabotage "$i"
		build_tree lwsim-explore
		found=
		others=
		while [[ -z $found ]] && read -r kernel where; do
			code=0
			kind=$(explore "$kernel" "$where" </dev/null) || code=$?
			if is_found "$code"; then
				found="$kernel  $where: $kind"
			elif ((code != 0 && code != 4)); then
				others+=" $where: exit code $code"
			fi
		done < <(places)
		repair "$i"
		printf '%-36s %s%s\n' "${names[i]}" "${found:--}" "$others"
	done
	exit
fi

# -- without a sabotage, no difference

failed=0
declare -A is_checked=()
for i in "${chosen[@]}"; do
	name=${names[i]}
	kernel=${kernel_of[$name]:-} where=${where_of[$name]:-}
	[[ -n $kernel && $kernel != - && -z ${is_checked["$kernel $where"]:-} ]] || continue
	is_checked["$kernel $where"]=1
	code=0
	explore "$kernel" "$where" >/dev/null || code=$?
	((code == 0 || code == 4)) && continue
	say "$kernel, $where: exit code $code without any sabotage:"
	sed 's/^/    /' "$build.out"
	failed=1
done
((!failed)) || exit 1

# -- each of them

count=0
reasons=0
for i in "${chosen[@]}"; do
	name=${names[i]}
	kernel=${kernel_of[$name]:-} where=${where_of[$name]:-}
	if [[ -z $kernel ]]; then
		printf '%-36s NOT IN %s: explore.sh --search %s\n' "$name" "$expected" "$name"
		failed=1
		continue
	elif [[ $kernel == - ]]; then
		printf '%-36s not shown: %s\n' "$name" "$where"
		reasons=$((reasons + 1))
		continue
	fi
	sabotage "$i"
	build_tree lwsim-explore
	code=0
	kind=$(explore "$kernel" "$where") || code=$?
	repair "$i"
	if is_found "$code"; then
		printf '%-36s %s, %s: %s\n' "$name" "$kernel" "$where" "$kind"
		count=$((count + 1))
	else
		printf '%-36s NOT FOUND on %s, %s: exit code %s\n' "$name" "$kernel" "$where" "$code"
		failed=1
	fi
done
say "explore finds $count of ${#chosen[@]}; $reasons cannot be seen"
((!failed && count))
