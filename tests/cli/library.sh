#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# liblwsim: what the shared and the static library show, lw.h in C and C++, and the examples of liblwsim(3).
. tests/lib/cli.sh
build=$(dirname "$LWSIM")
shared=$build/liblwsim.so.0
header=sim/library/lw.h
page=sim/man/liblwsim.3
cc=$(jq -r '[.[] | select(.file | endswith("sim/library/socket.c"))][0].command' "$build/compile_commands.json" | cut -d' ' -f1)
flags=(-std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Werror -I sim/library)
! nm "$build/liblwsim.a" 2>/dev/null | grep -q __asan_init || flags+=(-fsanitize=address,undefined)
! nm "$build/liblwsim.a" 2>/dev/null | grep -q __gcov_ || flags+=(--coverage)

# -- only lw_ is visible, and all of the header
grep -oE '\blw_[a-z0-9_]+\(' "$header" | tr -d '(' | sort -u >"$TMPDIR/declared"
[[ $(wc -l <"$TMPDIR/declared") -gt 50 ]] || fail "$(wc -l <"$TMPDIR/declared") functions in $header, expected more"
nm -D --defined-only "$shared" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | sort -u >"$TMPDIR/shared"
diff "$TMPDIR/declared" "$TMPDIR/shared" >"$out" || { fail "$shared does not show exactly what lw.h declares (< declared, > shown)"; show "$out"; }
nm -g --defined-only "$build/liblwsim.a" 2>/dev/null | awk 'NF == 3 { print $3 }' | sort -u >"$TMPDIR/static"
diff "$TMPDIR/declared" "$TMPDIR/static" >"$out" || { fail "liblwsim.a does not show exactly what lw.h declares (< declared, > shown)"; show "$out"; }
awk '/ lw_/ { sub(/@.*/, "", $1); print $1 }' sim/library/liblwsim0.symbols | sort -u >"$TMPDIR/listed"
diff "$TMPDIR/declared" "$TMPDIR/listed" >"$out" || { fail "liblwsim0.symbols does not list exactly what lw.h declares"; show "$out"; }
[[ $(objdump -p "$shared" | awk '$1 == "SONAME" { print $2 }') == liblwsim.so.0 ]] || fail "$shared: its SONAME is not liblwsim.so.0"

# -- it neither ends the program nor prints, unless it counts what runs
ends='exit|_exit|quick_exit|abort'
prints='(v?(f|d)?printf|f?puts|f?putc|putchar|fwrite|write|perror)(_chk)?|__v?f?printf_chk|stdout|stderr'
if [[ " ${flags[*]} " != *' --coverage '* ]] &&
	nm -D --undefined-only "$shared" | awk '{ sub(/@.*/, "", $2); print $2 }' | grep -xE "$ends|$prints" >"$out"; then
	fail "$shared uses what ends a program or prints"
	show "$out"
fi

# -- lw.h compiles alone
for language in 'c -std=c99' 'c++ -std=c++11'; do
	# shellcheck disable=SC2086
	"$cc" -x $language -Wall -Wextra -Wpedantic -Werror -fsyntax-only "$header" 2>"$err" || { fail "lw.h does not compile alone as $language"; show "$err"; }
done

# -- the examples of the manual, each in a function of its own; each function is in one
python3 - "$page" "$TMPDIR" <<'P' || fail "$page: no examples"
import pathlib, sys
import documents
lines = pathlib.Path(sys.argv[1]).read_text().splitlines()
blocks = ['\n'.join(block.lines).replace('\\e', '\\') + '\n' for block in documents.man_blocks(lines)]
whole, parts = blocks[0], blocks[1:]
assert 'int main' in whole and len(parts) > 8
folder = pathlib.Path(sys.argv[2])
(folder / 'whole.c').write_text(whole)
(folder / 'parts.c').write_text('''
#include <assert.h>
#include <errno.h>
#include <linux/if.h>
#include <linux/rtnetlink.h>
#include <lw.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
int main(void)
{
''' + ''.join('''{
struct lw_machine *machine;
struct lw_socket *socket;
struct lw_link link;
(void)link;
assert(lw_new(NULL, &machine, NULL) == 0 && lw_socket_new(machine, RTMGRP_LINK, 0, &socket) == 0);
''' + part + '''
lw_socket_free(socket);
lw_free(machine);
}
''' for part in parts) + '''
return 0;
}
''')
P
while read -r function; do
	grep -q "\b$function(" "$TMPDIR/whole.c" "$TMPDIR/parts.c" || fail "$page: no example of $function()"
done <"$TMPDIR/declared"
for program in whole parts; do
	for library in shared static; do
		libraries=("$shared" "-Wl,-rpath,$build")
		[[ $library == shared ]] || libraries=("$build/liblwsim.a" -lmnl)
		"$cc" "${flags[@]}" -o "$TMPDIR/$program" "$TMPDIR/$program.c" "${libraries[@]}" 2>"$err" ||
			{ fail "$page: its examples do not compile"; show "$err"; continue; }
		"$TMPDIR/$program" >"$out" 2>"$err" || { fail "$page: the examples fail ($program, $library)"; show "$err"; }
		[[ ! -s $out && ! -s $err ]] || fail "the library prints"
	done
done

# -- an unprivileged process gets a netlink descriptor
cat >"$TMPDIR/fd.c" <<'C'
#include <lw.h>
#include <linux/rtnetlink.h>
int main(void)
{
	struct lw_machine *machine;
	struct lw_socket *socket;
	return lw_new(0, &machine, 0) || lw_socket_new(machine, RTMGRP_LINK, 0, &socket) ||
	       lw_socket_fd(socket, LW_FD_NETLINK) < 0;
}
C
if [[ $EUID -eq 0 ]] && command -v setpriv >/dev/null; then
	"$cc" "${flags[@]}" -o "$TMPDIR/fd" "$TMPDIR/fd.c" "$build/liblwsim.a" -lmnl || fail 'fd.c does not compile'
	chmod 755 "$TMPDIR" "$TMPDIR/fd"
	ASAN_OPTIONS=detect_leaks=0 setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all "$TMPDIR/fd" 2>"$err" ||
		{ fail 'no netlink descriptor without privileges'; show "$err"; }
fi
finish
