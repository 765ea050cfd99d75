# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# To be sourced after tests/lib/cli.sh, if tmux is installed: tmux terminals to type into and to look at. Everything
# waits for what must appear on the screen; no check depends on speed.

# One server per terminal: one that is shutting down cannot open the next.
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

# Starts a shell command in a new terminal; afterwards its exit code is on the screen, and the terminal stays.
terminal() # COLUMNSxROWS COMMAND
{
	said="in $1: $2"
	next_server
	tmux new-session -d -x "${1%x*}" -y "${1#*x}" bash -c \
		"echo before; stty -g >$TMPDIR/stty; $2; echo \"exit \$?\"; stty -g >$TMPDIR/stty.after; sleep 600" ||
		fail 'tmux does not start'
}
keys() { tmux send-keys "$@"; }
screen() { tmux capture-pane -p -J 2>/dev/null | sed 's/ *$//'; } # a wrapped line is one
# Waits until the command succeeds, for minutes: the limit is for what never happens, because a busy machine is slow.
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
sees() # TEXT: waits until it is on the screen
{
	waits_for has "$1" && return
	fail "$said: '$1' does not come on the screen, which is:"
	screen >&3
	finish # later checks would wait as long
}
lacks() # TEXT: waits until it is gone: the program may still be drawing
{
	waits_for has_not "$1" && return
	fail "$said: '$1' is on the screen, and stays"
	finish
}
# The command has exited and the terminal is in its original modes.
modes_are_back()
{
	waits_for test -s "$TMPDIR/stty.after"
	same "$said: the terminal's modes" "$TMPDIR/stty" "$TMPDIR/stty.after"
	rm -f "$TMPDIR/stty.after"
}
