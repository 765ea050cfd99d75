#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# sweep: its rows and their order, its figures, --shard and --merge, -j, wrong usage.
. tests/lib/cli.sh

both=(--kernel 5.8 --kernel 6.1+urgent-event+setlink-event)
range=(--vary open=0s..2s/100ms)
cp sim/sweep/sweep.schema.json "$TMPDIR"

# -- rows and figures

lwsim sweep "$microvm" "${range[@]}"
code_is 0
err_is_empty
[[ $(wc -l <"$out") -eq 64 ]] || fail "$said: not 21 values on the file's 3 kernels, and a head"
[[ $(head -n 1 "$out") == run,open,kernel,wait_ms,wait_device,never,notifications,lie_ms,lie_device,failed_commands ]] ||
	fail "$said: the head is $(head -n 1 "$out")"
out_has '13,400ms,5.8,614,eth0,0,3,614,eth0,0'
out_has '15,400ms,5.8+urgent-event+setlink-event,0,eth0,0,3,0,,0'
cp "$out" "$TMPDIR/whole.csv"

# the figures of `compare` for each of them
sed 1d "$TMPDIR/whole.csv" | while IFS=, read -r _ open kernel wait _ _ messages _; do
	"$LWSIM" compare --kernel "$kernel" --set open="$open" "$microvm" | tail -n 1 |
		awk -v kernel="$kernel" -v wait="${wait}ms" -v messages="$messages" \
			'{ if ($3 == "1.014s") $3 = "1014ms" } $1 != kernel || $3 != wait || $4 != messages { exit 1 }' ||
		echo "$kernel at $open"
done >"$TMPDIR/other"
[[ ! -s $TMPDIR/other ]] || fail "sweep and compare differ: $(head -n 3 "$TMPDIR/other")"

# several parameters: the last varies fastest
two=$(scenario two.lw <<'S'
kernel 6.1
hz     1000
param  a = 1
param  last = 0
0 ip link add d{0..$last} type dummy
$a ip link set d{0..$last} up
S
)
lwsim sweep --vary a=1..2/1 --vary last=0,2 "${both[@]}" "$two"
code_is 0
cut -d, -f1-4 "$out" | sed 1d >"$TMPDIR/found"
cat >"$TMPDIR/expected" <<'S'
1,1,0,5.8
2,1,0,6.1+urgent-event+setlink-event
3,1,2,5.8
4,1,2,6.1+urgent-event+setlink-event
5,2,0,5.8
6,2,0,6.1+urgent-event+setlink-event
7,2,2,5.8
8,2,2,6.1+urgent-event+setlink-event
S
same 'the order of runs' "$TMPDIR/expected" "$TMPDIR/found"

# with --set of another parameter, which the values do not change
lwsim sweep --vary a=1..2/1 --set last=2 --until 9 "$two"
code_is 0
[[ $(cut -d, -f7 "$out" | tail -n 1) -eq 6 ]] || fail "$said: not 3 devices, 2 messages of each"

# no kernels given: the file's; nothing varied: one combination
lwsim sweep "$two"
code_is 0
[[ $(tail -n 1 "$out") == '1,6.1,0,d0,0,2,0,,0' ]] || fail "$said: $(tail -n 1 "$out")"
lwsim sweep - <"$two"
code_is 0
[[ $(wc -l <"$out") -eq 2 ]] || fail "$said: not one row"

