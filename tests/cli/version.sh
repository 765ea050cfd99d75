#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# One version: of the program, the library, its symbols file, the change log and the Debian packages.
. tests/lib/cli.sh
lwsim --version
code_is 0
version=$(<"$out")
version=${version#lwsim }
is_version() # WHERE VERSION
{
	[[ $2 == "$version" ]] || fail "$1: version '$2', lwsim has '$version'"
}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || fail "version '$version', expected MAJOR.MINOR.PATCH"
is_version lw.h "$(sed -n 's/^#define LW_VERSION "\(.*\)"/\1/p' sim/library/lw.h)"
is_version sim/CHANGES.md "$(awk '/^## / { print $2; exit }' sim/CHANGES.md)"
is_version sim/packages/debian/changelog "$(sed -n '1s/^lwsim (\(.*\)-[0-9]*) .*/\1/p' sim/packages/debian/changelog)"
finish
