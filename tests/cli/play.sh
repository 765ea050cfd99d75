#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# lwsim play in a tmux terminal: keys, the screen, and that the terminal is restored afterwards. Everything waits for
# what must appear on the screen, and steps; no check depends on speed.
. tests/lib/cli.sh

# -- no terminal, or an unsuitable one
refused 'play needs a terminal: standard output is none' play "$microvm"
refused 'play needs a terminal: standard output is none' play --paused - <"$microvm"
refused 'usage: lwsim play' play
refused "no kernel '9.9', the nearest is 7.2" play --kernel 9.9 "$microvm"
refused 'No such file' play "$TMPDIR/none.lw"
refused '--until' play --until x "$microvm"
refused 'more than 0 and at most 1000000000' play --pace 99999999999 "$microvm"

command -v tmux >/dev/null || { [[ $failures -eq 0 ]] && skip 'no tmux'; finish; }

. tests/lib/terminal.sh
good=tests/differential/always_urgent.c
export XDG_CACHE_HOME=$TMPDIR/cache

play() # COLUMNSxROWS ARGUMENT...
{
	local size=$1
	shift
	terminal "$size" "$(printf '%q ' "$LWSIM" play "$@")"
}
ends() # CODE: it has exited with this code, and the terminal is restored
{
	sees "exit $1"
	sees before
	lacks linkwatch
	[[ $(tmux display -p '#{alternate_on} #{cursor_flag}') == '0 1' ]] || fail "$said: not the screen that was before"
	modes_are_back
}

# -- forward, back, to messages, to the end and home again
play 80x24 --paused "$microvm"
sees ' 0.000000s  jiffy 0  PAUSED  pace 1x  step 0'
sees 'microVM: networkd sets eth0 up after virtnet_probe                 5.8, HZ=250'
sees 'statement none yet'
sees 'next      0.010000  virtnet_probe eth0 status=on (line 11)'
sees 'q quit'
keys n
sees '0.010000s  jiffy 2'
sees '1: eth0'
keys Right
sees '0.410000s  jiffy 102  PAUSED  pace 1x  step 2'
sees 'statement 0.410000  setlink eth0 up (line 14)'
sees '[############........] 598ms of 1s left, until 1.008000'
sees 'delayed: its timer fires at 1.024000, in 614ms'
sees '*!eth0            UP     on       DOWN            no       DOWN'
sed -n '/^ microVM: /,/^```/p' README.md | grep -v '^```' >"$TMPDIR/readme"
screen | sed '/^$/,$d' >"$TMPDIR/screen"
same "README.md's picture" "$TMPDIR/readme" "$TMPDIR/screen"
keys n
sees '1.024000s  jiffy 256'
sees '  eth0            UP     on       UP              yes      UP RUNNING'
sees '    1.024000    eth0 <UP,RUNNING,LOWER_UP> state UP, 614ms after UP'
keys p
sees '0.410000s  jiffy 102'
lacks '614ms after UP'
keys m
sees '1.024000s'
keys M
sees '0.410000s'
keys Left
sees '0.010000s'
keys n n n
keys n
sees 'END: home begins again'
sees ' 4.000000s'
keys Space
sees 'next      it is over'
keys M
sees '1.024000s'
keys m
sees 'next      no more messages'
sees ' 4.000000s'
keys p n
keys n
sees 'next      it is over'
keys Home
sees '0.000000s  jiffy 0  PAUSED  pace 1x  step 0'
keys + +
sees 'pace 4x'
keys - - -
sees 'pace 0.5x'
keys x # not a command
keys q
ends 0

# -- the clock: it runs, pauses at the end, and pauses on request
play 80x24 --pace 1e9 --until 100000000 "$microvm"
sees '100000000.000000s'
sees 'END: home begins again'
keys q
ends 0
play 80x24 --pace 0.001 "$microvm"
sees 'GOING   pace 0.001x'
keys Space
sees 'PAUSED  pace 0.001x'
keys Space
sees 'GOING   pace 0.001x'
keys C-c
ends 130