# never: printed as such, not as 0; and the device
figures=$(scenario figures.lw <<'S'
kernel 6.1
hz     300
param  cable = on
0 ip link add d0 type dummy
  ip link add e0 type dummy
  ip link set d0 carrier $cable
1 ip link set d0 up
  ip link set e0 up
2 ip link set d0 mtu 1000
  ip link set d0 name d1 = EBUSY
  ip link set e0 carrier off
+100ms ip link set e0 carrier on
+100ms ip link set e0 carrier off
9 ip link add d0 type dummy
S
)
lwsim sweep --vary cable=on,off "$figures"
code_is 0
err_is_empty
[[ $(sed -n 2p "$out") == 1,on,6.1,0,d0,0,* ]] || fail "$said: $(sed -n 2p "$out")"
[[ $(sed -n 3p "$out") == 2,off,6.1,,d0,1,* ]] || fail "$said: $(sed -n 3p "$out")"
[[ $(sed -n 2p "$out") == *,e0,1 ]] || fail "$said: not one failed command"
lwsim sweep --until 2.3 "$figures" # a lie that lasts until the end
[[ $(tail -n 1 "$out") == *,100,e0,0 ]] || fail "$said: $(tail -n 1 "$out")"
printf 'param a = 1\n$a end\n' >"$TMPDIR/nothing.lw"
lwsim sweep --vary a=1 "$TMPDIR/nothing.lw" # no device waits: neither 0 nor never
[[ $(tail -n 1 "$out") == '1,1,6.1,,,0,0,0,,0' ]] || fail "$said: $(tail -n 1 "$out")"

# one of several devices: one that waits for ever does not matter
lwsim sweep --device e0 --vary cable=on,off "$figures"
code_is 0
err_is_empty
[[ $(cut -d, -f3-6 "$out" | tail -n 2) == $'6.1,0,e0,0\n6.1,0,e0,0' ]] || fail "$said: $(cat "$out")"
[[ $(sed -n 2p "$out") == *,e0,1 ]] || fail "$said: the lie is another's"
messages=$("$LWSIM" run --force --format jsonl "$figures" 2>/dev/null | jq -s '[.[] | select(.dev == "e0")] | length')
[[ $(sed -n 2p "$out" | cut -d, -f7) -eq $messages ]] || fail "$said: not $messages messages"
lwsim sweep --device d0 --vary cable=on,off "$figures"
[[ $(cut -d, -f3-6 "$out" | tail -n 2) == $'6.1,0,d0,0\n6.1,,d0,1' ]] || fail "$said: $(cat "$out")"
[[ $(sed -n 2p "$out" | cut -d, -f9) != e0 ]] || fail "$said: e0 lies for d0"
refused '--device x0: no such device in the first combination and the last, expected one of d0, e0' sweep --device x0 "$figures"
lwsim sweep --device d2 --vary last=0,2 "$two" # it exists in the last combination only
code_is 0
[[ $(cut -d, -f4-7 "$out" | tail -n 2) == $',,0,0\n0,d2,0,2' ]] || fail "$said: $(cat "$out")"
{
	echo '0 ip link add a{0..3} type dummy'
	for i in {1..25}; do
		printf 'ip link add b%sx type dummy\nip link set b%sx up\n' "$i" "$i"
	done
} >"$TMPDIR/many.lw"
refused 'expected one of a{0..3}, b1x, b2x, ' sweep --device x "$TMPDIR/many.lw"
err_has ', b19x and 6 more'
printf 'param a = 1\n$a end\n' >"$TMPDIR/nothing.lw"
refused 'they have none' sweep --device x "$TMPDIR/nothing.lw"

# times that are not whole ms, namespaces
thirds=$(scenario thirds.lw <<'S'
kernel 6.1
hz     300
0 ip netns add n
  ip -n n link add d0 type dummy
1 ip -n n link set d0 up
2 ip -n n link set d0 carrier off
+1j ip -n n link set d0 carrier on
+1j ip -n n link set d0 carrier off
+1j end
S
)
lwsim sweep --device n/d0 "$thirds"
[[ $(tail -n 1 "$out") == 1,6.1,0,n/d0,0,*,3.33333*,n/d0,0 ]] || fail "$said: $(tail -n 1 "$out")"
refused 'expected one of n/lo, n/d0' sweep --device d0 "$thirds"
lwsim sweep "$thirds"
[[ $(tail -n 1 "$out") == 1,6.1,0,n/d0,0,*,3.33333*,n/d0,0 ]] || fail "$said: $(tail -n 1 "$out")"

