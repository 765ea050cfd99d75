# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# To be sourced after tests/lib/cli.sh, where there is tmux: terminals of tmux's to type into and to look at.
# Everything waits for what must come on the screen; no check depends on how fast anything is.

# A server a terminal: one that is being ended must not be asked for the next.
servers=0
tmux() { command tmux -S "$TMPDIR/tmux.$servers" -f /dev/null "$@"; }
next_server()
{
	tmux kill-server 2>/dev/null
	servers=$((servers + 1))
}
trap 'tmux kill-server 2>/dev/null' EXIT
export LC_ALL=C.UTF-8
unset NO_COLOR

# Starts a shell's command in a new terminal; how it ended is on the screen then, and the terminal stays.
terminal() # COLUMNSxROWS COMMAND
{
	said="in $1: $2"
	next_server
	tmux new-session -d -x "${1%x*}" -y "${1#*x}" bash -c \
		"echo before; stty -g >$TMPDIR/stty; $2; echo \"exit \$?\"; stty -g >$TMPDIR/stty.after; sleep 600" ||
		fail 'tmux does not start'
}
keys() { tmux send-keys "$@"; }
screen() { tmux capture-pane -p -J 2>/dev/null | sed 's/ *$//'; } # a line that is wrapped is one
# Waits until the command succeeds, for minutes: the limit is there for what never comes, and a busy machine is slow.
waits_for() # COMMAND...
{
	local tries
	for ((tries = 0; tries < 6000; tries++)); do
		! "$@" || return 0
		tmux has-session 2>/dev/null || break
		sleep 0.05
	done
	"$@"
}
has() { [[ $(screen) == *"$1"* ]]; }
has_not() { [[ $(screen) != *"$1"* ]]; }
sees() # TEXT: it comes
{
	waits_for has "$1" && return
	fail "$said: '$1' does not come on the screen, which is:"
	screen >&3
	finish # what follows would wait as long
}
lacks() # TEXT: it is not there, or goes: a program may be in the middle of drawing
{
	waits_for has_not "$1" && return
	fail "$said: '$1' is on the screen, and stays"
	finish
}
# The command has ended and the terminal is in the modes that it had before.
modes_are_back()
{
	waits_for test -s "$TMPDIR/stty.after"
	same "$said: the terminal's modes" "$TMPDIR/stty" "$TMPDIR/stty.after"
	rm -f "$TMPDIR/stty.after"
}
