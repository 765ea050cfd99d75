#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# lwsim repl: statements are typed, what follows is shown, what is wrong is said and forgotten.
. tests/lib/cli.sh

# repl LINE...: types them
repl()
{
	said="lwsim repl <<< $(printf '%s; ' "$@")"
	printf '%s\n' "$@" | "$LWSIM" repl >"$out" 2>"$err"
	code=$?
}
messages() # what was shown, without the columns behind the state
{
	awk '{ print $1, $3, $4, $6, $7, $8 }' "$out"
}

repl 'kernel 6.1' 'hz 100' 'ip link add d0 type dummy' '+1s ip link set d0 up' '+1s ip link set d0 carrier off' \
	'+100ms ip link set d0 carrier on' '+50ms ip link set d0 carrier off' '+2s'
code_is 0
err_is_empty
[[ $(grep -c . "$out") -eq 5 ]] || { fail "$said: 5 messages were expected"; show "$out"; }
messages | tail -n 1 | grep -q '^3.040000 d0 <UP,-RUNNING,-LOWER_UP> UP -> DOWN$' || { fail "$said: no DOWN at 3.04"; show "$out"; }

# -- why tells of the last statement alone
repl 'ip link add d0 type dummy' 'ip link set d0 up' '+1s ip link set d0 carrier off' why
out_has 'd0 has no carrier any more (netif_carrier_off(), line 3)'
out_lacks 'ip link add d0 type dummy (line 1)'

# -- what is wrong is said, and is as if it had not been typed; what has failed once is not said again
repl 'ip link add d0 type dummy' 'ip link set d9 up' 'ip link add d0 type dummy' '+1s ip link set d0 up' text
code_is 2
err_has "repl:2:13: error: no line creates device 'd9'"
[[ $(grep -c 'RTNETLINK answers: File exists' "$err") -eq 1 ]] || { fail "$said: said twice"; show "$err"; }
out_has '<+UP,+RUNNING,+LOWER_UP>'
out_lacks 'd9'
repl 'ip link add d0 type dummy' 'ip link add d0 type dummy'
code_is 1
repl 'ip link add d0 type dummy' 'expect d0 operstate UP'
code_is 1
err_has 'repl:2:21: fail: operstate of d0 is DOWN'

# -- what was typed is a scenario
repl 'kernel 6.1' 'ip link add d0 type dummy' '+1s' 'repeat 2 every 1s {' '  ip link set d0 up' '+500ms ip link set d0 down' '}' text quit \
	'ip link add d1 type dummy'
code_is 0
grep -A9 '^kernel' "$out" >"$TMPDIR/typed.lw"
cp "$out" "$TMPDIR/shown"
lwsim run "$TMPDIR/typed.lw"
code_is 0
[[ $(grep -c ' d0  ' "$out") -eq $(grep -c ' d0  ' "$TMPDIR/shown") ]] || fail 'the text is not what was run'
out_lacks d1

# -- a block that is not closed is not there yet; no line, no output; help
repl 'batch {' 'ip link add d0 type dummy'
code_is 0
out_is_empty
repl ''
code_is 0
out_is_empty
repl help
out_has '+1s              time passes'
printf 'ip link add d0 type dummy\n' | "$LWSIM" repl --kernel 9.9 >"$out" 2>"$err"
[[ $? -eq 2 ]] || fail 'repl --kernel 9.9: expected exit code 2'

# -- on a kernel from a file, too
export XDG_CACHE_HOME=$TMPDIR/cache
printf '%s\n' 'ip link add d0 type dummy' 'ip link set d0 up' '+1s carrier_off d0' |
	"$LWSIM" repl --kernel src:tests/src/link_watch.c,base=6.1 >"$out" 2>"$err"
out_has 'UNKNOWN -> DOWN'

finish
