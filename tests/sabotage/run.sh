#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Tests the tests: each sabotage of the model (see list) must turn at least one of them red.
#   run.sh                those that the commits since main concern, and a tenth of the others, picked by the commit's hash
#   run.sh --all          all; LWSIM_TESTS_ALL=1 in the environment does the same
#   run.sh NAME...        these
#   run.sh --search ...   runs all tests, not first the one that the list names
#   run.sh --list ...     only says which of them it would take
#   run.sh --help         this
set -eu
shopt -s inherit_errexit
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
folder=sabotage
. tests/sabotage/lib.sh

all=
[[ ${LWSIM_TESTS_ALL:-} != 1 ]] || all=1
search=
only_list=
wanted=()
for option; do
	case $option in
	--help)
		sed -n '3,/^[^#]/s/^# \?//p' tests/sabotage/run.sh
		exit
		;;
	--all) all=1 ;;
	--search) search=1 ;;
	--list) only_list=1 ;;
	-*) echo "error: $option: unknown option" >&2; exit 2 ;;
	*) wanted+=("$option") ;;
	esac
done

# -- which of them to run

# The commit to compare with: where the branch left main, or on main the commit before. Prints why.
base=
base_find()
{
	local main found head

	if ! head=$(git rev-parse -q --verify HEAD 2>/dev/null); then
		say "no git repository: what has changed is not known, only the tenth is taken"
		return
	fi
	for main in origin/main main; do
		found=$(git merge-base HEAD $main 2>/dev/null) || continue
		if [[ $found != "$head" ]]; then
			base=$found
			say "changes are counted from ${base:0:12}, where HEAD left $main"
			return
		fi
	done
	if base=$(git rev-parse -q --verify HEAD~1 2>/dev/null); then
		say "HEAD is no branch off main: changes are counted from the commit before, ${base:0:12}"
	elif [[ $(git rev-parse --is-shallow-repository) == true ]]; then
		say "the clone is shallow and has no commit before HEAD: only the tenth is taken"
	else
		say "HEAD has no commit before it: only the tenth is taken"
	fi
}

test_file() # TEST: its source, if it is a program
{
	case $1 in
	unit.*) echo "tests/unit/test_${1#unit.}.c" ;;
	property.*) echo "tests/property/${1#property.}.c" ;;
	scenario.*) echo "scenarios/${1#scenario.}.lw" ;;
	*) echo - ;;
	esac
}