# -- JSON lines

cat >"$TMPDIR/check.py" <<'P'
import csv, json, sys
from schema import validator_of
validator, rows, table = validator_of(sys.argv[1]), open(sys.argv[2]), csv.DictReader(open(sys.argv[3]))
KEYS = ['run', 'params', 'kernel', 'wait_ms', 'wait_device', 'never', 'notifications', 'lie_ms',
        'lie_device', 'failed_commands']
AS_KEYS = ['as', 'late_ms', 'late_device', 'wrong_ms', 'wrong_device']
for line, row in zip(rows, table, strict=True):
    record = json.loads(line)
    assert list(record) == KEYS + (AS_KEYS if 'as' in row else []), list(record)
    if validator:
        validator.validate(record)
        for key in record:
            for value in ({}, -1, True, []):
                if (key, value) != ('params', {}):
                    assert not validator.is_valid({**record, key: value}), f'{key} may be {value}'
            assert not validator.is_valid({k: v for k, v in record.items() if k != key}), key
    flat = {**record.pop('params'), **record}
    assert {k: '' if v is None else str(v) for k, v in flat.items()} == row, (flat, row)
print('same')
P
as_table() # CSV: the same content as the JSON lines in $out
{
	[[ $(python3 "$TMPDIR/check.py" "$TMPDIR/sweep.schema.json" "$out" "$1" 2>&3) == same ]] ||
		fail "$said: not as the schema or the CSV has it"
}
lwsim sweep --format jsonl "$microvm" "${range[@]}"
code_is 0
as_table "$TMPDIR/whole.csv"
cp "$out" "$TMPDIR/whole.jsonl"
for file in "$figures" "$thirds" "$TMPDIR/nothing.lw"; do
	"$LWSIM" sweep "$file" >"$TMPDIR/table"
	lwsim sweep --format jsonl "$file"
	as_table "$TMPDIR/table"
	"$LWSIM" sweep --as keepalived "$file" >"$TMPDIR/table" 2>"$TMPDIR/notes"
	lwsim sweep --as keepalived --format jsonl "$file"
	as_table "$TMPDIR/table"
done

# -- names that CSV and JSON have to escape

mkdir -p "$TMPDIR/a b"
cp tests/differential/always_urgent.c "$TMPDIR/a b/link_watch.c"
cat >"$TMPDIR/odd.lw" <<'S'
param name = x
0 ip link add $name type dummy
1 ip link set $name up
S
export XDG_CACHE_HOME=$TMPDIR/cache
source="src:$TMPDIR/a b/link_watch.c,base=6.1"
lwsim sweep --kernel "$source" --vary name='a"b' "$TMPDIR/odd.lw"
code_is 0
cp "$out" "$TMPDIR/table"
lwsim sweep --kernel "$source" --vary name='a"b' --format jsonl "$TMPDIR/odd.lw"
code_is 0
as_table "$TMPDIR/table"
[[ $(jq -r .kernel "$out") == "$source" ]] || fail "$said: another kernel"

# -- the same bytes with any number of processes

for jobs in 1 2 3 7 100; do
	lwsim sweep -j $jobs "$microvm" "${range[@]}"
	code_is 0
	same "sweep and sweep -j $jobs" "$TMPDIR/whole.csv" "$out"
done
lwsim sweep --jobs=2 --format jsonl "$microvm" "${range[@]}"
same 'sweep and sweep --jobs=2' "$TMPDIR/whole.jsonl" "$out"

for format in csv jsonl; do
	for parts in 1 2 5 30; do # of 21 combinations: some parts of 30 are empty
		rm -f "$TMPDIR"/part.*
		for ((i = 1; i <= parts; i++)); do
			lwsim sweep --format $format --shard $i/$parts "$microvm" "${range[@]}"
			code_is 0
			cp "$out" "$TMPDIR/part.$i"
		done
		# in any order
		# shellcheck disable=SC2046
		lwsim sweep --merge $(printf '%s\n' "$TMPDIR"/part.* | sort -R --random-source=<(yes))
		code_is 0
		err_is_empty
		same "the whole, and its $parts parts" "$TMPDIR/whole.$format" "$out"
	done
