#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The man page: well-formed, and it names every command and option that --help names.
. tests/lib/cli.sh
page=sim/man/lwsim.1

man=$(sed 's/\\-/-/g' $page)
has() { [[ $man == *"$1"* ]] || fail "$page: no word of $1"; }
lwsim --help
commands=$(awk '/^  [a-z]/ { print $1 }' "$out")
[[ $commands == *run*explain*compare*report*diff*test*sweep*states*repl*play*check*lesson*kernels* ]] || fail "no commands in --help: $commands"
for command in $commands; do
	has ".It Cm $command"
	lwsim "$command" --help
	for option in $(awk '/^  --/ { print $1 }' "$out" | tr -d -); do
		has "-$option" # .Fl -OPTION
	done
done
for code in 0 1 2 3 125 130; do
	has ".It $code"
done
for who in lanes NO_COLOR LWSIM_DATA_DIR networkd dhcp jsonl tap junit markdown csv sweep.schema.json XDG_CACHE_HOME src:; do
	has "$who"
done

command -v mandoc >/dev/null || { [[ $failures -eq 0 ]] && skip 'no mandoc'; finish; }
mandoc -T lint -W warning $page >"$out" 2>&1 || { fail "mandoc does not like $page:"; show "$out"; }
mandoc -T utf8 $page >/dev/null || fail "mandoc cannot format $page"

finish
