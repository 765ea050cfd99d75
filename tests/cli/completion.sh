#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What shells complete, and the manual's synopsis, come from the table that parsing has.
. tests/lib/cli.sh

refused 'completion fish: expected bash or zsh' completion fish

# in bash, as its completion calls the function
lwsim completion bash
code_is 0
cp "$out" "$TMPDIR/lwsim.bash"
completed() # WORD... with the cursor at the end of the last: what bash would offer, in one line
{
	bash --norc -c '. "$1"; COMP_WORDS=(lwsim "${@:2}"); COMP_CWORD=$(($# - 1)); _lwsim; echo "${COMPREPLY[*]}"' \
		- "$TMPDIR/lwsim.bash" "$@"
}
offers() # EXPECTED WORD...
{
	[[ $(completed "${@:2}") == "$1" ]] || fail "bash offers '$(completed "${@:2}")' for '${*:2}', expected '$1'"
}
offers 'repl report' re
offers 'run' ru
offers '--kernel' run --k
offers '--verbose' diff --verb
offers 'text markdown' diff --format ''
offers '6.1 6.2 6.8 6.12 6.16 6.18' run -k 6
offers 'networkd' run --as n
offers 'scenarios/microvm.lw' run scenarios/microvm.
# each command and each of its options is offered, and no other
commands=$(completed '')
lwsim help
[[ $(tr ' ' '\n' <<<"$commands" | sort) == $(awk '/^  [a-z]/ { print $1 }' "$out" | sort) ]] ||
	fail "bash offers other commands than help: $commands"
for command in $commands; do
	lwsim help "$command"
	[[ $(completed "$command" -- | tr ' ' '\n' | sort) == $(grep -oE '^  (-.,|   ) --[a-z]+' "$out" | grep -oE -- '--[a-z]+' | sort) ]] ||
		fail "bash offers other options of $command than help: $(completed "$command" --)"
done

# the manual's synopsis
lwsim completion mdoc
same "the synopsis of lwsim(1)" "$out" <(sed -n '/^\.Sh SYNOPSIS/,/^\.Sh DESCRIPTION/{/^\.Sh/d;p}' sim/man/lwsim.1)

# in a real zsh
lwsim completion zsh
code_is 0
cp "$out" "$TMPDIR/lwsim.zsh"
command -v zsh >/dev/null && command -v tmux >/dev/null || { [[ $failures -eq 0 ]] && skip 'no zsh, or no tmux'; finish; }
zsh -n "$TMPDIR/lwsim.zsh" || fail 'zsh does not parse its completion'
. tests/lib/terminal.sh
cat >"$TMPDIR/.zshrc" <<Z
PS1='prompt>'
autoload -U compinit
compinit -D -u
. $TMPDIR/lwsim.zsh
Z
in_zsh() # TYPED EXPECTED
{
	terminal 100x30 "HOME=$TMPDIR ZDOTDIR=$TMPDIR zsh -i"
	sees 'prompt>'
	keys "$1" Tab
	sees "$2"
}
in_zsh 'lwsim ru' 'prompt>lwsim run'
in_zsh 'lwsim diff --verb' 'prompt>lwsim diff --verbose'
in_zsh 'lwsim diff --format mark' 'prompt>lwsim diff --format markdown'
in_zsh 'lwsim rep' 'type statements, see their effects'
finish
