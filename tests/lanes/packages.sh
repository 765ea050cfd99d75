#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What users install. The Debian packages: lintian finds no error and no warning, the symbols file is what
# dpkg-gensymbols makes, and what they contain works where it is unpacked. `cmake --install`: CMake finds the library,
# shared and static, and `uninstall` leaves nothing behind.
set -eu
cd "$(dirname "$0")/../.."
. tests/lib/packages.sh
if ! need_packages lintian dpkg-dev binutils mandoc; then
	echo 'skip packages: cannot install lintian'
	[[ ${LWSIM_TESTS_ALL:-} != 1 ]] || exit 1
	exit 77
fi
build=$PWD/build/packages
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
wrong() # MESSAGE
{
	echo "packages: WRONG: $1"
	failed=1
}
quietly() # COMMAND...: prints only if it fails
{
	"$@" >"$work/log" 2>&1 || { cat "$work/log"; return 1; }
}

# -- the packages
rm -rf "$build"/*.deb "$build/_CPack_Packages"
quietly cmake --preset package -B "$build" -DLWSIM_WERROR=ON
quietly cmake --build "$build" -j 2 --target package
packages=()
for name in lwsim liblwsim0 liblwsim-dev; do
	file=$(echo "$build/${name}_"*.deb)
	[[ -f $file ]] || { wrong "cpack makes no $name"; exit 1; }
	packages+=("$file")
	dpkg-deb -x "$file" "$work/$name"
	for doc in copyright changelog.gz changelog.Debian.gz; do
		[[ -s $work/$name/usr/share/doc/$name/$doc ]] || wrong "$name has no $doc"
	done
done
lintian --allow-root --fail-on error,warning "${packages[@]}" >"$work/lintian" 2>&1 || { cat "$work/lintian"; wrong 'lintian finds something'; }
field() # PACKAGE FIELD
{
	dpkg-deb -f "$(echo "$build/${1}_"*.deb)" "$2"
}
[[ $(field liblwsim0 Depends) == *libmnl0* ]] || wrong "liblwsim0 depends on $(field liblwsim0 Depends)"
[[ $(field lwsim Depends) == *libcairo2* ]] || wrong "lwsim depends on $(field lwsim Depends)"
[[ $(field liblwsim-dev Depends) == "liblwsim0 (= $(field liblwsim0 Version))"* ]] ||
	wrong "liblwsim-dev depends on $(field liblwsim-dev Depends)"

# -- the symbols file is what dpkg-gensymbols would make of the library
mkdir -p "$work/gensymbols/debian"
printf 'Source: lwsim\n\nPackage: liblwsim0\nArchitecture: any\n' >"$work/gensymbols/debian/control"
library=$(echo "$work"/liblwsim0/usr/lib/*/liblwsim.so.0)
(cd "$work/gensymbols" && dpkg-gensymbols -pliblwsim0 -v0.2.0 -P"$work/liblwsim0" -e"$library" -O >made 2>/dev/null)
# of what dpkg-gensymbols prints, the versions are this build's
symbols() { awk '/^ / { print $1 }' "$1" | sort; }
symbols "$work/gensymbols/made" >"$work/made"
dpkg-deb -I "$build"/liblwsim0_*.deb symbols >"$work/symbols"
symbols "$work/symbols" | diff - "$work/made" || wrong 'sim/library/liblwsim0.symbols (<) is not what dpkg-gensymbols makes (>)'

# -- unpacked into one root
root=$work/root
mkdir "$root"
for file in "${packages[@]}"; do dpkg-deb -x "$file" "$root"; done
lwsim=$root/usr/bin/lwsim
quietly "$lwsim" test "$root/usr/share/lwsim/scenarios" || wrong 'the installed scenarios fail'
quietly "$lwsim" report -o "$work/report.html" "$root/usr/share/lwsim/scenarios/microvm.lw" ||
	wrong 'report, a helper program, does not start'
for page in man1/lwsim.1 man3/liblwsim.3 man5/lwsim-scenario.5; do
	title=$(zcat "$root/usr/share/man/$page.gz" | mandoc -T utf8 2>/dev/null | head -n 1)
	[[ $title == *'LWSIM'*'('[135]')'* ]] || wrong "no manual $page: $title"
done
bash --norc -c '. "$1"; COMP_WORDS=(lwsim re); COMP_CWORD=1; _lwsim; echo "${COMPREPLY[*]}"' - \
	"$root/usr/share/bash-completion/completions/lwsim" >"$work/completed"
[[ $(<"$work/completed") == 'repl record report' ]] || wrong "bash completes re to $(<"$work/completed")"
for file in zsh/vendor-completions/_lwsim vim/vimfiles/syntax/lwsim.vim vim/vimfiles/ftdetect/lwsim.vim; do
	[[ -s $root/usr/share/$file ]] || wrong "no $file"
done

# -- installed by CMake beside somebody else's file
prefix="$work/a prefix"
mkdir -p "$prefix/bin"
touch "$prefix/bin/other"
quietly cmake -S . -B "$build" -DCMAKE_INSTALL_PREFIX="$prefix"
quietly cmake --build "$build" -j 2
rm -f "$build"/install_manifest*.txt
quietly cmake --install "$build"
mkdir "$work/user"
cat >"$work/user/CMakeLists.txt" <<'E'
cmake_minimum_required(VERSION 3.16)
project(user C)
find_package(lwsim 0.2 REQUIRED)
add_executable(user user.c)
target_link_libraries(user lwsim::lwsim)
E
cat >"$work/user/user.c" <<'E'
#include <lw.h>
#include <string.h>
int main(void)
{
	return strcmp(lw_version(), LW_VERSION) != 0;
}
E
for static in OFF ON; do
	if quietly cmake -S "$work/user" -B "$work/user/$static" -DCMAKE_PREFIX_PATH="$prefix" -DLWSIM_USE_STATIC=$static &&
		quietly cmake --build "$work/user/$static" && quietly "$work/user/$static/user"; then
		linked=$(objdump -p "$work/user/$static/user" | grep -c 'NEEDED.*liblwsim' || true)
		[[ $linked == "$([[ $static == ON ]] && echo 0 || echo 1)" ]] || wrong "LWSIM_USE_STATIC=$static links the other library"
	else
		wrong "a user's CMake with LWSIM_USE_STATIC=$static"
	fi
done
quietly cmake --build "$build" --target uninstall
left=$(cd "$prefix" && find . -type f -o -type l -o -name lwsim)
[[ $left == ./bin/other ]] || wrong "uninstall leaves: $left"

((failed)) || echo "packages: ${#packages[@]} packages without errors or warnings of lintian; CMake finds the library; uninstall leaves nothing"
exit $failed
