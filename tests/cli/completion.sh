#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Shell completion and the manual's synopsis match the table that parses the options.
. tests/lib/cli.sh

refused 'completion fish: expected bash, zsh or vim' completion fish

# in bash, by calling the function as bash does
lwsim completion bash
code_is 0
cp "$out" "$TMPDIR/lwsim.bash"
completed() # WORD... with the cursor after the last: what bash would offer, on one line
{
	bash --norc -c '. "$1"; COMP_WORDS=(lwsim "${@:2}"); COMP_CWORD=$(($# - 1)); _lwsim; echo "${COMPREPLY[*]}"' \
		- "$TMPDIR/lwsim.bash" "$@"
}
offers() # EXPECTED WORD...
{
	[[ $(completed "${@:2}") == "$1" ]] || fail "bash offers '$(completed "${@:2}")' for '${*:2}', expected '$1'"
}
offers 'repl record report' re
offers 'run' ru
offers '--kernel' run --k
offers '--verbose' diff --verb
offers 'text markdown' diff --format ''
offers '6.1 6.2 6.8 6.12 6.16 6.18' run -k 6
offers 'networkd netifd' run --as n
offers 'auto always never' run --color ''
offers '6.1+urgent-event' run --kernel 6.1+u
offers '6.1+limit-5ms+urgent-event 6.1+limit-5ms+setlink-event 6.1+limit-5ms+iflink-op-urgent 6.1+limit-5ms+open-syncs' diff -k 6.1+limit-5ms+
offers 'repl record report' help re
offers '6.1 6.2 6.8 6.12 6.16 6.18' kernels 6
offers 'setlink-event' kernels s
offers '5.8+setlink-event' kernels 5.8+s
offers 'bash zsh vim' completion ''
offers '1 10 11 12' lesson 1
offers '--answer' lesson 1 --ans
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
in_zsh 'lwsim run --color alw' 'prompt>lwsim run --color always'
in_zsh 'lwsim run --kernel 6.1+u' 'prompt>lwsim run --kernel 6.1+urgent-event'
in_zsh 'lwsim diff -k 6.1+limit-5ms+i' 'prompt>lwsim diff -k 6.1+limit-5ms+iflink-op-urgent'
in_zsh 'lwsim help comple' 'prompt>lwsim help completion'
in_zsh 'lwsim kernels limi' 'prompt>lwsim kernels limit-5ms'
in_zsh 'lwsim kernels 5.8+se' 'prompt>lwsim kernels 5.8+setlink-event'
in_zsh 'lwsim completion z' 'prompt>lwsim completion zsh'
in_zsh 'lwsim lesson 1' '10  11  12'
in_zsh 'lwsim rep' 'type statements, see their effects'
# installed: compinit loads it when the first word is completed
mkdir "$TMPDIR/site-functions"
cp "$TMPDIR/lwsim.zsh" "$TMPDIR/site-functions/_lwsim"
sed -i -e "1i fpath=($TMPDIR/site-functions \$fpath)" -e '$d' "$TMPDIR/.zshrc"
in_zsh 'lwsim ru' 'prompt>lwsim run'
finish
