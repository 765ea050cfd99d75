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
sees() # TEXT: it comes
{
	local tries
	for ((tries = 0; tries < 600; tries++)); do
		[[ $(screen) != *"$1"* ]] || return 0
		tmux has-session 2>/dev/null || break
		sleep 0.05
	done
	fail "$said: '$1' does not come on the screen, which is:"
	screen >&3
	finish # what follows would wait as long
}
lacks() # TEXT
{
	[[ $(screen) != *"$1"* ]] || fail "$said: '$1' is on the screen"
}