# -- many devices, and paging
play 80x24 --paused --kernel 5.4 scenarios/without_budget.lw
sees 'PAUSED'
keys m m
sees '0.100000    d{0..249} <UP,RUNNING,LOWER_UP> state UNKNOWN'
keys m
sees '150: d{100..249}'
sees 'devices 1-6 of 250'
keys PageDown Down
sees 'devices 8-13 of 250'
keys Up PageUp
sees 'devices 1-6 of 250'

# -- another size
tmux resize-window -x 120 -y 40
sees 'devices 1-14 of 250'
sees '<UP> DOWN, 3.000000'
tmux resize-window -x 60 -y 12
sees 'too small: 80x20 needed, q quits'
tmux resize-window -x 80 -y 24
sees 'devices 1-6 of 250'
keys q
ends 0
play 79x24 "$microvm"
sees 'the terminal has 79x24, play needs at least 80x20'
ends 2
play 80x19 "$microvm"
ends 2

# -- signals reach it, from the keyboard or not
for signal in TERM INT; do
	terminal 80x24 "(echo \$BASHPID >$TMPDIR/pid; exec $(printf '%q ' "$LWSIM") play --paused $microvm)"
	sees PAUSED
	kill -$signal "$(cat "$TMPDIR/pid")"
	sees 'lwsim: interrupted at 0.000000s of virtual time'
	ends 130
done
play 80x24 --paused "$microvm"
sees PAUSED
keys n
sees 0.010000s
keys C-c
sees 'lwsim: interrupted at 0.010000s of virtual time'
ends 130

# -- stopped and continued by a shell, as with Ctrl-Z
said='stopped and continued'
next_server
tmux new-session -d -x 80 -y 24 env PS1='prompt> ' bash --norc --noprofile -i
sees 'prompt>'
keys "$(printf '%q ' "$LWSIM") play --paused $microvm" Enter
sees PAUSED
keys n
sees 0.010000s
keys C-z
sees 'Stopped'
keys fg Enter
sees 0.010000s
sees 'q quit'
keys n
sees 0.410000s
keys q
sees 'prompt>'

# -- a scenario on standard input
terminal 80x24 "$(printf '%q ' "$LWSIM") play --paused - <$microvm"
sees '0.000000s'
keys n
sees '0.010000s'
keys q
ends 0
terminal 80x24 "setsid -w $(printf '%q ' "$LWSIM") play --paused $microvm </dev/null"
sees 'there is none to read keys from'
ends 2

# -- unsuitable terminals
for type in '' dumb no-such-terminal; do
	terminal 80x24 "TERM=$type $(printf '%q ' "$LWSIM") play $microvm"
	sees 'play needs a terminal'
	ends 2
done
terminal 80x24 "unset TERM; $(printf '%q ' "$LWSIM") play $microvm"
sees 'TERM is not set'
ends 2

# -- colours, unless disabled; nothing is in a colour alone
colors() { tmux capture-pane -p -e | grep -c $'\033\\[3[0-8]' >/dev/null; }
play 80x24 --paused "$microvm"
sees PAUSED
keys n
sees 0.010000s
waits_for colors || fail "$said: no colour"
terminal 80x24 "NO_COLOR=1 $(printf '%q ' "$LWSIM") play --paused $microvm"
sees PAUSED
keys n
sees 0.010000s
! colors || fail "$said: colour"
keys q
ends 0

