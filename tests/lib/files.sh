# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# To be sourced, in the source root.

# project_files PATTERN...: the project's files that match, one per line; `*` matches `/` too. These are the files
# that git has or would add; in a copy without git, the files that exist. Fails with a message if there are none.
project_files()
{
	local pattern file files

	if [[ -e .git ]]; then
		files=$(git ls-files --cached --others --exclude-standard -- "$@") || return 1
		files=$(sort -u <<<"$files" | while IFS= read -r file; do [[ ! -f $file ]] || printf '%s\n' "$file"; done)
	else
		files=$(for pattern; do
			find . -path ./build -prune -o -type f -path "./$pattern" -printf '%P\n'
		done | sort -u)
	fi
	[[ -n $files ]] || { echo "error: no file of the project matches $*" >&2; return 1; }
	printf '%s\n' "$files"
}

# The sources of the program lwsim, with libev's clock: rooms that need another library are in other programs.
lwsim_sources()
{
	project_files 'model/*.c' 'sim/*.c' |
		grep -vE '^sim/((evidence|library|loader|play|playground|programs|repl|report|rtnetlink|wire)/|run/clock_plain\.c)'
	echo sim/programs/lwsim.c
}
