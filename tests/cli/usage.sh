#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The command line: what is refused, and the messages; help and version.
. tests/lib/cli.sh

# no command, or an unknown one
lwsim
code_is 2
out_is_empty
err_has 'usage: lwsim COMMAND'
refused "unknown command 'bogus'" bogus
refused "unknown command '--bogus'" --bogus
refused "unknown command ''" ''
refused "unknown command 'ru', did you mean 'run'?" ru "$microvm"
refused "unknown command '--versoin', did you mean '--version'?" --versoin
refused "unknown command '--hepl', did you mean '--help'?" --hepl
refused "unknown command 'rum', did you mean 'run'?" rum "$microvm"

# help and version go to stdout
for arguments in --help -h help --version -V 'help run' 'run --help' 'compare --help' 'report --help' 'diff --help' \
	'explain --help' 'test --help' 'sweep --help' 'states --help' 'repl --help' 'play --help' 'check --help' 'lesson --help' 'kernels --help' 'explore --help' 'record --help'; do
	# shellcheck disable=SC2086
	lwsim $arguments
	code_is 0
	err_is_empty
	[[ -s $out ]] || fail "$said: says nothing"
done
same_output() # ARGUMENT... -- ARGUMENT...: both print the same
{
	local first=()
	while [[ $1 != -- ]]; do
		first+=("$1")
		shift
	done
	lwsim "${first[@]}"
	cp "$out" "$TMPDIR/first"
	lwsim "${@:2}"
	same "$said and lwsim ${first[*]}" "$TMPDIR/first" "$out"
}
lwsim help diff # what an option does for this command, and no other
out_has 'also print what differs in each scenario'
lwsim help explore
out_lacks 'kernels, commits'
same_output -V -- --version
same_output help run -- run --help
same_output run -k 6.12 "$microvm" -- run --kernel 6.12 "$microvm"
refused "unknown command 'dif', did you mean 'diff'?" help dif
refused "unknown command 'bogus'" help bogus
lwsim --version
[[ $(cat "$out") =~ ^lwsim\ [0-9]+\.[0-9]+ ]] || fail "lwsim --version: $(cat "$out")"
lwsim --help
for command in run explain compare report diff test sweep states repl play check lesson kernels explore record; do
	out_has "  $command"
done

# too few, too many
refused 'usage: lwsim run' run
refused "\`lwsim run\` takes one FILE, 'b' is too many" run "$microvm" b
refused 'usage: lwsim compare' compare
refused 'usage: lwsim compare' compare "$microvm" "$microvm"
refused 'usage: lwsim report' report -o x.svg
refused 'usage: lwsim report' report -o x.svg "$microvm" "$microvm"
refused 'usage: lwsim test' test
refused 'usage: lwsim check' check
refused 'expected FILE, or --devices' explore
refused 'expected FILE, or --devices' explore --devices dummy "$microvm"
refused 'no `explore { ... }` in this file' explore "$microvm"
refused "'6.1' is too many" kernels 5.8 6.1
refused 'usage: lwsim lesson' lesson 1 2

# suggestions
refused 'unknown option --ouput, did you mean --output?' report --ouput x.svg "$microvm"
refused 'unknown option --ouput: --output is an option of run, record, report, sweep, not of check' check --ouput x "$microvm"
refused 'unknown option --output: --output is an option of run, record, report, sweep, not of check' check --output x "$microvm"
refused 'unknown option -o: -o, --output, is an option of run, record, report, sweep, not of check' check -o x "$microvm"
refused 'unknown option -x, see `lwsim run --help`' run -x "$microvm"
refused 'unknown option --dev, did you mean --device?' explain --dev eth0 "$microvm"
refused 'unknown option --frobnicate, see `lwsim run --help`' run --frobnicate "$microvm"
refused "--until 5x: unknown unit 'x', expected one of s, ms, us, j" run --until 5x "$microvm"
[[ $(wc -l <"$err") -eq 1 ]] || fail "$said: more than one line"
refused "--kernel 6.1+urgent-evnt: unknown change 'urgent-evnt', did you mean 'urgent-event'?" \
	run --kernel 6.1+urgent-evnt "$microvm"
