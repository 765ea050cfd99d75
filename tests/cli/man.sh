#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The man pages: well-formed; lwsim(1) has every command and option of --help, lwsim-scenario(5) every word that
# starts a statement.
. tests/lib/cli.sh
pages=(sim/man/*.[135])

read_page() # FILE
{
	page=$1
	man=$(sed 's/\\-/-/g' "$page")
}
has() { [[ $man == *"$1"* ]] || fail "$page: no word of $1"; }

read_page sim/man/lwsim.1
lwsim --help
commands=$(awk '/^  [a-z]/ { print $1 }' "$out")
[[ $(wc -w <<<"$commands") -ge 13 && $commands == *explain*compare*report* ]] || fail "no commands in --help: $commands"
for command in $commands; do
	has ".It Cm $command"
	lwsim "$command" --help
	for option in $(awk '/^  --/ { print $1 }' "$out" | tr -d -); do
		has "-$option" # .Fl -OPTION
	done
done
for code in 0 1 2 3 125 130 141; do
	has $'\n'"$code"$'\t' # a row of the table
done
for who in lanes NO_COLOR LWSIM_DATA_DIR networkd dhcp jsonl tap junit markdown csv sweep.schema.json XDG_CACHE_HOME src:; do
	has "$who"
done

read_page sim/man/lwsim-scenario.5
words=$(grep -rhoE --include='*.c' '^	\{ "[a-z_]+", STMT_' sim | cut -d '"' -f 2)
[[ $words == *virtnet_probe*expect*end* ]] || fail "no words of the language in sim/: $words"
for word in $words title kernel compare hz bits timers param; do
	grep -qE "^\.It Ic (.* \| )?$word( |\$)" <<<"$man" || fail "$page: no item for $word"
done

command -v mandoc >/dev/null || { [[ $failures -eq 0 ]] && skip 'no mandoc'; finish; }
for page in "${pages[@]}"; do
	mandoc -T lint -W warning "$page" >"$out" 2>&1 || { fail "mandoc does not like $page:"; show "$out"; }
	mandoc -T utf8 "$page" >/dev/null || fail "mandoc cannot format $page"
done

finish
