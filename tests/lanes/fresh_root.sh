#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The Debian packages in a fresh Debian, which mmdebstrap makes and removes. With their Depends alone: the installed
# scenarios pass, `report` makes a page, and removal leaves no file. Then with Debian's tools, as an ordinary user: man
# pages, completion in bash and zsh, vim's syntax, the C, Python and Go examples, the suites from make and CTest.
# Downloads 250 MB, so it is a test of --all. Exit 77: not asked for, or there is no mmdebstrap.
set -eu

failed=0
wrong() # MESSAGE
{
	echo "fresh_root: WRONG: $1"
	failed=1
}
say() # MESSAGE
{
	echo "fresh_root: $1"
}
quietly() # COMMAND...: prints only if it fails
{
	local log
	log=$(mktemp)
	"$@" >"$log" 2>&1 || { tail -n 100 "$log"; return 1; }
}
scenarios=/usr/share/lwsim/scenarios

# What root does in the fresh root: installs, uses, removes.
root_part() # DIRECTORY with the packages
{
	local names=(lwsim liblwsim0 liblwsim-dev) count results left

	install() { quietly apt-get install -y --no-install-recommends "$@"; }
	# every file, but for what apt and dpkg note and keep themselves
	files()
	{
		find / -xdev \( -path "$1" -o -path /tmp -o -path /proc -o -path /sys -o -path /dev -o -path /run \
			-o -path /var/cache -o -path /var/log -o -path /var/lib/apt -o -path '/var/lib/dpkg/*-old' \) -prune -o -print | sort
	}
	export DEBIAN_FRONTEND=noninteractive
	quietly apt-get update
	files "$1" >"$1/before"
	count=$(dpkg-query -W -f='x\n' | wc -l)
	install "$1"/*.deb
	! command -v cc || wrong 'there is a compiler, which lwsim only recommends'
	say "installed with $(($(dpkg-query -W -f='x\n' | wc -l) - count - 3)) packages that they depend on"
	if results=$(lwsim test "$scenarios" 2>&1); then
		say "lwsim test $scenarios: $(tail -n 1 <<<"$results")"
	else
		wrong "the installed scenarios fail: $results"
	fi
	quietly lwsim report -o "$1/report.html" "$scenarios/microvm.lw" || wrong 'report, a helper program, does not start'
	quietly apt-get purge -y "${names[@]}" || wrong 'apt-get purge'
	quietly apt-get autoremove -y --purge || wrong 'apt-get autoremove'
	files "$1" >"$1/after"
	if left=$(diff "$1/before" "$1/after"); then
		say "removed: $(wc -l <"$1/after") files and directories, as before"
	else
		wrong "removal leaves or takes: $left"
	fi

	install "$1"/*.deb man-db bash-completion zsh vim tmux make cmake gcc libc6-dev pkg-config libcmocka-dev libmnl-dev \
		python3-pytest python3-pyroute2 golang-go golang-github-vishvananda-netlink-dev
	useradd -m -s /bin/bash somebody
	runuser -u somebody -- env HOME=/home/somebody bash "$1/fresh_root.sh" --user "$1" || failed=1
	quietly apt-get purge -y "${names[@]}" || wrong 'apt-get purge'
	left=$(find / -xdev \( -path "$1" -o -path /proc -o -path /tmp -o -path /var/cache/apt \) -prune -o -name '*lwsim*' -print)
	[[ -z $left ]] || wrong "removal leaves: $left"
}

# What an ordinary user does there.
user_part() # DIRECTORY with this script and terminal.sh
{
	local page results documents=/usr/share/doc/liblwsim-dev

	set +e # as in the tests that terminal.sh is for
	TMPDIR=$(mktemp -d)
	export TMPDIR LC_ALL=C.UTF-8 TERM=xterm
	cd
	for page in 'lwsim(1)' 'lwsim-scenario(5)' 'liblwsim(3)'; do
		results=$(MANPAGER=cat MANWIDTH=80 man "${page//[^0-9]/}" "${page%(*}" 2>&1) || true
		if [[ $(head -n 1 <<<"$results") == "${page@U} "*"${page@U}" && $(wc -l <<<"$results") -gt 100 ]]; then
			say "man ${page%(*}: $(wc -l <<<"$results") lines"
		else
			wrong "man $page shows: $(head -n 5 <<<"$results")"
		fi
	done

	exec 3>&1
	said=''
	fail() { wrong "$1"; }
	finish() { exit 1; }
	same() { :; }
	# shellcheck source=/dev/null
	. "$1/terminal.sh"
	echo "PS1='prompt>'" >>.bashrc # which loads bash-completion, as Debian has it
	printf '%s\n' "PS1='prompt>'" 'autoload -U compinit' 'compinit' >.zshrc
	completes() # SHELL TYPED EXPECTED
	{
		terminal 100x30 "$1 -i"
		sees 'prompt>'
		keys "$2" Tab
		sees "$3"
	}
	local shell
	for shell in bash zsh; do
		completes $shell 'lwsim ru' 'prompt>lwsim run'
		completes $shell 'lwsim run --kernel 6.1+u' 'prompt>lwsim run --kernel 6.1+urgent-event'
		completes $shell "lwsim run $scenarios/two_n" "prompt>lwsim run $scenarios/two_nics.lw"
	done
	tmux kill-server 2>/dev/null || true
	((failed)) || say 'bash and zsh complete a command, a kernel and a file'
	vim -es -c 'syntax on' -c "edit $scenarios/microvm.lw" -c "redir! >$TMPDIR/vim" -c 'echo &filetype' \
		-c 'echo synIDattr(synID(search("^kernel"), 1, 1), "name")' -c 'qa!' </dev/null || true
	[[ $(<"$TMPDIR/vim") == *lwsim*lwsim* ]] || wrong "vim shows $(<"$TMPDIR/vim")"

	cp -R $documents/examples "$TMPDIR/examples"
	cd "$TMPDIR/examples"
	example() # LANGUAGE DIRECTORY COMMAND...
	{
		if results=$(cd "$2" && "${@:3}" 2>&1); then
			say "$1: $(tail -n 1 <<<"$results")"
		else
			wrong "the example in $1: $results"
		fi
	}
	example C c make -s check
	example Python python python3 -m pytest -q
	example Go go env GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS=-p=2 go test .
	cp -R $scenarios/suite "$TMPDIR/suite"
	cd "$TMPDIR/suite"
	example make . make check
	example CTest . sh -c 'cmake -S . -B build && ctest --test-dir build | grep "tests passed"'
}

case ${1:-} in
--root) root_part "$2"; exit $failed ;;
--user) user_part "$2"; exit $failed ;;
esac

cd "$(dirname "$0")/../.."
. tests/lib/packages.sh
[[ ${LWSIM_TESTS_ALL:-} == 1 ]] || { echo 'skip fresh_root: for --all'; exit 77; }
need_packages mmdebstrap dpkg-dev file "${build_packages[@]}"
build=$PWD/build/packages
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf "$build"/*.deb "$build/_CPack_Packages"
quietly cmake --preset package -B "$build" -DLWSIM_WERROR=ON
quietly cmake --build "$build" -j 2 --target package
mkdir "$work/lwsim-test"
cp "$build"/*.deb tests/lanes/fresh_root.sh tests/lib/terminal.sh "$work/lwsim-test"
chmod -R a+rX "$work"

# The packages are of this machine's Debian, from where apt gets them here.
. /etc/os-release
apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' "Origin: ${NAME%% *}" |
	sort -u >"$work/sources.list"
mmdebstrap --variant=minbase --format=null --aptopt='Acquire::Check-Valid-Until "false"' \
	--customize-hook="copy-in $work/lwsim-test /opt" \
	--customize-hook='chroot "$1" bash /opt/lwsim-test/fresh_root.sh --root /opt/lwsim-test >&2' \
	"$VERSION_CODENAME" /dev/null "$work/sources.list" 2>"$work/log" || failed=1
grep '^fresh_root: ' "$work/log" || true
((!failed)) || grep -v '^fresh_root: ' "$work/log"
exit $failed
