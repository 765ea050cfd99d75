#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# lwsim repl: statements are typed, their effects are shown, wrong input is reported and discarded.
. tests/lib/cli.sh

# repl LINE...: types the lines
repl()
{
	said="lwsim repl <<< $(printf '%s; ' "$@")"
	printf '%s\n' "$@" | "$LWSIM" repl >"$out" 2>"$err"
	code=$?
}
messages() # the messages shown, without the blanks between columns
{
	tr -s ' ' <"$out" | sed 's/^ //'
}

repl 'kernel 6.1' 'hz 100' 'ip link add d0 type dummy' '+1s ip link set d0 up' '+1s ip link set d0 carrier off' \
	'+100ms ip link set d0 carrier on' '+50ms ip link set d0 carrier off' '+2s'
code_is 0
err_is_empty
[[ $(grep -c . "$out") -eq 5 ]] || { fail "$said: 5 messages were expected"; show "$out"; }
messages | tail -n 1 | grep -q '^3.040000 d0 -RUNNING -LOWER_UP DOWN$' || { fail "$said: no DOWN at 3.04"; show "$out"; }

# -- why: the last statement only
repl 'ip link add d0 type dummy' 'ip link set d0 up' '+1s ip link set d0 carrier off' why
out_has 'd0 loses carrier (netif_carrier_off(), line 3)'
out_lacks 'ip link add d0 type dummy (line 1)'

# -- wrong input is reported, and has no effect; a failure is reported once
repl 'ip link add d0 type dummy' 'ip link set d9 up' 'ip link add d0 type dummy' '+1s ip link set d0 up' text
code_is 2
err_has "repl:2:13: error: no line creates device 'd9'"
[[ $(grep -c 'RTNETLINK answers: File exists' "$err") -eq 1 ]] || { fail "$said: said twice"; show "$err"; }
out_has '+UP +RUNNING +LOWER_UP UNKNOWN'
out_lacks 'd9'
repl 'ip link add d0 type dummy' 'ip link add d0 type dummy'
code_is 1
repl 'ip link add d0 type dummy' 'expect d0 operstate UP'
code_is 1
err_has 'repl:2:21: fail: operstate of d0 is DOWN'

# -- the input is a scenario
repl 'kernel 6.1' 'ip link add d0 type dummy' '+1s' 'repeat 2 every 1s {' '  ip link set d0 up' '+500ms ip link set d0 down' '}' text quit \
	'ip link add d1 type dummy'
code_is 0
grep -A9 '^kernel' "$out" >"$TMPDIR/typed.lw"
cp "$out" "$TMPDIR/shown"
lwsim run "$TMPDIR/typed.lw"
code_is 0
[[ $(grep -c ' d0  ' "$out") -eq $(grep -c ' d0  ' "$TMPDIR/shown") ]] || fail 'the text is not what was run'
out_lacks d1

# -- errors show the input and nothing else
repl '+1x'
code_is 2
err_has '    1 | +1x'
! grep -q mark "$err" || { fail "$said: nobody typed mark"; show "$err"; }
repl '+1s' '0.5'
err_has '    2 | 0.5'
! grep -q mark "$err" || { fail "$said: nobody typed mark"; show "$err"; }

# -- `end` and snapshots, which end a file, are refused
repl 'ip link add d0 type dummy' '5s end' '-- trace 6.1 --' '+1s ip link set d0 up'
code_is 2
err_has '`end` ends a file'
err_has 'a snapshot needs a file'
out_has '1.000000  d0'
repl quit 'ip link add d0 type dummy'
code_is 0
out_is_empty

