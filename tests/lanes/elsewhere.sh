#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# elsewhere.sh: a copy of the sources in a path with blanks, a user who is not root, no network. There sim/demo builds lwsim
# and prints what lwsim prints here, and the tests of scenarios and of some commands pass. Nothing is left but in build/
# and HOME's .cache. Exit 77: the network cannot be taken away.
set -eu
cd "$(dirname "$0")/../.."
. tests/lib/files.sh

top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
place="$top/a path with blanks"
mkdir -p "$place/lwsim" "$place/home" "$top/tmp"
project_files '*' >"$place/files"
tar -cf - --files-from="$place/files" | tar -xf - -C "$place/lwsim" --no-same-owner

offline=(unshare --net)
user=()
if ((EUID == 0)); then
	chown -R nobody: "$top"
	user=(setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups --no-new-privs)
else
	offline=(unshare --map-current-user --net)
fi
if ! "${offline[@]}" true 2>/dev/null; then
	echo 'skip elsewhere: unshare may not take the network away'
	exit 77
fi
elsewhere() # COMMAND...
{
	(cd "$place/lwsim" && HOME=$place/home TMPDIR=$top/tmp "${offline[@]}" "${user[@]}" env -u XDG_CACHE_HOME "$@")
}

failed=0
wrong() # MESSAGE
{
	echo "elsewhere: WRONG: $1"
	failed=1
}
elsewhere "$place/lwsim/sim/demo" >"$place/demo" 2>"$place/log" || { tail -n 30 "$place/log"; wrong 'sim/demo fails'; exit 1; }
build/check/lwsim compare scenarios/microvm.lw | diff - "$place/demo" || wrong 'sim/demo prints something else'
touch "$place/built"
elsewhere cmake --preset release -DBUILD_TESTING=ON >"$place/log" || { cat "$place/log"; wrong 'no tests'; exit 1; }
elsewhere ctest --test-dir build/release -j 2 --output-on-failure --no-tests=error \
	-R '^(scenario|bad)\.|^cli\.(documents|input|lesson|man|report|src|usage)$' >"$place/log" || { cat "$place/log"; wrong 'tests fail'; }
written=$(find "$place/lwsim" "$place/home" "$top/tmp" -type f -newer "$place/built" \
	-not -path "$place/lwsim/build/*" -not -path "$place/home/.cache/*")
[[ -z $written ]] || wrong "files where none should be: $written"
((failed)) || echo "elsewhere: sim/demo is right; $(grep 'tests passed' "$place/log")"
exit $failed
