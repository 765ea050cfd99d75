#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# src.sh [--all] [--steps N] [--fuzz SECONDS] [--seed N|random]: the port of link_watch.c compared with Debian's 6.1,
# compiled unmodified: all scenarios, millions of random steps, a fuzzer; and faulty files, which must be detected.
# Prints one line for each on stdout.
#   --all              also the files of 5.10, 6.12 and 7.2, 5 million steps and 300 s of fuzzing; same as
#                      LWSIM_TESTS_ALL=1
#   --steps N          random steps on each file, 1000000 by default
#   --fuzz SECONDS     how long the fuzzer runs, 20 by default
#   --seed N|random    for the steps and the fuzzer, 1 by default: reproduces a finding
# Exit 77: the file is missing and there is no network to get it from.
set -eu
cd "$(dirname "$0")/../.."

is_all=${LWSIM_TESTS_ALL:-}
steps='' fuzz_s='' seed=1
while (($#)); do
	case $1 in
	--all) is_all=1 ;;
	--steps) steps=$2 && shift ;;
	--fuzz) fuzz_s=$2 && shift ;;
	--seed) seed=$2 && shift ;;
	*) echo "error: $1: unknown option" >&2; exit 2 ;;
	esac
	shift
done
[[ $seed != random ]] || seed=$((RANDOM * 32768 + RANDOM + 2))
others=()
if [[ $is_all == 1 ]]; then
	others=(5.10 6.12 7.2)
	: "${steps:=5000000}" "${fuzz_s:=300}"
fi
: "${steps:=1000000}" "${fuzz_s:=20}"

say()
{
	echo "src: $*"
}

tests/kernel/build --source 6.1 build/src/6.1
series=()
for row in "${others[@]}"; do
	code=0
	tests/kernel/build --source "$row" "build/src/$row" || code=$?
	case $code in
	0) series+=("$row") ;;
	77) say "$row skipped: its file is not there" ;;
	*) exit 1 ;;
	esac