# -- undo: as if the line had not been typed; what follows is new again
repl 'ip link add d0 type dummy' '+1s ip link set d0 up' undo text '+2s ip link set d0 up' undo undo text undo
code_is 2
err_has 'there is nothing to undo'
out_has 'undone: +1s ip link set d0 up'
out_has '2.000000  d0           +UP +RUNNING +LOWER_UP'
[[ $(grep -c '^ip link add d0 type dummy$' "$out") -eq 1 ]] || { fail "$said: the text is not what is left"; show "$out"; }
repl 'ip link add d0 type dummy' 'ip link add d0 type dummy' undo 'ip link add d0 type dummy' state
[[ $(grep -c 'RTNETLINK answers: File exists' "$err") -eq 2 ]] || { fail "$said: it failed twice"; show "$err"; }
[[ $(grep -c '^2: d0: ' "$out") -eq 1 ]] || { fail "$said: no state"; show "$out"; }
repl 'ip link add d0 type dummy' '+1s ip link set d0 up' undo '+2s ip link set d0 up' why
out_has '2.000000  > ip link set d0 up'
out_lacks 'ip link add'

# -- the header may change until there is a statement, whatever was asked before
repl 'hz 1000' state 'kernel 6.12' undo why undo 'hz 100' state 'ip link add d0 type dummy' '+1s ip link set d0 up' state
code_is 0
out_has '1.000000  d0 '
out_has '2: d0: <UP,RUNNING,LOWER_UP>'

# -- a deadline that is now is missed if nothing follows, or if time passes; equal failures are counted once
repl 'ip link add d{0..2} type dummy' 'expect d0 running within 1s' '+1s' 'expect d{0..2} operstate UP' mark '+1s' mark
code_is 1
[[ $(grep -c 'd0 is not RUNNING by 1.000000s: the run has ended$' "$err") -eq 2 ]] ||
	{ fail "$said: expected of the deadline and of the line after it"; show "$err"; }
[[ $(grep -c 'd0 is not RUNNING by 1.000000s$' "$err") -eq 1 ]] || { fail "$said: the deadline has passed"; show "$err"; }
[[ $(grep -c 'line 4 fails for 2 more in the same way' "$err") -eq 1 ]] || { fail "$said: not counted once"; show "$err"; }
repl 'ip link add d0 type dummy' 'expect d0 running within 1s' '+1s ip link set d0 up' '+1s'
[[ $(grep -c 'is not RUNNING' "$err") -eq 0 ]] || { fail "$said: it runs at the deadline"; show "$err"; }

# -- many lines: each is shown once, although the machine has to grow; all can be undone
mapfile -t lines < <(printf 'ip link add d%s type dummy\n' {0..99})
repl 'ip link add d0 type dummy' "${lines[@]}" state "${lines[@]//*/undo}" state
code_is 1
[[ $(grep -c 'File exists' "$err") -eq 1 ]] || { fail "$said: it failed once"; show "$err"; }
[[ $(grep -c ' DOWN$' "$out") -eq 100 ]] || { fail "$said: 100 messages were expected"; show "$out"; }
[[ $(grep -c '^[0-9]*: d' "$out") -eq 101 ]] || { fail "$said: 100 devices were expected, then 1"; show "$out"; }

# -- the current state of the devices
repl state 'ip netns add n1' 'ip -n n1 link add d0 type dummy' 'ip -n n1 link set d0 up' state
code_is 0
[[ $(head -n 1 "$out") == '1: lo: <> state DOWN, stored UNKNOWN' ]] || { fail "$said: no lo"; show "$out"; }
out_has '2: n1/d0: <UP,RUNNING,LOWER_UP> state UNKNOWN, stored UNKNOWN'
repl 'kernel 6.1' 'ip link add d0 type dummy' 'carrier_off d0' state
out_has '2: d0: <> state DOWN, stored DOWN'

# -- an unclosed block is discarded, with a message; no input, no output; help
repl 'batch {' 'ip link add d0 type dummy'
code_is 2
err_has 'a block was not closed'
out_is_empty
repl 'batch {' quit
code_is 2
err_has 'a block was not closed'
repl ''
code_is 0
out_is_empty
repl help
for word in getlink sysfs '-n NS' '= EBUSY' kernel hz param timers bits undo state exit; do
	out_has "$word"
done
out_has '+1s              time passes'
[[ $(wc -L <"$out") -le 80 ]] || fail "$said: too wide"
printf 'ip link add d0 type dummy\n' | "$LWSIM" repl --kernel 9.9 >"$out" 2>"$err"
[[ $? -eq 2 ]] || fail 'repl --kernel 9.9: expected exit code 2'

