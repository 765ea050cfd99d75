# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2034
# To be sourced by tests/cli/*.sh. $LWSIM is the program, $TMPDIR a directory for this test. Each check prints its
# failure and continues; `finish` ends the test.
set -u
. tests/lib/files.sh
out=$TMPDIR/out
err=$TMPDIR/err
microvm=scenarios/microvm.lw
export PYTHONPATH=$PWD/tests/lib PYTHONDONTWRITEBYTECODE=1 # for checks written in Python
failures=0
exec 3>&1 # the test's own output, even if stdout is redirected

fail() # MESSAGE...
{
	failures=$((failures + 1))
	printf 'FAIL: %s\n' "$*" >&3
}

skip() # REASON: skips the whole test
{
	printf 'skipped: %s\n' "$*" >&3
	exit 77
}

finish()
{
	exit $((failures != 0))
}

# Runs lwsim; its output is in $out and $err, its exit code in $code.
lwsim()
{
	said="lwsim $*"
	"$LWSIM" "$@" >"$out" 2>"$err"
	code=$?
}

show() # FILE: its first lines, for a failure
{
	head -c 2000 "$1" | sed "s/^/    /" >&3
}

# Checks of the last run.
code_is()
{
	[[ $code -eq $1 ]] && return
	fail "$said: exit code $code, expected $1"
	show "$err"
}
out_is_empty()
{
	[[ -s $out ]] || return 0
	fail "$said: stdout should be empty:"
	show "$out"
}
err_is_empty()
{
	[[ -s $err ]] || return 0
	fail "$said: stderr should be empty:"
	show "$err"
}
err_has() # TEXT, wherever lines are wrapped
{
	sed -z 's/\n        *\([^ ]\)/ \1/g' "$err" | grep -qF -e "$1" && return
	fail "$said: stderr has no '$1':"
	show "$err"
}
out_has() # TEXT
{
	grep -qF -e "$1" "$out" && return
	fail "$said: stdout has no '$1':"
	show "$out"
}
out_lacks() # TEXT
{
	grep -qF -e "$1" "$out" || return 0
	fail "$said: stdout has '$1':"
	show "$out"
}

file_has() # FILE TEXT
{
	grep -qF -e "$2" "$1" || fail "$1 has no '$2'"
}
file_lacks() # FILE TEXT
{
	! grep -qF -e "$2" "$1" || fail "$1 has '$2'"
}

# Lines have at most 80 columns, not counting places, paths and quoted source lines. A compiler's are exempt.
lines_fit() # FILE
{
	local columns
	columns=$(sed -E '/^ *[0-9]* \|/d; /link_watch\.c:[0-9]+:[0-9]+: /d; s/^[^ ]*:([0-9]+:[0-9]+:)? //; s,[^ ]*/[^ ]*,,g' "$1" | LC_ALL=C.UTF-8 wc -L)
	((columns <= 80)) || { fail "$said: a line of $columns columns:" && show "$1"; }
}

# Usage, or a wrong file: exit 2, the message TEXT, nothing on stdout.
refused() # TEXT ARGUMENT...
{
	local text=$1
	shift
	lwsim "$@"
	code_is 2
	out_is_empty
	err_has "$text"
	[[ ${1:-} == explore ]] || lines_fit "$err" # not yet all of explore's
}

same() # WHAT FILE FILE: the same bytes
{
	cmp -s "$2" "$3" && return
	fail "$1: not the same bytes:"
	diff -a -u "$2" "$3" 2>&1 | head -n 20 >&3
}

# A known fault: the commands of the check must fail. If they pass, the note has to be removed.
known_bug() # SENTENCE COMMAND...
{
	local sentence=$1 before=$failures
	shift
	if ("$@" && exit $((failures != before))) 3>/dev/null; then
		fail "known bug is gone, take known_bug away: $sentence"
	else
		printf 'known bug: %s\n' "$sentence" >&3
	fi
}

scenario() # NAME: stores standard input as $TMPDIR/NAME; prints the path
{
	cat >"$TMPDIR/$1"
	printf '%s\n' "$TMPDIR/$1"
}