refused "--kernel 6.3: no kernel '6.3', the nearest are 6.2 and 6.8" run --kernel 6.3 "$microvm"
refused "--kernel 9.9: no kernel '9.9', the nearest is 7.2" run --kernel 9.9 "$microvm"

# options that a command does not have
for option in --bogus -x --update --format=tap; do
	refused '' run $option "$microvm"
done
refused 'unknown option' sweep --wide "$microvm"
refused 'unknown option' run --update "$microvm"
refused 'unknown option' compare --format text "$microvm"
refused 'unknown option' compare --pace 2 "$microvm"
refused 'unknown option' run --paused "$microvm"
refused 'unknown option' play --format text "$microvm"
refused 'unknown option' compare -o x.svg "$microvm"
refused 'unknown option' report --format html -o x.svg "$microvm"
refused 'unknown option' test --force "$microvm"
refused 'unknown option' test --until 1 "$microvm"
refused 'unknown option' check --kernel 6.1 "$microvm"
refused 'unknown option' kernels --kernel 6.1
refused 'unknown option' run --answer "$microvm"
refused 'unknown option' lesson --set open=1s 1
refused 'takes one --kernel' lesson --kernel 5.8 --kernel 6.1 1
for option in --kernel --set --until --pace --format --as; do
	refused "$option needs an argument" run $option
done

# arguments of options
refused "no kernel '9.9', the nearest is 7.2" run --kernel 9.9 "$microvm"
refused "unknown kernel ''" run --kernel '' "$microvm"
refused "'foo'" run --kernel 6.1+foo "$microvm"
refused "''" run --kernel 6.1+ "$microvm"
refused "'urgent-event'" run --kernel 6.1+urgent-event+urgent-event "$microvm"
refused "no file or folder '/nowhere/linux'" run --kernel src:/nowhere/linux "$microvm"
refused 'takes one --kernel' run --kernel 5.8 --kernel 6.1 "$microvm"
for pace in 0 -1 x 1x nan inf '' 1e10; do
	refused '--pace' run --pace="$pace" "$microvm"
done
for format in xml tap junit '' Text; do
	refused 'expected text, jsonl' run --format="$format" "$microvm"
done
for choice in '' yes Auto; do
	refused '--color' run --color="$choice" "$microvm"
done
for format in xml jsonl '' TAP; do
	refused 'expected text, tap or junit' test --format="$format" "$microvm"
done
for who in zebra '' Networkd ip; do
	refused "--as $who: expected networkd" run --as="$who" "$microvm"
done
refused 'exclude each other' run --as dhcp --format jsonl "$microvm"
for setting in open =1 ''; do
	refused 'expected NAME=VALUE' run --set "$setting" "$microvm"
done

# options may follow the file; `--` ends them
lwsim run "$microvm" --kernel 6.1
code_is 0
out_has 'on 6.1,'
cp "$microvm" "$TMPDIR/--odd.lw"
(cd "$TMPDIR" && "$LWSIM" check -- --odd.lw) || fail 'a file whose name begins with --'

# changes may be named in any order
lwsim run --kernel 5.8+setlink-event+urgent-event "$microvm"
code_is 0
tr -s ' \n' ' ' <"$out" >"$TMPDIR/line" # the title may take two lines
file_has "$TMPDIR/line" 'on 5.8+urgent-event+setlink-event,'

# abbreviated options would break when a similar option is added
refused 'unknown option --kern, ' run --kern 6.1 "$microvm"
refused 'unknown option --kern=6.1, ' run --kern=6.1 "$microvm"
refused 'unknown option --forc, ' run --forc "$microvm"

finish