done
for i in 1 2 3; do
	"$LWSIM" sweep --shard $i/3 "$microvm" "${range[@]}" >"$TMPDIR/part.$i"
	"$LWSIM" sweep --format jsonl --shard $i/3 "$microvm" "${range[@]}" >"$TMPDIR/jsonl.$i"
done
python3 - "$TMPDIR" <<'P' 2>&3 || fail 'the first line of a part is not as the schema has it'
import json, sys
try:
    import jsonschema
    schema = json.load(open(sys.argv[1] + '/sweep.schema.json'))
    jsonschema.Draft202012Validator(schema).validate(json.loads(open(sys.argv[1] + '/jsonl.1').readline()))
except (ImportError, AttributeError):
    pass
P
# standard input, and files that cannot be rewound
said='merge of what comes through pipes'
"$LWSIM" sweep --merge <(cat "$TMPDIR/part.2") "$TMPDIR/part.3" - <"$TMPDIR/part.1" >"$out" 2>"$err"
code=$?
code_is 0
same "$said" "$TMPDIR/whole.csv" "$out"
# shellcheck disable=SC2002
cat "$TMPDIR/part.1" | "$LWSIM" sweep --merge - "$TMPDIR"/part.[23] >"$out" 2>"$err" || fail "$said: standard input"
same "$said" "$TMPDIR/whole.csv" "$out"

# -- parts that do not belong together

not_merged() # TEXT FILE...
{
	local text=$1
	shift
	lwsim sweep --merge "$@"
	code_is 2
	out_is_empty
	err_has "$text"
}
cd "$TMPDIR" || exit 1
not_merged 'part 2/3 is missing' part.1 part.3
not_merged 'part 1/3 is missing' part.2
err_has 'part 3/3 is missing'
not_merged 'part.1: error: part 1/3 twice, as in part.1' part.1 part.1 part.2 part.3
not_merged 'part.copy: error: No such file or directory' part.1 part.2 part.copy
not_merged 'whole.csv: error: not a part of a sweep, expected a file written with --shard' whole.csv
not_merged 'whole.jsonl: error: not a part of a sweep' whole.jsonl
: >empty
not_merged 'empty: error: not a part of a sweep' empty part.1
not_merged '.: error: Is a directory' .
not_merged 'jsonl.2: error: part 2/3 of another sweep than part.1' part.1 jsonl.2 part.3
for other in '--vary open=0s..2s/50ms' '--vary open=0s..2s/100ms --kernel 6.1' '--until 3 --vary open=0s..2s/100ms' '--device eth0 --vary open=0s..2s/100ms'; do
	# shellcheck disable=SC2086
	(cd "$OLDPWD" && "$LWSIM" sweep --shard 2/3 $other "$microvm") >part.other
	not_merged 'part.other: error: part 2/3 of another sweep than part.1' part.1 part.other part.3
