# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2034
# To be sourced. need_packages PACKAGE...: installs the Debian packages that are missing; uses no network if all are
# installed.

need_packages()
{
	local package missing=() root=()

	if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
		echo "note: no apt-get here; what Debian calls $* must be there already" >&2
		return 0
	fi
	for package; do
		[[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] ||
			missing+=("$package")
	done
	((${#missing[@]})) || return 0

	if ((EUID != 0)); then
		if ! command -v sudo >/dev/null; then
			echo "error: not root and no sudo; as root: apt-get install ${missing[*]}" >&2
			return 1
		fi
		root=(sudo)
	fi
	root+=(env DEBIAN_FRONTEND=noninteractive)
	local install=("${root[@]}" apt-get install -y -qq --no-install-recommends
		-o DPkg::Lock::Timeout=120 "${missing[@]}")

	echo "installing ${missing[*]}" >&2
	# The package lists are fetched only if they are missing or too old.
	"${install[@]}" </dev/null >/dev/null 2>&1 && return 0
	"${root[@]}" apt-get update -qq </dev/null >&2 && "${install[@]}" </dev/null >/dev/null && return 0
	echo "error: could not install ${missing[*]}" >&2
	return 1
}

# Packages for a build.
build_packages=(cmake ninja-build gcc libc6-dev libev-dev libxxhash-dev uthash-dev libncurses-dev libedit-dev
	libcairo2-dev libmnl-dev libpcap-dev)

# Packages for the tests.
test_packages=(libcmocka-dev chromium clang-format g++ graphviz iproute2 jq libxml2-utils mandoc perl
	make python3 python3-jsonschema python3-yaml tmux vim zsh)

# Packages for tests/kernel/build.
kernel_packages=(gcc make libc6-dev flex bison bc libelf-dev libssl-dev xz-utils patch binutils
	debian-archive-keyring iproute2 python3)

# Packages for `tests/kernel/build --source`.
source_packages=(xz-utils debian-archive-keyring)

# Packages for sim/playground/build, beside Node.js and npm.
wasm_packages=(cmake ninja-build clang lld-14 wasi-libc libclang-rt-14-dev-wasm32 linux-libc-dev)

# Node.js 18 or newer and npm, from Debian if they are missing.
need_node()
{
	command -v node >/dev/null && command -v npm >/dev/null || need_packages nodejs npm
}
