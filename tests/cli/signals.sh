#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# SIGINT and SIGTERM end a run with the output so far, and with 130. Independent of time: the signal is sent when a
# line of output has been read, and the next event is years away.
. tests/lib/cli.sh

slow=$(scenario slow.lw <<'S'
kernel 6.1
0 ip link add d0 type dummy
1 ip link set d0 up
100000000 ip link set d0 down
S
)
mkfifo "$TMPDIR/fifo"

# Runs, reads until a line has TEXT, sends SIGNAL to all started processes, as the keyboard does, and reads the rest.
interrupt() # SIGNAL TEXT ARGUMENT...
{
	local signal=$1 text=$2 line pid
	shift 2
	said="lwsim $*, ended by SIG$signal"
	# in its own subshell, because bash starts background jobs with SIGINT ignored
	env --default-signal=INT,TERM setsid "$LWSIM" "$@" >"$TMPDIR/fifo" 2>"$err" &
	pid=$!
	exec 4<"$TMPDIR/fifo"
	: >"$out"
	while IFS= read -r line <&4; do
		printf '%s\n' "$line" >>"$out"
		[[ $line != *"$text"* ]] || break
	done
	kill -"$signal" -- -$pid
	cat <&4 >>"$out"
	exec 4<&-
	wait $pid
	code=$?
}

for signal in INT TERM; do
	interrupt $signal '> ip link set d0 up' run --pace 1e6 "$slow"
	code_is 130
	err_has 'lwsim: interrupted at '
	out_has '+UP'
	[[ -z $(tail -c 1 "$out") ]] || fail "$said: the last line is not whole"

	interrupt $signal '"UP"' run --pace 1e6 --format jsonl "$slow"
	code_is 130
	err_has 'lwsim: interrupted at '
	[[ $(grep -c newlink "$out") -eq 2 ]] || fail "$said: not the two messages that there were"
	[[ -z $(tail -c 1 "$out") ]] || fail "$said: the last line is not whole"
done

# a run in a helper program ends with it
export XDG_CACHE_HOME=$TMPDIR/cache
for signal in INT TERM; do
	interrupt $signal '> ip link set d0 up' run --pace 1e6 --kernel src:tests/differential/always_urgent.c,base=6.1 "$slow"
	code_is 130
	err_has 'lwsim: interrupted at '
	out_has '+UP'
done

# at full speed: far more lines than a pipe holds, so it cannot have ended by itself
busy=$(scenario busy.lw <<'S'
kernel 6.1
0 ip link add d0 type dummy
  ip link set d0 up
1 repeat 100000 every 2s {
    ip link set d0 carrier off
    +1 ip link set d0 carrier on
  }
S
)
interrupt INT '"UP"' run --format jsonl "$busy"
code_is 130

# if a helper program loads the kernel, that one is interrupted
export XDG_CACHE_HOME=$TMPDIR/cache
interrupt INT '"UP"' run --kernel src:tests/differential/always_urgent.c,base=6.1 --format jsonl "$busy"
code_is 130
err_has 'lwsim: interrupted at '

# sweep: complete rows, in order, and no process is left
rows=$(scenario rows.lw <<'S'
kernel 6.1
param  i = 0
0 ip link add d0 type dummy
  ip link set d0 up
S
)
rows_are_whole()
{
	awk -F, 'NR > 1 && ($1 != NR - 1 || NF != 10) { exit 1 }' "$out" && [[ -z $(tail -c 1 "$out") ]] ||
		fail "$said: a row is not whole, or out of order"
}
for signal in INT TERM; do
	interrupt $signal ,6.1, sweep --jobs 2 --vary i=0..9999999/2 "$rows"
	code_is 130
	err_has 'lwsim: interrupted'
	rows_are_whole
	! pgrep -f "sweep.*$rows" >&3 || fail "$said: processes are left"
done
interrupt INT ',"src:' sweep --vary i=0..9999999/2 --kernel src:tests/differential/always_urgent.c,base=6.1 "$rows"
code_is 130
err_has 'lwsim: interrupted'

# `test`, `diff` and `compare` print nothing before they end, so no output shows when to send the signal. This builds
# an lwsim that sends it to itself, in step $STEP of the process.
cat >"$TMPDIR/step.c" <<'C'
#include <signal.h>
#include <stdlib.h>
struct runner;
void __real_runner_step(struct runner *runner);
void __wrap_runner_step(struct runner *runner);
void __wrap_runner_step(struct runner *runner)
{
	static int steps;

	if (++steps == atoi(getenv("STEP")))
		raise(atoi(getenv("SIGNAL")));
	__real_runner_step(runner);
}
C
mapfile -t sources < <(lwsim_sources)
gcc -std=gnu11 -w -O0 -D_GNU_SOURCE -I. -Wl,--wrap=runner_step -o "$TMPDIR/lwsim" "${sources[@]}" \
	"$TMPDIR/step.c" -lev -lm >&3 2>&3 || { fail 'cannot build'; finish; }
LWSIM=$TMPDIR/lwsim

at_step() # STEP SIGNAL ARGUMENT...
{
	local step=$1 number
	number=$(kill -l "$2")
	shift 2
	said="lwsim $*, SIG$(kill -l "$number") in step $step"
	STEP=$step SIGNAL=$number "$LWSIM" "$@" >"$out" 2>"$err"
	code=$?
}
cp "$busy" "$TMPDIR/before"
cp "$busy" "$TMPDIR/other.lw"
for signal in INT TERM; do
	at_step 1000 $signal run "$busy"
	code_is 130
	err_has 'lwsim: interrupted at '
	at_step 1000 $signal compare "$busy"
	code_is 130
	out_is_empty
	at_step 1000 $signal diff --kernel 5.8 --kernel 6.1 "$busy" "$TMPDIR/other.lw"
	code_is 130
	out_has 'busy.lw: interrupted'
	out_lacks other.lw
	err_has 'interrupted'
	at_step 1000 $signal test "$busy" "$TMPDIR/other.lw"
	code_is 130
	out_has '0 passed, 1 failed'
	out_lacks other.lw # it is not started any more
	at_step 1000 $signal test --format tap "$busy" "$TMPDIR/other.lw"
	code_is 130
	out_has '1..1'
	out_has 'not ok 1'
	at_step 1000 $signal test --update "$busy"
	code_is 130
	same "$said" "$TMPDIR/before" "$busy"
done
at_step 1000 INT compare "$busy"
err_has 'interrupted'
at_step 1000 INT test "$busy"
out_has 'interrupted'

# a signal in a run that ends before it is noticed: the next run does not start
printf '0 ip link add d0 type dummy\n' >"$TMPDIR/short.lw"
at_step 1 INT test "$TMPDIR/short.lw" "$TMPDIR/short.lw" "$TMPDIR/short.lw"
code_is 130
out_has '1 passed, 1 failed'

# an expectation had failed before: the interrupt is still reported, and nothing is written
failed=$(scenario failed.lw <<'S'
kernel 6.1
0 ip link add d0 type dummy
  expect d0 operstate UP
1 repeat 100000 every 2s {
    ip link set d0 up
    +1 ip link set d0 down
  }
S
)
cp "$failed" "$TMPDIR/before"
at_step 1000 INT run "$failed"
code_is 130
err_has 'interrupted'
at_step 1000 INT test "$failed" "$TMPDIR/short.lw"
code_is 130
out_lacks short.lw
at_step 1000 INT test --update "$failed"
code_is 130
same "$said" "$failed" "$TMPDIR/before"

finish
