#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Installs liblwsim and runs its examples against it, as a user would: with pkg-config and nothing else of this tree.
# A language whose packages cannot be installed is skipped, with the reason; with LWSIM_TESTS_ALL=1 that fails.
set -eu
cd "$(dirname "$0")/../.."
. tests/lib/packages.sh
root=$PWD/build/library/root
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

{
	cmake -S . -B build/library -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF -DLWSIM_WERROR=ON \
		-DCMAKE_INSTALL_PREFIX="$root"
	cmake --build build/library -j 2 --target lwsim_shared lwsim_archive lwsim lwsim-repl
	rm -rf "$root"
	cmake --install build/library --component library
	cmake --install build/library --component development
} >"$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
cp -R sim/library/examples/. "$work/"
export PKG_CONFIG_PATH=$root/lib/pkgconfig:$root/lib/$(gcc -print-multiarch)/pkgconfig
LD_LIBRARY_PATH=$(pkg-config --variable=libdir lwsim)
export LD_LIBRARY_PATH LWSIM=$PWD/build/library/lwsim

failed=0 ran='' skipped=''
# example LANGUAGE DIRECTORY PACKAGE... -- COMMAND...
example()
{
	local language=$1 directory=$2 packages=()
	shift 2
	while [[ $1 != -- ]]; do packages+=("$1"); shift; done
	shift
	if ! need_packages "${packages[@]}"; then
		echo "skip library: $language: cannot install ${packages[*]}"
		skipped+=" $language"
		[[ ${LWSIM_TESTS_ALL:-} != 1 ]] || failed=1
	elif (cd "$work/$directory" && "$@") >"$work/$language.log" 2>&1; then
		ran+=" $language"
	else
		echo "FAIL: the example in $language:"
		cat "$work/$language.log"
		failed=1
	fi
}

example C c make gcc pkg-config libcmocka-dev libmnl-dev -- make -s check
example C-static c make gcc pkg-config libcmocka-dev libmnl-dev -- \
	sh -c 'rm -f test_carrier && make -s check LDLIBS="-l:liblwsim.a -L'"$LD_LIBRARY_PATH"' $(pkg-config --libs libmnl cmocka)"'
example Python python python3 python3-pytest python3-pyroute2 -- \
	env PATH="/usr/bin:$PATH" PYTHONDONTWRITEBYTECODE=1 python3 -m pytest -q -p no:cacheprovider
example Go go gcc pkg-config golang-go golang-github-vishvananda-netlink-dev -- \
	env GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$PWD/build/library/go" GOFLAGS=-p=2 go test .
echo "library: examples passed:$ran${skipped:+; skipped:$skipped}"
exit $failed
