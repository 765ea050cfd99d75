#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# lwsim explore: what it concludes, the scenarios it finds, the bounds, and what it refuses.
. tests/lib/cli.sh

# a file, with ranges and alternatives
cat >"$TMPDIR/one.lw" <<'END'
hz       100

1        ip link add d0 type dummy
5        explore {
           ip link set d0 up|down
           ip link set d0 carrier on|off
         }
END
lwsim explore "$TMPDIR/one.lw"
code_is 0
err_is_empty
out_has '6.1: RUNNING is late: by at most 1.08s (108 jiffies)'
out_has '6.1: the loss of RUNNING is late: by at most 1.08s (108 jiffies)'
out_has '6.1: closed: every state was visited'

# other commands pass over the block
lwsim run "$TMPDIR/one.lw"
code_is 0
out_has 'd0           DOWN'
lwsim check "$TMPDIR/one.lw"
code_is 0

# two kernels that do the same in all things, and two that do not
lwsim explore --devices veth --kernel 6.8 --kernel 6.12 --find equal
code_is 0
out_has '6.8 and 6.12 are equal: no sequence of these statements'
mkdir "$TMPDIR/found"
lwsim explore --devices dummy,dummy --kernel 6.1 --kernel 6.1+open-syncs --find equal --folder "$TMPDIR/found"
code_is 1
err_is_empty
out_has '6.1 and 6.1+open-syncs differ'
out_has '6.1+open-syncs: fewer messages, 3 statements:'
# the price that a real kernel pays, too: tests/traces/price.script
out_has '7.008000                                    d0 -RUNNING -LOWER_UP DOWN'
lwsim compare "$TMPDIR/found/equal-fewer.lw"
code_is 0
out_has '5.000000                          d0 +UP +RUNNING +LOWER_UP UP'

# the same bytes each time
lwsim explore --devices dummy,dummy --kernel 6.1 --kernel 6.1+urgent-event+setlink-event --find equal
code_is 1
cp "$out" "$TMPDIR/first"
lwsim explore --devices dummy,dummy --kernel 6.1 --kernel 6.1+urgent-event+setlink-event --find equal
same "$said" "$TMPDIR/first" "$out"

# a scenario for each lag
lwsim explore --verbose --find lag "$TMPDIR/one.lw"
code_is 0
out_has '> ip link set d0 carrier'

# properties of a file, and --reach
cat "$TMPDIR/one.lw" - >"$TMPDIR/properties.lw" <<'END'
never    d0 operstate DORMANT
always   not (d0 running yes and d0 carrier off) or d0 operstate UP or d0 operstate UNKNOWN
d0 carrier off leads to (d0 running no or d0 carrier on) within 1080ms
d0 carrier off leads to (d0 running no or d0 carrier on) within 1070ms
END
lwsim explore "$TMPDIR/properties.lw"
code_is 1
err_is_empty
out_has '6.1: never d0 operstate DORMANT: holds, on every sequence'
out_has 'within 1080ms:'
out_has 'on every sequence: after 1.08s at the latest'
out_has 'not hold: it can take 1.08s'
lwsim explore <(cat "$TMPDIR/one.lw"; echo 'd0 carrier off leads to d0 operstate UP within 1s')
code_is 1
out_has 'it can be'
out_has 'put off for ever'
lwsim explore --reach 'd0 running yes and d0 carrier off' "$TMPDIR/one.lw"
code_is 1
out_has 'reach d0 running yes and d0 carrier off: yes'
out_has '> ip link set d0 carrier off'
# a state that only two devices can bring about: the run of that second is spent
lwsim explore --reach 'd0 operstate UNKNOWN and d0 carrier off' --devices dummy
code_is 0
out_has 'no, on no sequence'
lwsim explore --reach 'd0 operstate UNKNOWN and d0 carrier off' --states 400000 --devices dummy,dummy
code_is 1
out_has ': yes'
lwsim explore --reach 'd0 operstate DORMANT' --states 1000 --devices dummy,dummy
code_is 4
out_has 'd0 operstate DORMANT: no so far'
lwsim explore --reach 'd0 operstat UP' --devices dummy
code_is 2
err_has "did you mean 'operstate'"

# others cannot put it off; and what a change sends without end
lwsim explore --find starve,rate "$TMPDIR/one.lw"
code_is 0
out_has 'whatever happens to others: by at most 1.08s'
out_has '6.1: messages of linkwatch in a second'
lwsim explore --find rate --kernel 6.1+urgent-event+setlink-event "$TMPDIR/one.lw"
code_is 1
out_has 'linkwatch sends without end, in no time'

# bounds: nothing was found so far
lwsim explore --states 100 "$TMPDIR/one.lw"
code_is 4
out_has '6.1: not closed: --states ended it'
lwsim explore --depth 1 "$TMPDIR/one.lw"
code_is 4
out_has '6.1: not closed: --depth ended it'
lwsim explore --devices dummy,dummy --memory 10 --find lag
code_is 4
out_has '6.1: not closed: --memory ended it'