done
# all errors at once
not_merged 'empty: error: not a part' part.1 empty jsonl.2 part.1
err_has 'jsonl.2: error: part 2/3 of another'
err_has 'part.1: error: part 1/3 twice'
head -n 1 part.2 >short
not_merged 'short: error: ends inside its header' part.1 short part.3
head -n -1 part.2 >short
not_merged 'short: error: ends before run 60, expected 1 more run' part.1 short part.3
head -n -2 part.2 >short
not_merged 'short: error: ends before run 59, expected 2 more runs' part.1 short part.3
head -c -3 part.2 >short
not_merged 'short: error: ends before run 60' part.1 short part.3
sed 4d part.2 >short
not_merged 'short: error: unexpected line, expected run 5' part.1 short part.3
sed '4s/.*/x/' part.2 >short
not_merged 'short: error: unexpected line, expected run 5' part.1 short part.3
(cat part.2; echo '64,x') >short
not_merged 'short: error: line after the last run' part.1 short part.3
sed '1s/$/ /' part.2 >short
not_merged 'short: error: not a part of a sweep' part.1 short part.3
sed '1s,2/3,4/3,' part.2 >short
not_merged 'short: error: not a part of a sweep' part.1 short part.3
(cd "$OLDPWD" && "$LWSIM" sweep --shard 7/100 --vary open=1s "$microvm") >few
not_merged 'part 21/100 is missing' few
err_has '79 more parts are missing'
for option in '--vary a=1' '--kernel 6.1' '--set a=1' '--until 1' '--device d0' '--shard 1/2' '-j 2' '--format jsonl'; do
	# shellcheck disable=SC2086
	refused '--merge takes the parts alone' sweep --merge $option part.1
done
cd "$OLDPWD" || exit 1

# -- refused

refused 'usage: lwsim sweep' sweep
refused 'usage: lwsim sweep' sweep --merge
refused 'usage: lwsim sweep' sweep "$microvm" "$microvm"
refused 'unknown option' sweep --force "$microvm"
refused 'unknown option -x, ' sweep -x "$microvm"
refused 'unknown option -j: ' run -j 2 "$microvm"
refused 'needs an argument' sweep "$microvm" -j
refused 'expected csv or jsonl' sweep --format text "$microvm"
for shard in 0/1 2/1 1/0 1 / 1/2/3 x/2 1/x '' -1/2 1/9999999; do
	refused 'expected I/N, as 1/4 to 4/4' sweep --shard "$shard" "$microvm"
done
for jobs in 0 -1 x 2x '' 1001 99999999999999999999; do
	refused 'expected a number of processes' sweep --jobs="$jobs" "$microvm"
done
refused 'expected PARAM=FROM..TO/STEP or PARAM=VALUE,VALUE...' sweep --vary open "$microvm"
# all errors at once
refused "bad number 'x'" sweep --vary open=x..1s/1s --vary open=1..2 --vary 1 "$microvm"
err_has "'1..2' has no step"
err_has '--vary 1: expected'
[[ $(grep -c "^lwsim: error: " "$err") -eq 3 ]] || fail "$said: not three errors"
refused '--vary open twice' sweep --vary open=1 --vary open=2 "$microvm"
refused '--vary open and --set of the same' sweep --vary open=1 --set open=2 "$microvm"
refused "unknown parameter 'opne', did you mean 'open'?" sweep --vary opne=1,2 "$microvm"
refused 'expected at most 10000000' sweep --vary open=0s..11s/1us "$microvm"
refused 'expected at most 10000000' sweep --vary open=0s..1s/1ms --vary a=0s..1s/1ms --vary b=0..10/1 "$microvm"
refused '--kernel 6.1 twice' sweep --kernel 6.1 --kernel 6.1 "$microvm"
refused 'No such file' sweep missing.lw
refused 'No such file' sweep --vary a=1 missing.lw
[[ $(wc -l <"$err") -eq 1 ]] || fail "$said: a note on values of a file that is not there"
refused "value '1s' twice, expected it once" sweep --vary open=1s,2s,1s "$microvm"
refused "$microvm: error: unknown parameter 'opne'" sweep --vary opne=1,2 "$microvm"
err_has "$microvm: note: with --vary opne=1"
refused '<stdin>: note: with --vary a=1' sweep --vary a=1 - <<<'0 end'
refused '--until' sweep --until x "$microvm"
clash=$(scenario clash.lw <<'S'
param never = 1
$never end
S
)
refused '--vary never: the table has a column of this name' sweep --vary never=1,2 "$clash"
lwsim sweep --vary never=1,2 --format jsonl "$clash"
code_is 0
# a value that makes the file wrong: at either end, before anything is written; any other, in its row
refused 'time goes back to 4s' sweep --vary open=0s..5s/1s "$microvm"
err_has "$microvm: note: with --vary open=5s"
refused "bad time '+x'" sweep --vary open=x,1s "$microvm"
err_has "$microvm: note: with --vary open=x"
for jobs in 1 3; do
	lwsim sweep -j $jobs --vary open=0s,1s,5s,6s,2s --kernel 6.1 "$microvm"
	code_is 2
	err_has 'time goes back to 4s'
	err_has "$microvm: note: with --vary open=5s"
	[[ $(grep -c error "$err") -eq 1 ]] || fail "$said: more than one error"
	[[ $(wc -l <"$out") -eq 3 ]] || fail "$said: not the two rows before it"