done
build()
{
	cmake --preset release -DBUILD_TESTING=ON && cmake --build --preset release -j 2 --target lwsim differential &&
		cmake --preset fuzz && cmake --build --preset fuzz -j 2
}
TMPDIR=$(mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
build >"$TMPDIR/build.log" 2>&1 || { cat "$TMPDIR/build.log" >&2; exit 1; }

lwsim=build/release/lwsim
differential=build/release/tests/differential/differential
mapfile -t scenarios < <(find scenarios -name '*.lw' -not -path 'scenarios/bad/*' | sort)

wrong() # MESSAGE [FILE to show]
{
	: >"$found_wrong"
	say "WRONG: $1"
	[[ -z ${2:-} ]] || sed 's/^/    /' "$2"
}

# Runs a check beside others, two at a time. Each has its own $TMPDIR; `results` prints their output, in order.
found_wrong=$TMPDIR/wrong
checks=0
beside() # FUNCTION ARGUMENT...
{
	local dir
	while (($(jobs -rp | wc -l) >= 2)); do
		wait -n || true
	done
	checks=$((checks + 1))
	dir=$TMPDIR/$checks
	difference=build/src/difference-$checks.lw
	mkdir "$dir"
	(
		TMPDIR=$dir
		trap 'code=$?; : >"$dir.ended"; ((code == 0)) || wrong "$*: exit code $code"' EXIT
		"$@"
	) >"$dir.said" 2>&1 &
}
results()
{
	local i
	wait
	for ((i = 1; i <= checks; i++)); do
		cat "$TMPDIR/$i.said"
		[[ -e $TMPDIR/$i.ended ]] || wrong "check $i was killed"
	done
	[[ ! -e $found_wrong ]]
}

# The messages of a scenario. Its expectations may depend on the kernel's name, so their results are ignored.
run_on() # KERNEL SCENARIO FILE
{
	local code=0
	"$lwsim" run --force --format jsonl --kernel "$1" "$2" >"$3.all" 2>"$3.err" || code=$?
	tail -n +2 "$3.all" >"$3" # without the header, which names the kernel
	((code != 3)) || echo 'an invariant broke, or the file did' >>"$3"
}

# Sets same, refused and differing (their names). A 32-bit scenario cannot run on a file.
scenarios_compare() # KERNEL KERNEL
{
	local scenario

	same=0 refused=0 differing=()
	for scenario in "${scenarios[@]}"; do
		run_on "$1" "$scenario" "$TMPDIR/a"
		run_on "$2" "$scenario" "$TMPDIR/b"
		if tr -s '\n ' ' ' <"$TMPDIR/b.err" | grep -q 'the scenario says .bits 32'; then # it may be wrapped
			refused=$((refused + 1))
		elif cmp -s "$TMPDIR/a" "$TMPDIR/b"; then
			same=$((same + 1))
		else
			differing+=("$scenario")
		fi
	done
}

scenarios_same() # KERNEL KERNEL
{
	scenarios_compare "$1" "$2"
	if ((${#differing[@]} || !same)); then
		wrong "$1 and $2 differ on ${#differing[@]} scenarios: ${differing[*]}"
	else
		say "$same scenarios are the same on $1 and $2, $refused cannot be run"
	fi
}

steps_agree() # KERNEL KERNEL HZ
{
	if "$differential" --kernel "$1" --file "$2" --steps "$steps" --hz "$3" --seed "$seed" --devices 300 \
		--scenario "$difference" >"$TMPDIR/out" 2>&1; then
		say "$1 and $2 at HZ=$3, seed $seed: $(cat "$TMPDIR/out")"
	else
		wrong "$1 and $2 at HZ=$3, seed $seed: they differ, see $difference" "$TMPDIR/out"
	fi
}

# Random steps, and a scenario, detect a faulty file.
is_found() # PATCH
{
	local kernel="src:build/src/6.1,patch=tests/differential/broken/$1.patch" code=0

	"$differential" --kernel 6.1 --file "$kernel" --steps 5000000 --scenario "$TMPDIR/found.lw" >"$TMPDIR/out" 2>&1 || code=$?
	scenarios_compare 6.1 "$kernel"
	if ((code != 1)); then
		wrong "$1: random steps do not find it out (exit $code)" "$TMPDIR/out"
	elif ((!${#differing[@]})); then
		wrong "$1: no scenario finds it out"
	else
		say "$1 is found out: by $(grep '^difference ' "$TMPDIR/out" | cut -d , -f 1)," \
			"in short $(grep -c '^[0-9].* ' "$TMPDIR/found.lw") lines; by ${#differing[@]} scenarios, as ${differing[0]}"
	fi
}

# With the same corpus and seed each time, unless --seed names another.
fuzz() # KERNEL KERNEL
{
	local flags='-fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all -fno-omit-frame-pointer' code=0

	mkdir -p "$TMPDIR/corpus"
	python3 - "$TMPDIR/corpus" "$seed" <<-'END'
		import random, sys
		random.seed(int(sys.argv[2]))
		for i in range(64):
		    with open(f"{sys.argv[1]}/{i}", "wb") as file:
		        file.write(random.randbytes(2 + 8 * random.randint(1, 100)))
	END
	CC=clang LWSIM_SRC_CFLAGS=$flags LWSIM_FUZZ_KERNEL=$1 LWSIM_FUZZ_FILE=$2 LWSIM_FUZZ_SCENARIO=$difference \
		build/fuzz/tests/differential/fuzz_differential -seed="$seed" -max_total_time="$fuzz_s" -max_len=802 -len_control=0 \
		-timeout=1800 -print_final_stats=1 -verbosity=1 -artifact_prefix=build/src/ "$TMPDIR/corpus" >"$TMPDIR/out" 2>&1 || code=$?
	if ((code)); then
		grep -v '^#' "$TMPDIR/out" >"$TMPDIR/words" || true
		wrong "the fuzzer, seed $seed: $1 and $2 differ, or worse; see $difference" "$TMPDIR/words"
	else
		say "the fuzzer finds no difference of $1 and $2, seed $seed: $(grep -m 1 '^Done ' "$TMPDIR/out")"
	fi
}

# The examples in documents that need a tree; no other test runs them.
quotes_hold()
{
	if LWSIM=$lwsim LWSIM_TREE=build/src/6.1 python3 tests/lib/quotes.py README.md sim/man/lwsim.1 >"$TMPDIR/out" 2>&1; then
		say "what README.md and lwsim(1) say of a tree is so"
	else
		wrong "README.md or lwsim(1) says otherwise" "$TMPDIR/out"
	fi
}

# Debian's own tree has the functions that lwsim's kernel was recorded with.
tree_is_alike() # SERIES
{
	local code=0

	"$lwsim" diff --kernel "$1" --kernel "src:build/src/$1" scenarios/microvm.lw >"$TMPDIR/out" 2>&1 || code=$?
	if ((code)) || grep -q -e 'was not run' -e 'not compared' -e 'not known' "$TMPDIR/out"; then
		wrong "Debian's $1 is not what was recorded (tests/kernel/functions): exit code $code" "$TMPDIR/out"
	else
		say "the functions around Debian's link_watch.c of $1 are those that were recorded"
	fi
}

# Both hunks of the original patch in a tree: the one that is not compiled is printed first (in Markdown, below the
# heading), and there is no conclusion.
tree_differs()
{
	local tree=$TMPDIR/tree format code what='do_setlink() (net/core/rtnetlink.c) differs and was not run'

	cp -r build/src/6.1 "$tree"
	cat tests/kernel/patches/{urgent,setlink}-event.patch | patch -s -p1 -d "$tree"
	for format in text markdown; do
		code=0
		"$lwsim" diff --format $format --kernel 6.1 --kernel "src:$tree" scenarios/microvm.lw >"$TMPDIR/out" 2>&1 || code=$?
		if ((code != 1)) || ! grep -q '^not known' "$TMPDIR/out" ||
			[[ $(sed -n '/^## /d; s/^- //; /./{p;q}' "$TMPDIR/out") != "$what" ]]; then
			wrong "a tree with both hunks, as $format: exit code $code" "$TMPDIR/out"
		fi
	done
	for format in text tap junit; do
		code=0
		"$lwsim" test --format $format --kernel "src:$tree" scenarios/microvm.lw >"$TMPDIR/out" 2>&1 || code=$?
		if ((code != 125)) || ! grep -qF "not known: $what" "$TMPDIR/out"; then
			wrong "a tree with both hunks, test as $format: exit code $code" "$TMPDIR/out"
		fi
	done
	say 'a tree with both hunks of the founding patch: not known, and do_setlink() is named'
}

# What the scenarios reach of the file, and that a scenario taken away turns its lines red.
coverage_is_right()
{
	if ! python3 tests/lanes/coverage_red.py "$lwsim" src:build/src/6.1 "$TMPDIR/coverage" "${scenarios[@]}" >"$TMPDIR/out" 2>&1; then
		wrong "the report of coverage" "$TMPDIR/out"
	else
		say "coverage of 6.1: $(<"$TMPDIR/out")"
	fi
}

urgent=patch=tests/kernel/patches/urgent-event.patch
beside fuzz 6.1 src:build/src/6.1
beside scenarios_same 6.1 src:build/src/6.1
beside scenarios_same 6.1+urgent-event "src:build/src/6.1,$urgent"
beside scenarios_same 6.1+setlink-event src:build/src/6.1,base=6.1+setlink-event
beside scenarios_same 6.1+urgent-event+setlink-event "src:build/src/6.1,base=6.1+setlink-event,$urgent"
for hz in 100 250 300 1000; do
	beside steps_agree 6.1 src:build/src/6.1 $hz
done
beside steps_agree 6.1+urgent-event "src:build/src/6.1,$urgent" 250
for patch in tests/differential/broken/*.patch; do
	beside is_found "$(basename "$patch" .patch)"
done
beside tree_is_alike 6.1
beside tree_differs
for row in "${series[@]}"; do
	beside tree_is_alike "$row"
	beside scenarios_same "$row" "src:build/src/$row"
	beside steps_agree "$row" "src:build/src/$row" 250
done
beside quotes_hold
beside coverage_is_right
results
