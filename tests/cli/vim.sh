#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# completion vim: a real vim detects a scenario, and highlights its words as what the parser takes them for.
. tests/lib/cli.sh
lwsim completion vim
code_is 0
err_is_empty
command -v vim >/dev/null && vim --version | grep -qF '+syntax' || skip 'no vim with syntax highlighting'
runtime=$TMPDIR/vimfiles
mkdir -p "$runtime/syntax"
cp "$out" "$runtime/syntax/lwsim.vim"
cp -R sim/packages/ftdetect "$runtime/"

scenario words.lw >/dev/null <<'E'
# carrier_on in a comment
title    "carrier_on in a string"
kernel   6.1
param    open = 400ms
0        ip link add d0 type veth
+$open   setlink d0 up = ENETDOWN
         expect d0 dev->operstate LOWERLAYERDOWN # ip
         expect d0 flags UP,LOWER_UP
1.5s     linkwatch_fire_event d0
-- trace 6.1 --
carrier_on in a snapshot
E
# each: LINE WORD GROUP, at the word's first place
cat >"$TMPDIR/expected" <<'E'
1 carrier_on Comment
2 title Header
2 carrier_on String
4 open -
4 400ms Time
5 0 Time
5 ip Statement
5 d0 -
5 veth Kind
6 $open Param
6 setlink Statement
6 up Link
6 ENETDOWN Errno
7 dev->operstate Expect
7 LOWERLAYERDOWN Operstate
7 ip Comment
8 LOWER_UP Flag
9 1.5s Time
9 linkwatch_fire_event Statement
11 carrier_on Snapshot
E
cat >"$TMPDIR/ask.vim" <<'E'
let lines = [&filetype == 'lwsim' ? '' : 'filetype ' . &filetype]
for row in readfile($TMPDIR . '/expected')
	let [line, word; rest] = split(row)
	let group = synIDattr(synID(str2nr(line), stridx(getline(str2nr(line)), word) + 1, 1), 'name')
	call add(lines, line . ' ' . word . ' ' . (empty(group) ? '-' : substitute(group, '^lwsim', '', '')))
endfor
call writefile(filter(lines, 'v:val != ""'), $TMPDIR . '/found')
E
HOME=$TMPDIR TERM=dumb timeout 60 vim -u NONE -i NONE -n -es --cmd "set nocompatible rtp^=$runtime" \
	-c 'filetype on' -c 'syntax on' -c "edit $TMPDIR/words.lw" -c 'syntax sync fromstart' \
	-c "source $TMPDIR/ask.vim" -c 'qall!' </dev/null >"$err" 2>&1
[[ -s $TMPDIR/found ]] || { fail 'vim says nothing'; show "$err"; }
same 'what vim takes the words for' "$TMPDIR/expected" "$TMPDIR/found"

# all statements and header keys of the manual's tables are there: those that check suggests come from the same table
lwsim completion vim
for word in virtnet_probe tunsetiff rtnl_lock explore end carrier_changes keepalived macvlan timers nomaster; do
	grep -qw -e "$word" "$out" || fail "completion vim lacks $word"
done
finish