# every jiffy is too much: then the moments when something is due
lwsim explore --find lag,rate --states 200 "$TMPDIR/one.lw"
code_is 4
out_has '6.1: not closed: --states ended it'
out_has '6.1: RUNNING is late: so far, by 1.08s (108 jiffies)'
out_has '6.1: messages in a second: not known: it takes every jiffy to count them'
out_has '6.1, when something is due: closed'
lwsim explore --find equal --moments every --depth 2 --kernel 6.1 --kernel 6.1+setlink-event "$TMPDIR/one.lw"
code_is 1
out_has 'side by side, in each jiffy: '
lwsim explore --find equal --moments due --kernel 6.1 --kernel 6.1 "$TMPDIR/one.lw"
code_is 4
out_has '6.1 and 6.1: no difference so far'

# the scenarios of the longest times and highest rates: the run has as many messages in a second
lwsim explore --find rate,starve --verbose --folder "$TMPDIR/found" "$TMPDIR/one.lw"
code_is 0
for file in rate rate-of-one starve-running starve-not-running; do
	lwsim run "$TMPDIR/found/$file.lw"
	code_is 0
done
lwsim compare "$TMPDIR/found/rate.lw"
out_has '6.1     d0      0ms                        6           3'

# 8 bytes a state: as many states, nothing proved
lwsim explore --find lag --hash "$TMPDIR/one.lw"
code_is 4
out_has '6.1: RUNNING is late: so far, by 1.08s (108 jiffies)'
out_has '(23400 states, 117000 steps'
out_has 'of each state 8 bytes were kept'

# a drawing of few states
sed 's/^hz .*/&\ntimers   exact/' "$TMPDIR/one.lw" >"$TMPDIR/exact.lw"
lwsim explore --find lag --moments due --graph "$TMPDIR/states.dot" "$TMPDIR/exact.lw"
code_is 4
[[ $(dot -Tplain "$TMPDIR/states.dot" | grep -c '^node') -eq 29 ]] || fail 'the drawing has no 29 states'
lwsim explore --find lag --graph "$TMPDIR/none.dot" "$TMPDIR/one.lw"
code_is 2
err_has '23400 states, and a drawing has at most 1000'
[[ ! -e $TMPDIR/none.dot ]] || fail 'a drawing was written'
lwsim explore --find lag --graph "$TMPDIR/missing/states.dot" --moments due "$TMPDIR/exact.lw"
code_is 2
err_has 'missing/states.dot: No such file'

# random sequences: what they find is shortened; the same for the same seed, whatever the processes
lwsim explore --random 3 --find equal --kernel 6.1 --kernel 6.1+urgent-event --folder "$TMPDIR/found" --devices dummy,dummy
code_is 1
out_has '6.1 and 6.1+urgent-event differ'
out_has 'random sequences, '
(($(grep -c 'ip link\|ifconfig' "$TMPDIR/found/random.lw") <= 8)) || fail 'the scenario was not shortened'
lwsim explore --random 3 --depth 20 --states 5000 -j 1 --kernel 6.1 --kernel 6.1+urgent-event "$TMPDIR/one.lw"
code_is 1
cp "$out" "$TMPDIR/first"
lwsim explore --random 3 --depth 20 --states 5000 -j 2 --kernel 6.1 --kernel 6.1+urgent-event "$TMPDIR/one.lw"
same "$said" "$TMPDIR/first" "$out"
lwsim explore --random 1 --states 20000 <(sed 's/1080ms/600ms/' "$TMPDIR/properties.lw")
code_is 1
out_has 'within 600ms:'
lwsim explore --random 1 --states 2000 --find lost "$TMPDIR/one.lw"
code_is 4
out_has '6.1: nothing found so far'

# one search in several processes prints the same, with the same scenarios
mkdir "$TMPDIR/alone" "$TMPDIR/with-2" "$TMPDIR/with-5"
lwsim explore -j 1 --verbose --folder "$TMPDIR/alone" "$TMPDIR/one.lw"
code_is 0
sed "s,$TMPDIR/alone,FOLDER," "$out" >"$TMPDIR/first"
for jobs in 2 5; do
	lwsim explore -j "$jobs" --verbose --folder "$TMPDIR/with-$jobs" "$TMPDIR/one.lw"
	code_is 0
	sed "s,$TMPDIR/with-$jobs,FOLDER," "$out" >"$TMPDIR/second"
	same "$said" "$TMPDIR/first" "$TMPDIR/second"
	diff -r "$TMPDIR/alone" "$TMPDIR/with-$jobs" >"$TMPDIR/diff" || fail 'other scenarios with more processes'
done
lwsim explore -j 1 --find lag --memory 10 --devices dummy,dummy
cp "$out" "$TMPDIR/first"
lwsim explore -j 3 --find lag --memory 10 --devices dummy,dummy
code_is 4
same "$said" "$TMPDIR/first" "$out"

