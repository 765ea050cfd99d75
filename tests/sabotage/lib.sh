# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The list of sabotages, and a copy of the tree to apply them to; for run.sh and explore.sh, which set $folder.
tree=build/$folder/tree
build=build/$folder/build
list=tests/sabotage/list

say() { echo "sabotage: $*"; }

is_in() # WORD WORD...
{
	local word=$1
	shift
	[[ " $* " == *" $word "* ]]
}

# The list, in arrays: what is changed in which file, and the test that catches it.
names=()
files=()
tests=()
befores=()
afters=()
entries=() # all of the above, to detect changes
list_read() # reads standard input
{
	local line last name file test

	names=() files=() tests=() befores=() afters=() entries=()
	while IFS= read -r line; do
		last=$((${#names[@]} - 1))
		case $line in
		'' | '#'*) continue ;;
		-*) befores[last]+=${line#-}$'\n' ;;
		+*) afters[last]+=${line#+}$'\n' ;;
		*)
			read -r name file test <<<"$line"
			names+=("$name")
			files+=("$file")
			tests+=("$test")
			befores+=('')
			afters+=('')
			entries+=('')
			last=$((last + 1))
			;;
		esac
		entries[last]+=$line$'\n'
	done
}

# A copy, so that nothing here is ever broken; from scratch, so that nothing broken remains in it.
copy_make() # CMAKE OPTION...
{
	rm -rf "build/$folder"
	mkdir -p "$tree"
	tar -c --exclude=./build --exclude=./.git . | tar -x -C "$tree"
	cmake -S "$tree" -B "$build" -G Ninja -DLWSIM_LANES=OFF "$@" >"$build.log" 2>&1 ||
		{ cat "$build.log"; exit 1; }
}

build_tree() { ninja -C "$build" -j 2 "$@" >"$build.log" 2>&1 || { cat "$build.log" >&2; exit 1; }; }

# Every text must be in its file exactly once, or the entry has to be rewritten.
text_of() { cat "$1" && echo x; } # the x keeps the newline at the end from $()
list_check()
{
	local i text rest failed=0

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
}

sabotage() # INDEX
{
	text=$(text_of "$tree/${files[$1]}")
	text=${text%x}
	printf %s "${text/"${befores[$1]}"/"${afters[$1]}"}" >"$tree/${files[$1]}"
}
repair() { printf %s "$text" >"$tree/${files[$1]}"; } # INDEX
