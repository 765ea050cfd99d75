#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A model that breaks its invariants ends the program with 3. The real one does not, so this builds an lwsim whose
# machine_verify() fails from 1 s of virtual time on.
. tests/lib/cli.sh

cat >"$TMPDIR/verify.c" <<'C'
#include <stddef.h>
#include "model/machine.h"
const char *machine_verify(const struct machine *m)
{
	return m->now_ns >= NSEC_PER_SEC ? "broken on purpose" : NULL;
}
C
mapfile -t sources < <(lwsim_sources | grep -v /verify.c)
gcc -std=gnu11 -w -O0 -D_GNU_SOURCE -DLW_CHECK -I. -o "$TMPDIR/lwsim" "${sources[@]}" \
	"$TMPDIR/verify.c" -lev -lm >&3 2>&3 || { fail 'cannot build'; finish; }
LWSIM=$TMPDIR/lwsim

file=$(scenario file.lw <<'S'
compare 5.8 6.1
0   ip link add d0 type dummy
0.5 expect d0 operstate UP
2   ip link set d0 up
S
)
message='an invariant of the model does not hold'

lwsim run "$file"
code_is 3 # worse than the earlier failed expectation
err_has "$message"
err_has 'broken on purpose'
out_has '0.000000' # the output until then
out_lacks '+UP'
lwsim run --format jsonl "$file"
code_is 3
[[ $(grep -c newlink "$out") -eq 1 ]] || fail "$said: not the one message that was before"
lwsim compare "$file"
code_is 3
out_is_empty
err_has "$message"
lwsim sweep "$file"
code_is 3
err_has "$message"
[[ $(wc -l <"$out") -eq 1 ]] || fail "$said: a row of a run that is worth nothing"
lwsim diff "$file"
code_is 3
err_has "$message"
out_has 'file.lw: an invariant of the model broke'
out_has '1 not compared'
lwsim test "$file"
code_is 3
out_has "$message"
out_has '0 passed, 2 failed'
lwsim test --format tap "$file"
code_is 3
out_has "# error: $message"
lwsim test --format junit "$file"
code_is 3
out_has 'errors="2"'

# the trace of such a run is not written as a snapshot
cp "$file" "$TMPDIR/before"
lwsim test --update "$file"
code_is 3
same 'test --update of a broken model' "$TMPDIR/before" "$file"

# wrong files are refused as usual, and nothing is broken before 1 s
refused 'No such file' run "$TMPDIR/none.lw"
lwsim run --until 0.4 "$file"
code_is 0

finish