# -- text from others
weird=$(scenario weird.lw <<'S'
title "a 網 title that is far too long to be all on the first line of a screen of 80 columns"
kernel 6.1
0 ip link add é網 type dummy
1 ip link add é網 type dummy
S
)
play 80x24 --paused "$weird"
sees 'a 網 title'
keys n
sees ' é網             down'
keys n
sees 'END: a command failed (--force goes on)'
sees 'error: RTNETLINK answers: File exists'
keys q
sees 'weird.lw:4:3: error: RTNETLINK answers: File exists'
ends 1
play 80x24 --paused --force "$weird"
sees PAUSED
keys n n n
sees 'END: home begins again'
keys q
ends 1
printf '0 ip link add d0 type dummy\n  ip link add d0 type dummy = EEXIST\n  expect d0 operstate UP\n' >"$TMPDIR/expected.lw"
play 80x24 --paused "$TMPDIR/expected.lw"
sees PAUSED
keys m m
sees 'END: home begins again'
keys q
ends 0

# -- inside a step: an urgent event is processed within an instant
cat >"$TMPDIR/urgent.lw" <<'S'
kernel 6.1
0 virtnet_probe eth0 status=on
2 setlink eth0 up
5 virtnet_config_changed eth0 link=down
5.1 virtnet_config_changed eth0 link=up
9 end
S
play 80x24 --paused "$TMPDIR/urgent.lw"
sees PAUSED
keys n n n n i i i
sees 'inside    decision 3 of 6 in this step: linkwatch_schedule_work()'
sees 'queue     1: eth0'
sees 'LW_URGENT SET'
sees "   linkwatch's work is queued to run now"
lacks 'UP, 100ms'
keys i
sees 'work      running'
sees 'for urgent events only; the next full run'
keys n
sees 'next      9.000000  the end'
sees '5.100000    eth0 <UP,RUNNING,LOWER_UP> state UP'
keys q
ends 0

play 80x24 --paused --kernel "src:$good,base=6.1" "$TMPDIR/urgent.lw"
sees PAUSED
keys n n i i
sees 'in this step: linkwatch_fire_event(), derived'
keys q
ends 0

# -- a long namespace does not hide the device
cat >"$TMPDIR/long.lw" <<'S'
0 ip netns add anamespacewithalongname
  ip -n anamespacewithalongname link add a_long_device type dummy
  ip -n anamespacewithalongname link add d1 type dummy
S
play 80x24 --paused "$TMPDIR/long.lw"
sees PAUSED
keys m m m m
sees 'END'
sees ' anamespacew~/d1 '
sees ' ~/a_long_device '

# -- a kernel from a file; one that crashes restores the terminal
play 80x24 --paused --kernel "src:$good,base=5.8" "$microvm"
sees "src:$good"
keys n n
sees '0.410000s'
keys p
sees '0.010000s'
keys q
ends 0
mkdir -p "$TMPDIR/tree/net/core" # lacks all other files
cp $good "$TMPDIR/tree/net/core/link_watch.c"
printf 'VERSION = 6\nPATCHLEVEL = 1\n' >"$TMPDIR/tree/Makefile"
play 80x24 --paused --kernel "src:$TMPDIR/tree" "$microvm"
sees 'not known: src:'
keys q
ends 0
sed 's/^\trtnl_lock();/\t*(volatile int *)(jiffies - jiffies) = 1;\n&/' $good >"$TMPDIR/link_watch.c"
! cmp -s $good "$TMPDIR/link_watch.c" || fail 'the file that crashes is the good one'
play 80x24 --paused --kernel "src:$TMPDIR/link_watch.c,base=5.8" "$microvm"
sees PAUSED
keys n n
sees 'link_watch.c crashes: invalid memory access'
ends 3

# -- installed
cmake --install "$(dirname "$LWSIM")" --prefix "$TMPDIR/prefix" >/dev/null || fail 'cmake --install'
LWSIM=$TMPDIR/prefix/bin/lwsim
play 80x24 --paused "$microvm"
sees '0.000000s  jiffy 0  PAUSED'
keys q
ends 0
mv "$TMPDIR/prefix/libexec/lwsim/lwsim-play" "$TMPDIR/elsewhere"
refused 'cannot find lwsim-play' play "$microvm"

finish
