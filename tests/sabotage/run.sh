#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Tests the tests: each sabotage of the model (see list) must turn at least one of them red.
#   run.sh [NAME...]    all, or these
#   run.sh --help       this
set -eu
shopt -s inherit_errexit
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
if [[ ${1-} == --help ]]; then
	sed -n '3,/^[^#]/s/^# \?//p' tests/sabotage/run.sh
	exit
fi
tree=build/sabotage/tree
build=build/sabotage/build

# A copy, so that nothing here is ever broken; from scratch, so that nothing broken is left in it.
rm -rf build/sabotage
mkdir -p $tree
tar -c --exclude=./build --exclude=./.git . | tar -x -C $tree
cmake -S $tree -B $build -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_FLAGS_DEBUG=-O0 \
	-DLWSIM_CHECK=ON -DLWSIM_LANES=OFF >$build.log 2>&1 || { cat $build.log; exit 1; }

# A browser takes more than any test of the model may.
needs_more='^cli\.report_page$'
# A model that never comes to rest is ended by its CPU time, one that fills the memory by its size.
tests_in() # CTEST OPTION...: name of the first test that fails; "" if all pass
{
	local failed
	(
		ulimit -t 20 -v 4000000
		exec ctest --test-dir $build -j 2 --stop-on-failure --no-tests=ignore -E "$needs_more" "$@"
	) >$build.log 2>&1 && return
	failed=$(sed -nE '/\*\*\*Skipped/d; s/^ *[0-9]+\/[0-9]+ Test +#[0-9]+: ([^ ]+) .*\*\*\*.*/\1/p' \
		$build.log)
	[[ -n $failed ]] || { cat $build.log >&2; exit 1; }
	head -n 1 <<<"$failed"
}
# Most is caught by the property tests, so only they are linked at first: half of the time.
property_programs=(tests/property/*.c)
property_programs=("${property_programs[@]##*/}")
property_programs=("${property_programs[@]/#/property_}")
property_programs=("${property_programs[@]%.c}")
build_tree() { ninja -C $build -j 2 "$@" >$build.log 2>&1 || { cat $build.log >&2; exit 1; }; }
caught_by()
{
	local test
	build_tree "${property_programs[@]}"
	test=$(tests_in -L property)
	if [[ -z $test ]]; then
		build_tree
		test=$(tests_in -L unit)
	fi
	[[ -n $test ]] || test=$(tests_in -L functional -LE 'unit|property')
	echo "$test"
}

# The list, in arrays. Every text must be in its file exactly once, or it has to be written anew.
names=()
files=()
befores=()
afters=()
while IFS= read -r line; do
	last=$((${#names[@]} - 1))
	case $line in
	'' | '#'*) ;;
	-*) befores[last]+=${line#-}$'\n' ;;
	+*) afters[last]+=${line#+}$'\n' ;;
	*)
		read -r name file <<<"$line"
		names+=("$name")
		files+=("$file")
		befores+=('')
		afters+=('')
		;;
	esac
done <tests/sabotage/list

text_of() { cat "$1" && echo x; } # the x keeps the newline at the end from $()
failed=0
for i in "${!names[@]}"; do
	befores[i]=${befores[i]%$'\n'}
	afters[i]=${afters[i]%$'\n'}
	text=$(text_of "$tree/${files[i]}")
	rest=${text#*"${befores[i]}"}
	if [[ $rest == "$text" || $rest == *"${befores[i]}"* ]]; then
		printf 'error: %s: the text to break is not in %s exactly once:\n%s\n' \
			"${names[i]}" "${files[i]}" "${befores[i]}"
		failed=1
	fi
done
[[ $failed -eq 0 ]]

test=$(caught_by)
if [[ -n $test ]]; then
	cat $build.log
	echo "error: $test fails without any sabotage"
	exit 1
fi

sabotages=0
survivors=0
for i in "${!names[@]}"; do
	[[ $# -eq 0 || " $* " == *" ${names[i]} "* ]] || continue
	text=$(text_of "$tree/${files[i]}")
	text=${text%x}
	printf %s "${text/"${befores[i]}"/"${afters[i]}"}" >"$tree/${files[i]}"
	test=$(caught_by)
	printf %s "$text" >"$tree/${files[i]}"
	printf '%-36s %s\n' "${names[i]}" "${test:-SURVIVED}"
	sabotages=$((sabotages + 1))
	[[ -n $test ]] || survivors=$((survivors + 1))
done
echo "$((sabotages - survivors)) of $sabotages sabotages were caught"
[[ $sabotages -gt 0 && $survivors -eq 0 ]]