done

# -- a kernel's own link_watch.c

src=src:tests/differential/always_urgent.c,base=6.1
lwsim sweep -j 2 --kernel 6.1 --kernel $src --vary open=0s..1s/250ms "$microvm"
code_is 0
sed -i "/^lwsim: note: /d" "$err" # what was compiled
err_is_empty
out_has "\"$src\",0,eth0,0," # without a limit no device waits
[[ $(wc -l <"$out") -eq 11 ]] || fail "$said: not 10 rows"
printf 'kernel %s\nparam a = 1\n$a end\n' $src >"$TMPDIR/own.lw"
lwsim sweep --vary a=1..3/1 "$TMPDIR/own.lw"
code_is 0
[[ $(wc -l <"$out") -eq 4 ]] || fail "$said: not 3 rows"
mkdir -p "$TMPDIR/wrong" "$TMPDIR/loop" "$TMPDIR/crash"
echo wrong >"$TMPDIR/wrong/link_watch.c"
refused 'error' sweep --kernel "src:$TMPDIR/wrong/link_watch.c,base=6.1" "$microvm"
sed 's/^bits.*//; 1i bits 32' "$microvm" >"$TMPDIR/narrow.lw"
refused 'compiled for 64 bits' sweep --kernel $src "$TMPDIR/narrow.lw"
# each process has its own guard
sed 's/^void linkwatch_fire_event.*/&/; /^static void linkwatch_event/,/^}/s/^{/{ for (;;) barrier();/' tests/differential/always_urgent.c >"$TMPDIR/loop/link_watch.c"
LWSIM_SRC_LIMIT_S=1 lwsim sweep -j 2 --kernel "src:$TMPDIR/loop/link_watch.c,base=6.1" --vary open=1s,2s "$microvm"
code_is 3
err_has 'link_watch.c loops'
sed '/^static void linkwatch_event/,/^}/s/^{/{ *(volatile int *)8 = 1;/' tests/differential/always_urgent.c >"$TMPDIR/crash/link_watch.c"
lwsim sweep -j 2 --kernel "src:$TMPDIR/crash/link_watch.c,base=6.1" --vary open=1s,2s "$microvm"
code_is 3
err_has 'link_watch.c crashes'

# -- a progress bar on a terminal, and nowhere else

if command -v script >/dev/null && script -q -c true /dev/null >/dev/null 2>&1 </dev/null; then
	on_terminal() # REDIRECTION ARGUMENT...
	{
		said="on a terminal: lwsim ${*:2} $1"
		script -q -e -c "$(printf '%q ' "$LWSIM" "${@:2}") $1" /dev/null </dev/null >"$out" 2>"$err"
		code=$?
		code_is 0
	}
	on_terminal ">$TMPDIR/rows" sweep "$microvm" "${range[@]}"
	out_has ' of 63 runs'
	same "$said" "$TMPDIR/whole.csv" "$TMPDIR/rows"
	on_terminal '' sweep "$microvm" "${range[@]}"
	out_lacks ' of 63 runs'
	on_terminal "2>$TMPDIR/bar >$TMPDIR/rows" sweep "$microvm" "${range[@]}"
	[[ ! -s $TMPDIR/bar ]] || fail "$said: a bar in a file"
fi

finish