# Sets chosen: the indices of entries with a changed file or test, new ones, and a tenth of the others.
chosen=()
choose()
{
	local i why changed head hash file shared=
	local -A old_entries=() by=()

	if ((${#wanted[@]})); then
		for i in "${!names[@]}"; do
			is_in "${names[i]}" "${wanted[@]}" && chosen+=("$i")
		done
		for why in "${wanted[@]}"; do
			is_in "$why" "${names[@]}" || { echo "error: $why is not in $list" >&2; exit 2; }
		done
		return
	fi
	if [[ -n $all ]]; then
		chosen=("${!names[@]}")
		return
	fi
	base_find
	head=$(git rev-parse -q --verify HEAD 2>/dev/null) || head=none
	changed=
	if [[ -n $base ]]; then
		changed=$(git diff --name-only "$base")
		while IFS= read -r -d '' why; do
			old_entries[$why]=1
		done < <(git show "$base:$list" 2>/dev/null | (list_read && printf '%s\0' "${entries[@]}"))
	fi
	shared=$(grep -m 1 -E '^(model/.*\.h|tests/unit/.*\.h|tests/property/support/.*)$' <<<"$changed" || true)
	readarray -t changed <<<"$changed"
	for i in "${!names[@]}"; do
		hash=$(sha256sum <<<"$head ${names[i]}")
		why=
		file=$(test_file "${tests[i]}")
		if [[ -n $shared ]]; then
			why="as $shared has changed, which all share"
		elif is_in "${files[i]}" "${changed[@]}"; then
			why="of changed files"
		elif is_in "$file" "${changed[@]}"; then
			why="whose test changed"
		elif [[ -n $base && -z ${old_entries[${entries[i]}]:-} ]]; then
			why="new or changed in the list"
		elif ((16#${hash:0:8} % 10 == 0)); then
			why="of the tenth that ${head:0:12} picks"
		fi
		[[ -n $why ]] || continue
		chosen+=("$i")
		by[$why]+=" ${names[i]}"
	done
	for why in "${!by[@]}"; do
		say "$why:${by[$why]}"
	done | sort
}

list_read <$list
choose
say "${#chosen[@]} of ${#names[@]} chosen"
[[ -z $only_list ]] || exit 0

copy_make -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_FLAGS_DEBUG=-O0 -DLWSIM_CHECK=ON
list_check

# -- tests

# The browser needs more than any test of the model may use.
needs_more='^cli\.report_page$'
# Prints the names of the failing tests. A model that never comes to rest is ended by its CPU time, one that fills the
# memory by its size.
failing() # CTEST OPTION...
{
	local red
	(
		ulimit -t 20 -v 4000000
		exec ctest --test-dir $build -j 2 -E "$needs_more" "$@"
	) >$build.log 2>&1 && return
	red=$(sed -nE '/\*\*\*(Skipped|Not Run)/d; s/^ *[0-9]+\/[0-9]+ Test +#[0-9]+: ([^ ]+) .*\*\*\*.*/\1/p' \
		$build.log)
	[[ -n $red ]] || { cat $build.log >&2; exit 1; }
	sort <<<"$red"
}

# The program to link for a test.
program_of() # TEST
{
	case $1 in
	unit.* | property.*) echo "${1/./_}" ;;
	differential.*) echo differential ;;
	*) echo lwsim ;;
	esac
}

programs_in() # FOLDER: the programs of its tests
{
	local file
	for file in tests/"$1"/*.c; do
		file=${file##*/test_}
		file=${file##*/}
		echo "${1}_${file%.c}"
	done
}

# The test of the whole suite that catches the current fault, "" if all pass: the unit test of the changed file, or
# else any unit test, because those are cheapest; then the others.
caught_by() # FILE
{
	local red own programs

	own=unit.model_$(basename "$1" .c)
	red=
	if [[ $known == *" $own "* ]]; then
		build_tree "$(program_of "$own")"
		red=$(failing -R "^$own\$" --no-tests=error)
	fi
	if [[ -z $red ]]; then
		readarray -t programs < <(programs_in unit)
		build_tree "${programs[@]}"
		red=$(failing -L unit --no-tests=error)
	fi
	if [[ -z $red ]]; then
		readarray -t programs < <(programs_in property)
		build_tree "${programs[@]}"
		red=$(failing -L property --no-tests=error)
	fi
	if [[ -z $red ]]; then
		build_tree
		red=$(failing -L functional -LE 'unit|property' --stop-on-failure --no-tests=error)
	fi
	head -n 1 <<<"$red"
}

passes() # CTEST OPTION...: without any sabotage
{
	local red

	red=$(failing --no-tests=error "$@")
	[[ -n $red ]] || return 0
	cat $build.log
	printf 'error: %s fails without any sabotage\n' "${red//$'\n'/, }"
	exit 1
}

# -- first the test named in the list

count=0
unsure=() # entries that it does not catch
named=()
for i in "${chosen[@]}"; do
	[[ -z $search && -n ${tests[i]} ]] || continue
	is_in "${tests[i]}" "${named[@]}" || named+=("${tests[i]}")
done
known=" $(ctest --test-dir $build -N | sed -n 's/^ *Test *#[0-9]*: //p' | tr '\n' ' ')"
if ((${#named[@]})); then
	programs=()
	regex=
	for test in "${named[@]}"; do
		[[ $known == *" $test "* ]] || { say "there is no test $test"; continue; }
		programs+=("$(program_of "$test")")
		regex+="|^${test//./\\.}\$"
	done
	if [[ -n $regex ]]; then
		build_tree "${programs[@]}"
		passes -R "${regex#|}"
	fi
fi
for i in "${chosen[@]}"; do
	test=${tests[i]}
	if [[ -n $search || -z $test || $known != *" $test "* ]]; then
		unsure+=("$i")
		continue
	fi
	sabotage "$i"
	build_tree "$(program_of "$test")"
	red=$(failing -R "^${test//./\\.}\$" --no-tests=error)
	repair "$i"
	if [[ -n $red ]]; then
		printf '%-36s %s\n' "${names[i]}" "$test"
		count=$((count + 1))
	else
		unsure+=("$i")
	fi
done

# -- then all tests, for entries not caught yet

if ((${#unsure[@]})); then
	say "${#unsure[@]} not caught by the test that the list names: searching in all tests"
	build_tree
	passes -L functional
fi
for i in "${unsure[@]}"; do
	sabotage "$i"
	test=$(caught_by "${files[i]}")
	repair "$i"
	printf '%-36s %s\n' "${names[i]}" "${test:-SURVIVED}"
	[[ -n $test ]] || continue
	count=$((count + 1))
	[[ $test == "${tests[i]}" ]] || echo "  write in $list: ${names[i]}  ${files[i]}  $test"
done
echo "$count of ${#chosen[@]} sabotages were caught"
[[ $count -gt 0 && $count -eq ${#chosen[@]} ]]
