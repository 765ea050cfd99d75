#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# 0 good; 1 an expectation, a snapshot or a command failed; 2 a wrong file; the worst of several.
# (2 for usage: usage.sh; 3: broken_invariant.sh; 130: signals.sh)
. tests/lib/cli.sh

good=$(scenario good.lw <<'S'
kernel 6.1
0 ip link add d0 type dummy
  expect d0 operstate DOWN
S
)
expectation=$(scenario expectation.lw <<'S'
kernel 6.1
0 ip link add d0 type dummy
  expect d0 operstate UP
1 ip link set d0 up
S
)
command=$(scenario command.lw <<'S'
kernel 6.1
0 ip link add d0 type dummy
1 ip link add d0 type dummy
2 ip link set d0 up
S
)
snapshot=$(scenario snapshot.lw <<'S'
kernel 6.1
0 ip link add d0 type dummy

-- trace 6.1 --
something else
S
)
wrong=$(scenario wrong.lw <<'S'
0 carrier_onn lo
S
)

lwsim run "$good"
code_is 0
err_is_empty
lwsim test "$good"
code_is 0
err_is_empty
out_has '1 passed, 0 failed'
lwsim check "$good"
code_is 0
err_is_empty
out_is_empty

# an expectation: said, and the run goes on
lwsim run "$expectation"
code_is 1
err_has 'expectation.lw:3:23: fail: operstate of d0 is DOWN at 0.000000s, expected UP'
out_has '+UP +RUNNING'
lwsim test "$expectation"
code_is 1
out_has 'expectation.lw:3:23: fail:'
out_has '0 passed, 1 failed'
lwsim compare "$expectation" # judges nothing
code_is 0
err_is_empty

# a command: said, and the run ends, but for --force
lwsim run "$command"
code_is 1
err_has 'command.lw:3:3: error: RTNETLINK answers: File exists'
out_lacks '+UP'
lwsim run --force "$command"
code_is 1
err_has 'RTNETLINK answers: File exists'
out_has '+UP'
lwsim test "$command"
code_is 1
lwsim compare "$command"
code_is 0
out_has 'RTNETLINK answers: File exists'
out_has '+UP'

# a snapshot counts in `test` only
lwsim test "$snapshot"
code_is 1
out_has 'snapshot.lw:5:1: fail: the snapshot says otherwise'
lwsim run "$snapshot"
code_is 0

# a snapshot of a kernel that the header does not name
sed 's/-- trace 6.1 --/-- trace 5.8 --/' "$snapshot" >"$TMPDIR/stale.lw"
lwsim test "$TMPDIR/stale.lw"
code_is 1
out_has 'a snapshot of a kernel that the header does not name'

# a wrong file, for each command
for word in run compare check; do
	refused 'wrong.lw:1:3: error: unknown word' $word "$wrong"
done
lwsim test "$wrong"
code_is 2
out_has 'wrong.lw:1:3: error: unknown word'

# several: the worst, whatever the order
lwsim check "$good" "$wrong" "$good"
code_is 2
out_is_empty
lwsim test "$good" "$expectation"
code_is 1
out_has '1 passed, 1 failed'
lwsim test "$wrong" "$expectation" "$good"
code_is 2
out_has '1 passed, 2 failed'
lwsim test "$expectation" "$wrong" "$good"
code_is 2

# several kernels in one file: one that fails is enough
sed 's/^kernel 6.1/compare 5.8 6.1/; s/expect d0/on 6.1 expect d0/' "$expectation" >"$TMPDIR/two.lw"
lwsim test "$TMPDIR/two.lw"
code_is 1
out_has 'ok      '
out_has '1 passed, 1 failed'
lwsim test --kernel 5.8 "$TMPDIR/two.lw"
code_is 0
lwsim test --kernel 6.1 --kernel 5.8 "$TMPDIR/two.lw"
code_is 1
out_has '1 passed, 1 failed'

finish