# searches side by side print the same
lwsim explore -j 1 --moments due --kernel 6.1 --kernel 6.8 "$TMPDIR/one.lw"
code_is 1
cp "$out" "$TMPDIR/first"
lwsim explore -j 3 --moments due --kernel 6.1 --kernel 6.8 "$TMPDIR/one.lw"
code_is 1
same "$said" "$TMPDIR/first" "$out"
lwsim explore -j 2 --kernel 3.7 --kernel 4.19 <(sed 's/^hz .*/hz 1000/' "$TMPDIR/one.lw")
code_is 2
err_has 'cannot explore 3.7'

# a link_watch.c from a file: its static variables belong to the state
lwsim explore --devices dummy --kernel 6.1 --kernel src:tests/differential/always_urgent.c,base=6.1 --find equal
code_is 1
out_has 'compiled: tests/differential/always_urgent.c'
out_has 'differ'

# a file that never comes to rest: found among the few moments when something is due; among all jiffies it would take long
sed 's/^\t\twait = /\t\twait = list_first_entry(\&lweventlist, struct net_device, link_watch_list)->flags \& IFF_UP ? 0 : /' \
	tests/differential/link_watch.c >"$TMPDIR/restless.c"
sed 's/^hz .*/hz 1000/' "$TMPDIR/one.lw" >"$TMPDIR/fast.lw"
lwsim explore --kernel 6.1 --kernel "src:$TMPDIR/restless.c,base=6.1" --find equal --states 2000 "$TMPDIR/fast.lw"
code_is 3
out_has 'when something is due: not closed: an invariant is broken'

# decisions: the scenarios that are found take them, as `test --coverage` counts; the others cannot be taken
cat >"$TMPDIR/decisions.lw" <<'END'
hz       100

1        ip link add d0 type dummy
5        explore {
           ip link set d0 up|down
           testing_on d0
           testing_off d0
           dormant_on d0
           dormant_off d0
         }
END
mkdir "$TMPDIR/decisions"
lwsim explore --find decisions --folder "$TMPDIR/decisions" "$TMPDIR/decisions.lw"
code_is 0
err_is_empty
out_has '6.1: policy: UNKNOWN -> TESTING: testing_on d0'
out_has '6.1: policy: TESTING -> UP: testing_on d0; 1s later testing_off d0'
out_has '6.1: policy: UP -> LOWERLAYERDOWN: never, on any sequence'
out_has '6.1: closed: every state was visited'
out_lacks 'forget: a query'
out_lacks 'RUNNING is late'
[[ $(find "$TMPDIR/decisions" -name '*.lw' | wc -l) -gt 10 ]] || fail "$said: only $(ls "$TMPDIR/decisions")"
for file in "$TMPDIR"/decisions/*.lw; do
	decision=$(sed -n 's/^title *"\(.*\)"$/\1/p' "$file")
	lwsim test --kernel 6.1 --coverage "$TMPDIR/counted" "$file"
	out_has "only once: $decision; $file"
done
lwsim explore --find decisions --verbose --depth 1 "$TMPDIR/decisions.lw"
code_is 4
out_has '6.1: policy: UP -> DORMANT: not so far'
out_has '> testing_on d0'
lwsim explore --find decisions --kernel 6.8 --depth 3 <(sed 's/dormant_off d0/getlink d0/' "$TMPDIR/decisions.lw")
out_has '6.8: forget: a query processes the event: '
lwsim explore --find decisions <(sed 's/testing_on d0/bogus/' "$TMPDIR/decisions.lw")
code_is 2
# a smaller HZ is another kernel: 5 ms are no jiffy there, so what is equal at HZ 100 differs at HZ 250
both=(--find equal --kernel 6.1+limit-5ms --kernel 6.1+limit-5ms+urgent-event)
lwsim explore "${both[@]}" "$TMPDIR/one.lw"
code_is 0
out_has 'are equal'
lwsim explore "${both[@]}" <(sed 's/^hz .*/hz 250/' "$TMPDIR/one.lw")
code_is 1
out_has 'differ'

# what is refused
refused 'unknown kind' explore --devices dumy
refused "did you mean 'dummy'" explore --devices dumy
refused "--find: unknown word 'all'" explore --devices dummy --find all
refused '--find equal: expected two kernels' explore --devices dummy --find equal
refused '--find decisions: expected kernels that lwsim models' explore --devices dummy --find decisions \
	--kernel src:tests/differential/always_urgent.c,base=6.1
refused '--states 0: expected a number' explore --devices dummy --states 0
refused '--seconds x: expected a number' explore --devices dummy --seconds x
refused '--moments all: expected every or due' explore --devices dummy --moments all
refused '--random 0: expected a number' explore --devices dummy --random 0
refused '--random finds equal and lost' explore --devices dummy --random 1 --find rate
refused '--random: not with' explore --devices dummy --random 1 --hash
refused '--graph: expected one kernel' explore --devices dummy --graph x.dot -k 6.1 -k 6.8
refused '--jobs 0: expected a number' explore --devices dummy --jobs 0
refused 'at most two kernels' explore --devices dummy -k 6.1 -k 6.8 -k 6.12
refused 'cannot explore 3.7: its timer wheel has no period' explore -k 3.7 "$TMPDIR/fast.lw"
finish