# -- on a kernel from a file
export XDG_CACHE_HOME=$TMPDIR/cache
printf '%s\n' 'ip link add d0 type dummy' 'ip link set d0 up' '+1s carrier_off d0' |
	"$LWSIM" repl --kernel src:tests/differential/always_urgent.c,base=6.1 >"$out" 2>"$err"
out_has '-RUNNING -LOWER_UP DOWN'
repl 'kernel src:tests/differential/always_urgent.c,base=6.1' 'ip link add d0 type dummy' 'ip link set d0 up' '+1s carrier_off d0'
code_is 0
out_has '-RUNNING -LOWER_UP DOWN'

# -- installed, and without the helper program
cmake --install "$(dirname "$LWSIM")" --prefix "$TMPDIR/prefix" >/dev/null || fail 'cmake --install'
echo 'ip link add d0 type dummy' | "$TMPDIR/prefix/bin/lwsim" repl >"$out" 2>"$err" || fail 'the installed repl'
out_has 'd0           DOWN'
rm "$TMPDIR/prefix/libexec/lwsim/lwsim-repl"
"$TMPDIR/prefix/bin/lwsim" repl </dev/null >"$out" 2>"$err"
[[ $? -eq 2 ]] || fail 'no lwsim-repl: expected exit code 2'
err_has 'cannot find lwsim-repl'

command -v tmux >/dev/null || { echo 'no tmux: nothing is typed at a terminal'; finish; }

# -- at a terminal: line editing, and history
. tests/lib/terminal.sh
export HOME=$TMPDIR # without an .editrc
typed=$(printf '%q ' "$LWSIM" repl)
terminal 80x40 "$typed"
sees '0.000000>'
keys 'ip link add d0 type dumy' Left m End Enter
sees 'd0           DOWN'
keys '+1s ip link set d0 up' Enter
sees '1.000000>'
keys Up
sees '1.000000> +1s ip link set d0 up'
keys Up
sees '1.000000> ip link add d0 type dummy'
lacks '^['

# Ctrl-C cancels the line, or the block, and nothing else
keys C-c
sees $'ip link add d0 type dummy\n1.000000>'
keys 'repeat 2 every 1s {' Enter
sees '1.000000 }'
keys 'ip link'
sees '1.000000 } ip link'
keys C-c
sees $'1.000000 } ip link\n1.000000>'
keys state Enter
sees '2: d0: <UP,RUNNING,LOWER_UP>'

# and a statement that takes long
cpu_ticks() { awk '{ print $14 + $15 }' "/proc/$(pgrep -P "$(tmux display -p '#{pane_pid}')" | head -n 1)/stat"; }
is_computing() { (($(cpu_ticks) >= before + 20)); }
keys 'repeat 9000000 every 1s {' Enter
sees '1.000000 }'
keys 'linkwatch_fire_event lo' Enter
sees $'linkwatch_fire_event lo\n1.000000 }'
before=$(cpu_ticks)
keys '}' Enter
waits_for is_computing # an earlier Ctrl-C would cancel the block
keys C-c
sees 'lwsim: interrupted at '
keys text Enter
sees $'1.000000> text\nip link add d0 type dummy\n+1s ip link set d0 up\n1.000000>'

# Ctrl-D ends it
keys C-d
sees 'exit 0'
modes_are_back

# stopped and continued
next_server
said='stopped and continued'
tmux new-session -d -x 80 -y 24 env PS1='prompt> ' bash --norc --noprofile -i
sees 'prompt>'
keys "$typed" Enter
sees '0.000000>'
keys 'ip link add d0 type dummy' Enter
sees 'd0           DOWN'
keys C-z
sees Stopped
keys fg Enter
sees $'repl\n0.000000>' # earlier, the terminal would echo keys itself
keys Up
sees $'repl\n0.000000> ip link add d0 type dummy'
keys C-c
sees $'dummy\n0.000000>'
keys quit Enter
sees $'quit\nprompt>'

finish
