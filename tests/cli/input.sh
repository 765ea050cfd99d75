#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Files that cannot be read or are not scenarios: exit 2, nothing on stdout, the position in the message.
. tests/lib/cli.sh
cd "$TMPDIR" || exit 1 # messages then start with the bare name

# printed by every command that reads a file; `test` prints it as a verdict, on stdout
wrong() # FILE MESSAGE
{
	local word
	for word in run compare check; do
		refused "$2" $word "$1"
	done
	lwsim test "$1"
	code_is 2
	out_has "FAILED  $1"
	out_has '0 passed, 1 failed'
}
wrong_text() # FILE MESSAGE: `test` prints the message too
{
	wrong "$1" "$2"
	out_has "$2"
}

wrong none.lw 'none.lw: error: No such file or directory'
wrong none/none.lw 'none/none.lw: error: No such file or directory'
mkdir folder
for word in run compare check; do
	refused 'folder: error: Is a directory' $word folder
done
refused '' run ''

# one line of 1 MB
{ printf 'carrier_on '; head -c 1048576 /dev/zero | tr '\0' x; echo; } >long.lw
wrong_text long.lw 'long.lw:1:4097: error: line of 1048587 bytes, expected at most 4096'
[[ $(wc -c <"$out") -lt 1000 ]] || fail 'a long line is shown whole'

# 64 MiB and more; a sparse file
truncate -s 67108865 large.lw
wrong large.lw 'large.lw: error: larger than 64 MiB'
# the same if the size is not known in advance
lwsim run - < <(head -c 67108865 /dev/zero)
code_is 2
out_is_empty
err_has '<stdin>: error: larger than 64 MiB'

printf 'hz 250\ncarrier_on l\0o\n' >nul.lw
wrong_text nul.lw 'nul.lw:2:13: error: NUL byte'
printf 'hz 250\ncarrier_on \xff\xfe\n' >utf8.lw
wrong_text utf8.lw 'utf8.lw:2:12: error: byte 0xFF, expected UTF-8'
printf 'carrier_on \xc3' >cut.lw # ends within a character
wrong_text cut.lw 'cut.lw:1:12: error: byte 0xC3, expected UTF-8'
printf '# \033]0;title\a\ncarrier_on lo\n' >escape.lw
wrong_text escape.lw 'escape.lw:1:3: error: control character U+001B'
! grep -q $'\033' "$out" || fail 'an escape sequence of a file reaches the terminal'
head -c 100000 /dev/urandom >random.lw
for word in run compare check; do
	refused 'random.lw:' $word random.lw
done
[[ $(grep -c 'error:' "$err") -le 20 ]] || fail 'more than 20 errors'

# blocks that would create too many statements
printf 'repeat 100000 every 1ms {\n  repeat 101 every 1us {\n    carrier_on lo\n  }\n}\n' >many.lw
wrong_text many.lw 'many.lw:1:1: error: more than 10000000 statements'
printf 'repeat 4000000000 every 0 {\n  carrier_on lo\n}\n' >times.lw
wrong_text times.lw 'times.lw:1:8: error:'
printf 'repeat 2 every 1 {\ncarrier_on lo\n' >open.lw
wrong_text open.lw 'open.lw:1:1: error: block is not closed'
for ((i = 0; i < 20; i++)); do echo 'repeat 1 every 1s {'; done >deep.lw
wrong_text deep.lw 'error: blocks too deep'
printf 'param a = $a\n$a end\n' >self.lw # parameters cannot refer to themselves
wrong_text self.lw 'self.lw:1:11: error: unknown parameter'
printf 'ip link add d{0..4000000000} type dummy\n' >range.lw
wrong_text range.lw 'error: range of 4000000001 values'

# CR LF line ends, a file without a final newline, and blank lines are not errors
printf '\r\n0 ip link add d0 type dummy\r\n\t \r\n1 ip link set d0 up' >dos.lw
lwsim run dos.lw
code_is 0
out_has '+UP'

# a file without statements: nothing is evaluated, so `ok` would mislead
: >empty.lw
printf '# only\n\n  # comments\n' >comments.lw
for file in empty.lw comments.lw; do
	lwsim check $file
	out_is_empty
	lwsim test $file
	code_is 2
	out_has 'nothing to judge'
done

# a wrong file does not keep later ones from being checked
refused 'utf8.lw:2:12' check nul.lw utf8.lw none.lw
err_has 'nul.lw:2:13'
err_has 'none.lw'

# `test` prints on stdout, in every format, why a file could not be read
for format in text tap junit; do
	lwsim test --format $format none.lw
	code_is 2
	err_is_empty
	out_has 'none.lw: error: No such file or directory'
done

finish
