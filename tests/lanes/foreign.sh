#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Other people's programs on liblwsim, unmodified: iproute2, libnl's programs, pyroute2, and the tests of links in libnl's
# sources. tests/foreign/kernel.c, preloaded, gives them its sockets for the kernel's. What they print is in
# tests/foreign/*.out; UPDATE=1 writes that. With LWSIM_TESTS_ALL=1 it is an error if libnl's sources cannot be had.
set -eu
cd "$(dirname "$0")/../.."
. tests/lib/packages.sh
if ! need_packages "${build_packages[@]}" dpkg-dev iproute2 libnl-utils libnl-3-dev libnl-route-3-dev libnl-cli-3-dev \
	pkg-config python3 python3-pyroute2; then
	echo "skip foreign: cannot install other people's programs"
	[[ ${LWSIM_TESTS_ALL:-} != 1 ]] || exit 1
	exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
build=$PWD/build/library
{
	cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF -DLWSIM_WERROR=ON &&
		cmake --build "$build" -j 2 --target lwsim_shared &&
		gcc -std=gnu11 -D_GNU_SOURCE -O2 -Wall -Wextra -Wshadow -Wconversion -Werror -fPIC -shared -I sim/library \
			-o "$work/kernel.so" tests/foreign/kernel.c "$build/liblwsim.so.0" "-Wl,-rpath,$build"
} >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }

failed=0
wrong() # MESSAGE
{
	echo "foreign: WRONG: $1"
	failed=1
}
# In a network namespace of its own, so that nothing else of this machine is seen, if that can be had.
alone=(unshare -rn)
"${alone[@]}" true 2>/dev/null || alone=()
on_lwsim() # COMMAND...
{
	LD_PRELOAD=$work/kernel.so timeout 300 "${alone[@]}" env -u LD_LIBRARY_PATH LC_ALL=C "$@"
}
programs=0
prints() # NAME COMMAND...: what it prints, and its exit code, are in tests/foreign/NAME.out
{
	local expected=tests/foreign/$1.out code=0
	shift
	on_lwsim "$@" >"$work/out" 2>&1 || code=$?
	sed -i -e 's/[[:space:]]*$//' -e '$a\' "$work/out" # with a final newline
	echo "exit code $code" >>"$work/out"
	[[ ${UPDATE:-} != 1 ]] || cp "$work/out" "$expected"
	programs=$((programs + 1))
	diff "$expected" "$work/out" || wrong "$* (< expected, > printed)"
}

prints ip_link ip -d link
prints ip_json ip -json link show master br0
prints ip_monitor ip -o monitor link
prints ip_batch sh -c 'ip -force -d -batch - <tests/foreign/ip_batch.in'
prints bridge_link bridge link # none: AF_BRIDGE is missing
prints nl_link_list nl-link-list
# Not of veths: libnl 3.7 crashes on those, as no kernel says who the peer is.
prints nl_link_details sh -c 'for name in eth0 br0 eth0.5 mv0 vrf0 bond0 d0; do nl-link-list --details --name $name; echo; done'
prints nl_set nl-link-set --name d0 --rename d9 --mtu 1400 --state up
prints nl_enslave nl-link-enslave bond0 d0
prints nl_release nl-link-release v1
prints nl_monitor nl-monitor -f details link
prints pyroute2 /usr/bin/python3 tests/foreign/pyroute2_links.py

# libnl's own tests, from Debian's source package.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/lwsim/libnl3
own_apt() # ARGUMENT...: apt-get with lists of its own, of sources
{
	apt-get -qq -o "Dir::Etc::sourcelist=$cache/sources.list" -o Dir::Etc::sourceparts=/dev/null \
		-o "Dir::State::lists=$cache/lists" -o "Dir::Cache=$cache" -o APT::Sandbox::User= "$@"
}
fetch()
{
	mkdir -p "$cache/lists/partial" "$cache/archives/partial" && cd "$cache" || return 1
	apt-get indextargets --format 'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' Component:\ main |
		sort -u >sources.list
	own_apt update && own_apt source libnl3
}
ran=''
compgen -G "$cache/libnl3-*/tests" >/dev/null || (fetch) >"$work/log" 2>&1 || true
if ! tests=$(compgen -G "$cache/libnl3-*/tests"); then
	echo "skip foreign: libnl's tests: no sources: $(tail -n 1 "$work/log")"
	[[ ${LWSIM_TESTS_ALL:-} != 1 ]] || failed=1
else
	for test in socket-creation loopback-up-down create-bond create-bridge create-ipvlan create-macvlan create-veth \
		create-vlan create-vrf delete-link cache-mngr; do
		bond=bond0
		[[ $test != delete-link ]] || bond=my_bond
		# shellcheck disable=SC2046
		if gcc -w -I "$tests/../include" -o "$work/test" "$tests/test-$test.c" \
			$(pkg-config --cflags --libs libnl-cli-3.0 libnl-route-3.0) &&
			LWSIM_BOND=$bond on_lwsim "$work/test" route/link >"$work/out" 2>&1; then
			ran+=" $test"
		else
			wrong "libnl's test-$test: $(cat "$work/out")"
		fi
	done
	# The changes that the last one, a cache of links, sees.
	grep -E '^(NEW|CHANGE|DEL) ' "$work/out" >"$work/cache" || true
	[[ ${UPDATE:-} != 1 ]] || cp "$work/cache" tests/foreign/nl_cache.out
	diff tests/foreign/nl_cache.out "$work/cache" || wrong "libnl's test-cache-mngr sees other changes"
fi
((failed)) || echo "foreign: $programs runs of iproute2, libnl's programs and pyroute2; libnl's tests:${ran:- none}"
exit $failed
