#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# `-` is standard input, for every command that reads a file.
. tests/lib/cli.sh

for word in run compare; do
	lwsim $word "$microvm"
	cp "$out" "$TMPDIR/from-file"
	lwsim $word - <"$microvm"
	code_is 0
	same "$word -" "$TMPDIR/from-file" "$out"
	lwsim $word - < <(cat "$microvm") # a pipe, which has no size
	code_is 0
	same "$word - from a pipe" "$TMPDIR/from-file" "$out"
done
lwsim check - <"$microvm"
code_is 0
out_is_empty
err_is_empty
lwsim test - <"$microvm"
code_is 0
out_has 'ok      <stdin> [5.8]'

# a byte at a time
bytes() { while IFS= read -r -n 1 -d '' byte; do printf %s "$byte"; done; }
lwsim run "$microvm"
cp "$out" "$TMPDIR/from-file"
lwsim run - < <(bytes <"$microvm")
code_is 0
same 'a byte at a time' "$TMPDIR/from-file" "$out"

# messages name it
echo '0 bogus' >"$TMPDIR/wrong"
for word in run compare check; do
	lwsim $word - <"$TMPDIR/wrong"
	code_is 2
	out_is_empty
	err_has "<stdin>:1:3: error: unknown word 'bogus'"
done
lwsim run --format jsonl - <"$microvm"
code_is 0
out_has '"cause":"<stdin>:'

# closed, or a folder
lwsim run - <&-
code_is 2
out_is_empty
err_has '<stdin>: error:'
lwsim run - </
code_is 2
out_is_empty
err_has '<stdin>: error:'

# input that is not a file cannot be written back
mkdir "$TMPDIR/here"
cd "$TMPDIR/here" || exit 1
printf '0 ip link add d0 type dummy\n' >file
lwsim test --update - <file
code_is 2
err_has 'cannot write standard input'
[[ $(ls) == file ]] || fail "test --update -: leaves $(ls)"

# a file of that name can still be given
cp file ./-
lwsim check ./-
code_is 0

finish
