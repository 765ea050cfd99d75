#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# src:PATH: a link_watch.c from a file is compiled and run, and its faults are reported.
. tests/lib/cli.sh

export XDG_CACHE_HOME=$TMPDIR/cache LWSIM_SRC_LIMIT_S=2
good=tests/differential/always_urgent.c

# variant NAME SED-SCRIPT: the good file with a change; prints its path
variant()
{
	mkdir -p "$TMPDIR/$1"
	sed "$2" "$good" >"$TMPDIR/$1/link_watch.c"
	! cmp -s "$good" "$TMPDIR/$1/link_watch.c" || fail "variant $1 changes nothing"
	printf '%s\n' "$TMPDIR/$1/link_watch.c"
}

# Runs the original case on a variant; its output goes to $out and $err.
run_on() # FILE [ARGUMENT...]
{
	local file=$1
	shift
	lwsim run --kernel "src:$file,base=6.1" "$@" "$flap"
}

flap=$(scenario flap.lw <<'S'
kernel   6.1
0        ip link add d0 type dummy
         ip link set d0 up
1        ip link set d0 carrier off
1.1      ip link set d0 carrier on
1.2      ip link set d0 carrier off
4        end
S
)

# -- the file decides, and no messages are printed
run_on "$good"
code_is 0
err_is_empty
out_has "on src:$good,base=6.1, HZ=250"
out_has '1.200000  d0           -RUNNING -LOWER_UP DOWN' # 6.1 would delay it to 2.016
run_on "$good" --format jsonl
code_is 0
[[ $(jq -r 'select(.t == 1.2 and .dev).operstate' "$out") == DOWN ]] || fail "$said: no DOWN at 1.2 s"
[[ $(jq -r 'select(.t == 1.2 and .dev).cause' "$out") == *:6 ]] || fail "$said: DOWN at 1.2 s is not because of line 6"

# -- explain invents no reason for an event that a file treats as urgent, or does not
explain_on() # FILE SCENARIO
{
	lwsim explain --wide --kernel "src:$1,base=6.1" "$2"
	code_is 0
}
explain_on "$good" "$flap"
out_has "d0 has an event (carrier off, qdisc active, stored operstate UNKNOWN), urgent by this file's own rule; it is added"
out_has 'd0 has an event (carrier on), urgent: it has carrier and its qdisc is still inactive; it is added' # as the base says
out_lacks 'its stored operstate is DOWN'
out_lacks 'is rate-limited'
up=$(scenario up.lw <<'S'
kernel   6.1
0        virtnet_probe eth0 status=on
3        setlink eth0 up
5        carrier_off eth0
8        carrier_on eth0
S
)
explain_on "$(variant never 's/mod_delayed_work(\(.*\), 0);/queue_delayed_work(\1, HZ \/ 2);/')" "$up"
out_has "(carrier on, qdisc inactive, stored operstate DOWN), not urgent by this file's own rule; it is added" # at 8 s
out_has 'not urgent: a plain device without carrier is rate-limited' # at 5 s, as the base says
# the first hunk of the patch, by hand: up, and stored as DOWN, which is a fact and not said to be the reason
hunk=$(variant hunk 's/^\tmod_delayed_work(\(.*\), 0);/\tif ((dev->flags \& IFF_UP) \&\& dev->operstate == IF_OPER_DOWN)\n\t\tmod_delayed_work(\1, 0);\n\telse\n\t\tqueue_delayed_work(\1, HZ);/')
again=$(scenario again.lw <<'S'
kernel   6.1
0        ip link add d0 up type dummy
1        carrier_off d0
4        linkwatch_fire_event d0
S
)
explain_on "$hunk" "$again"
out_has "(carrier off, qdisc inactive, stored operstate DOWN), urgent by this file's own rule"
out_lacks 'urgent: it is up'

# -- compiled once, by content: not again, nor for another name
rm -f "$XDG_CACHE_HOME"/lwsim/src/*
run_on "$good"
[[ $(ls "$XDG_CACHE_HOME"/lwsim/src) == *.so ]] || fail "the cache has not the one object"
objects=$(ls -i "$XDG_CACHE_HOME"/lwsim/src)
run_on "$good"
[[ $objects == "$(ls -i "$XDG_CACHE_HOME"/lwsim/src)" ]] || fail 'what did not change was compiled again'
slower=$(variant slower 's/jiffies + HZ/jiffies + 2 * HZ/')
run_on "$slower"
code_is 0
[[ $(ls "$XDG_CACHE_HOME"/lwsim/src | wc -l) -eq 2 ]] || fail 'what changed was not compiled'
LWSIM_SRC_CFLAGS='  -O0 -DLW_OTHER=1 ' run_on "$good"
code_is 0
out_has '1.200000  d0           -RUNNING -LOWER_UP DOWN'
[[ $(ls "$XDG_CACHE_HOME"/lwsim/src | wc -l) -eq 3 ]] || fail 'other flags made no other object'

# -- several at once, each with its own static variables; and the model beside them
lwsim compare --kernel "src:$good,base=6.1" --kernel "src:$good,base=6.12" --kernel 6.1 "$flap"
code_is 0
[[ $(grep -c 'base=6.1\b' "$out") -ge 1 ]] || fail "$said: no column of the first"
out_has '0ms' # all of them
[[ $(grep -c '^ *1\.200000' "$out") -ge 2 ]] || fail "$said: no DOWN at 1.2 s:"

# -- a header may name it, too
header=$(scenario header.lw <<S
kernel   src:$good,base=6.1
0        ip link add d0 type dummy
         ip link set d0 up
1        ip link set d0 carrier off
+100ms   ip link set d0 carrier on
+100ms   ip link set d0 carrier off
         expect d0 notify <UP> state DOWN
         on src:$good,base=6.1 expect d0 operstate DOWN
S
)
lwsim test "$header"
code_is 0
err_is_empty
out_has '1 passed, 0 failed'
refused 'standard input' run - <"$header"
lwsim run --kernel "src:$good,base=6.1" - <"$flap"
code_is 0
sed -i 's/operstate DOWN$/operstate UP/' "$header"
lwsim test "$header"
code_is 1
out_has 'd0 last changed UP -> DOWN at 1.200000s'
[[ $(tr -s ' \n' ' ' <"$out") == *'header.lw:6 (derived from what could be seen)'* ]] || # a long path wraps the note
	fail "$said: does not name the line that was derived"

# -- lines that the file prints have their time and cause
talks=$(variant talks 's/^\tlinkwatch_run_queue();/\tpr_info("%lu on the list\\n", 42UL);\n\tWARN_ON(!list_empty(\&lweventlist));\n&/')
run_on "$talks"
code_is 0
err_has "flap.lw:4, on src:$talks,base=6.1: link_watch.c:"
err_has ': 42 on the list'
err_has 'WARNING: !list_empty(&lweventlist)'

# -- a base is required, and decides only what the file does not
refused 'the file is in no kernel tree, expected base=KERNEL' run --kernel "src:$good" "$flap"
refused "'9.9'" run --kernel "src:$good,base=9.9" "$flap"
refused 'urgent-event is decided by link_watch.c' run --kernel "src:$good,base=6.1+urgent-event" "$flap"
refused 'expected base=KERNEL or patch=DIFF' run --kernel "src:$good,bases=6.1" "$flap"
refused 'expected base=KERNEL or patch=DIFF' run --kernel "src:$good,base=6.1,base=6.2" "$flap"
refused 'expected a kernel tree or a link_watch.c after src:' run --kernel src: "$flap"
refused 'there is no file or folder' run --kernel src:nowhere "$flap"
refused 'there is no scenarios/net/core/link_watch.c' run --kernel src:scenarios "$flap"
refused 'has no function linkwatch_fire_event()' run --kernel src:LICENSE,base=6.1 "$flap"
narrow=$(scenario narrow.lw <<<$'bits 32\n0 ip link add d0 type dummy')
refused "the scenario says \`bits 32\`" run --kernel "src:$good,base=6.1" "$narrow"
lwsim run --kernel "src:$good,base=6.1+setlink-event" "$flap"
code_is 0

# -- a tree's Makefile determines the base: the newest row that is not newer
mkdir -p "$TMPDIR/tree/net/core"
cp "$good" "$TMPDIR/tree/net/core/link_watch.c"
printf 'VERSION = 6\nPATCHLEVEL = 7\nSUBLEVEL = 0\n' >"$TMPDIR/tree/Makefile"
for path in "$TMPDIR/tree" "$TMPDIR/tree/net/core/link_watch.c"; do
	lwsim run --kernel "src:$path" "$flap"
	code_is 0
done
printf 'VERSION = 1\nPATCHLEVEL = 0\n' >"$TMPDIR/tree/Makefile"
refused "lwsim does not know the version in the tree's Makefile" run --kernel "src:$TMPDIR/tree" "$flap"
printf 'VERSION = 6\nPATCHLEVEL = 12\n' >"$TMPDIR/tree/Makefile"

# -- a diff is applied to a copy
cp "$TMPDIR/tree/net/core/link_watch.c" "$TMPDIR/before.c"
cat >"$TMPDIR/late.diff" <<'D'
A word about it.
---
 net/core/link_watch.c | 2 +-

diff --git a/Documentation/x.rst b/Documentation/x.rst
--- a/Documentation/x.rst
+++ b/Documentation/x.rst
@@ -1 +1 @@
-x
+y
diff --git a/net/core/link_watch.c b/net/core/link_watch.c
--- a/net/core/link_watch.c
+++ b/net/core/link_watch.c
@@ -95,6 +95,6 @@ void linkwatch_fire_event(struct net_device *dev)
 	list_add_tail(&dev->link_watch_list, &lweventlist);
 	spin_unlock_irqrestore(&lweventlist_lock, flags);
 	set_bit(LW_URGENT, &linkwatch_flags);
-	mod_delayed_work(system_unbound_wq, &linkwatch_work, 0);
+	queue_delayed_work(system_unbound_wq, &linkwatch_work, HZ / 2);
 }
 EXPORT_SYMBOL(linkwatch_fire_event);
-- 
2.39
D
lwsim run --kernel "src:$TMPDIR/tree,patch=$TMPDIR/late.diff" "$flap"
code_is 0
err_has 'lwsim: note: the patch changes b/Documentation/x.rst too, which is not compiled'
out_has '1.504000  d0           -RUNNING -LOWER_UP DOWN' # half a second, rounded up by the wheel
# once, however often it is compiled
fast=$(scenario fast.lw <<'S'
hz 1000
0 ip link add d0 type dummy
0 expect d0 operstate DOWN
S
)
lwsim test --kernel "src:$TMPDIR/tree,patch=$TMPDIR/late.diff" "$flap" "$fast"
count=$(cat "$out" "$err" | grep -c 'which is not compiled')
[[ $count -eq 1 ]] || fail "$said: says $count times what is not compiled"
same 'the tree that was patched' "$TMPDIR/before.c" "$TMPDIR/tree/net/core/link_watch.c"
sed -i 's/^ \tset_bit/ \tclear_bit/' "$TMPDIR/late.diff"
refused 'lwsim: error: '"$TMPDIR/late.diff does not apply" run --kernel "src:$TMPDIR/tree,patch=$TMPDIR/late.diff" "$flap"
printf 'no diff\n' >"$TMPDIR/no.diff"
refused "lwsim: error: $TMPDIR/no.diff changes no link_watch.c" run --kernel "src:$TMPDIR/tree,patch=$TMPDIR/no.diff" "$flap"
refused 'there is no file' run --kernel "src:$TMPDIR/tree,patch=$TMPDIR/nowhere.diff" "$flap"

# -- files that do not compile: the missing name in plain words, then the compiler's messages; 125 for git bisect
does_not_compile() # NAME SED-SCRIPT TEXT
{
	local file
	file=$(variant "$1" "$2")
	refused "$3" run --kernel "src:$file,base=6.1" "$flap"
	err_has 'link_watch.c:'
	lwsim test --kernel "src:$file,base=6.1" "$flap"
	code_is 125
}
lwsim test --kernel src:nowhere,base=6.1 "$flap" # a commit without the file
code_is 125

does_not_compile foo 's/^\trtnl_lock();/\tnetif_foo();\n&/' \
	'error: link_watch.c uses netif_foo(), which lwsim does not provide'
file_has sim/man/lwsim.1 'error: link_watch.c uses netif_foo(), which lwsim does not provide'
does_not_compile member 's/^\trtnl_lock();/\tlw_machine->foo = 1;\n&/' 'error: link_watch.c uses a member foo'
does_not_compile include 's/^#include "dev.h"/#include <linux\/foo.h>/' \
	'error: link_watch.c includes <linux/foo.h>, which lwsim does not provide'
does_not_compile name 's/jiffies + HZ/foo_jiffies + HZ/' 'error: link_watch.c uses foo_jiffies, which lwsim does not'
does_not_compile trylock 's/^\trtnl_lock();/\tif (!rtnl_trylock())\n\t\treturn;/' \
	'error: link_watch.c uses rtnl_trylock(), which lwsim does not provide'
does_not_compile initcall 's/^EXPORT_SYMBOL.*/&\nsubsys_initcall(linkwatch_start);/' \
	'error: link_watch.c uses subsys_initcall(), which lwsim does not provide'
does_not_compile syntax 's/^\trtnl_lock();/\trtnl_lock()/' 'error: expected'
CC=/nowhere/cc refused 'a C compiler is needed' run --kernel "src:$good,base=6.1" "$flap"

# -- faults while it runs end the run with 3 and a position
goes_wrong() # NAME SED-SCRIPT TEXT
{
	local file
	file=$(variant "$1" "$2")
	run_on "$file"
	code_is 3
	err_has "$3"
}
goes_wrong crash 's/^\trtnl_lock();/\t*(volatile int *)(HZ - 242) = 0;\n&/' \
	'link_watch.c crashes: invalid memory access in its work at 1.000000s of virtual time, because of '
goes_wrong loop 's/^\trtnl_lock();/\twhile (jiffies)\n\t\tbarrier();\n&/' 'link_watch.c loops: it has not returned for 2 s in its work'
goes_wrong sleeps 's/^#include "dev.h"/&\n#include <unistd.h>/; s/^\trtnl_lock();/\tsleep(1000);\n&/' \
	'link_watch.c waits: it has not returned for 2 s in its work at 1.000000s of virtual time, because of '
constructor='s/^EXPORT_SYMBOL(linkwatch_fire_event).*/&\n#include <unistd.h>\n__attribute__((constructor)) static void start(void)\n{\n\t'
goes_wrong constructor-loops "$constructor"'while (1)\n\t\tbarrier();\n}/' 'link_watch.c loops: it has not returned for 2 s when it is loaded'
goes_wrong constructor-sleeps "$constructor"'sleep(1000);\n}/' 'link_watch.c waits: it has not returned for 2 s when it is loaded'
goes_wrong constructor-crashes "$constructor"'*(volatile int *)(HZ - 242) = 0;\n}/' 'link_watch.c crashes: invalid memory access when it is loaded'
run_on "$good" --pace 1 # time between two calls does not count
code_is 0
err_is_empty
for function in exit _exit _Exit quick_exit; do
	goes_wrong ends-$function 's/^#include "dev.h"/&\n#include <stdlib.h>\n#include <unistd.h>/; s/^\trtnl_lock();/\t'$function'(0);\n&/' \
		"link_watch.c calls $function()"
done
goes_wrong constructor-ends "${constructor/unistd/stdlib}"'exit(0);\n}/' 'when it is loaded'
goes_wrong destructor-ends "$(sed 's/unistd/stdlib/; s/constructor/destructor/' <<<"$constructor")"'exit(0);\n}/' 'when it is loaded'

# -- code that ends the program behind the guard's back is detected by the waiting parent
for status in 0 1 7 125 130; do
	ends=$(variant "ends-$status" 's/^#include "dev.h"/&\n#include <sys\/syscall.h>\n#include <unistd.h>/; s/^\trtnl_lock();/\tsyscall(SYS_exit_group, '$status');\n&/')
	for word in run explain compare states sweep; do
		lwsim $word --kernel "src:$ends,base=6.1" "$flap"
		code_is 3
		err_has 'before'
	done
	lwsim report -o "$TMPDIR/report.html" --kernel "src:$ends,base=6.1" "$flap"
	code_is 3
	err_has "lwsim-report exited with status $status before it was done; link_watch.c may have ended it"
	[[ ! -s $TMPDIR/report.html ]] || fail "$said: a report all the same"
done
goes_wrong deadlock 's/^\tspin_lock_irq(&lweventlist_lock);/&\n&/' 'takes a lock that it holds already'
goes_wrong locked 's/^\tspin_unlock_irqrestore.*/\t(void)flags;/' 'link_watch.c has returned with a lock held'
goes_wrong rtnl 's/^\trtnl_unlock();//' 'has returned with rtnl held'
goes_wrong rtnl-not-taken 's/^\trtnl_lock();//' 'releases rtnl, which it does not hold'
goes_wrong rtnl-twice 's/^\trtnl_lock();/&\n&/' 'waits for rtnl, which it holds already'
goes_wrong rtnl-again 's/^\trtnl_unlock();/&\n\trtnl_lock();/' 'has returned with rtnl held'
goes_wrong rtnl-in-fire 's/^\tif (test_and_set_bit/\trtnl_lock();\n&/' 'waits for rtnl, which another task holds'
goes_wrong bug 's/^\trtnl_lock();/\tBUG_ON(jiffies);\n\t*(volatile int *)(HZ - 242) = 0;\n&/' 'BUG_ON(jiffies)'
[[ $(grep -c 'crashes' "$err") -eq 0 ]] || fail "$said: it went on behind BUG()"
goes_wrong talks-for-ever 's/^\trtnl_lock();/\twhile (1)\n\t\tpr_info("again\\n");\n&/' 'link_watch.c loops'
[[ $(grep -c ': again' "$err") -eq 1000 ]] || fail "$said: not 1000 lines of its own"
err_has 'prints more than can be shown of one call'

# -- faults that a kernel would only warn about
splats() # NAME SED-SCRIPT TEXT
{
	local file
	file=$(variant "$1" "$2")
	run_on "$file"
	code_is 0
	err_has "$3"
}
splats unlocked 's/^\trtnl_\(un\)\?lock();//' 'RTNL: assertion failed at netdev_state_change()'
splats asserts 's/^\trtnl_lock();/\tASSERT_RTNL();\n&/' 'RTNL: assertion failed'
splats sleeps 's/^\tlist_add_tail(/\tnetdev_state_change(dev);\n&/' 'sleeping function called from invalid context'

# -- a list that the file has broken, events that it has lost: the notes of an expectation show it
fails=$(scenario fails.lw <<'S'
kernel 6.1
0 ip link add d0 type dummy
  ip link set d0 up
1 ip link set d0 carrier off
  ip link set d0 carrier on
  expect d0 operstate TESTING
S
)
lost=$(variant lost 's/^\tlist_add_tail(.*//; s/^\tmod_delayed_work.*//')
lwsim run --kernel "src:$lost,base=6.1" "$fails"
code_is 1
err_has 'd0 is LINKWATCH_PENDING but not on the list: its events are lost'
endless=$(variant endless 's/^\tif (test_and_set_bit.*/\tset_bit(__LINK_STATE_LINKWATCH_PENDING, \&dev->state);/; s/^\t\treturn;$//; s/^\tmod_delayed_work.*//')
lwsim run --kernel "src:$endless,base=6.1" "$fails"
code_is 1
err_has "linkwatch's list has no end"

# -- missing functions, and ones of another type, are not errors
other=$(variant other 's/linkwatch_nextevent/next_event/; s/LW_URGENT/LW_NOW/; s/^void linkwatch_init_dev/static void init_dev/')
run_on "$other"
code_is 0
err_has 'link_watch.c defines no linkwatch_init_dev(): nothing happens'
out_has '1.200000  d0           -RUNNING -LOWER_UP DOWN'

# -- an interrupt ends the run as soon as possible
for file in "$good" "$(variant loop2 's/^\trtnl_lock();/\twhile (jiffies)\n\t\tbarrier();\n&/')"; do
	: >"$out"
	env --default-signal=INT,TERM "$LWSIM" run --pace 1e-3 --kernel "src:$file,base=6.1" "$flap" >"$out" 2>"$err" &
	pid=$!
	until [[ -s $out ]]; do sleep 0.05; done
	kill -TERM $pid
	wait $pid
	code=$?
	said="lwsim run on $file, ended by SIGTERM"
	code_is 130
	err_has interrupted
done

# -- a cached object is loaded only if nobody else can have written it, and if it is what was compiled
cache=$XDG_CACHE_HOME/lwsim/src
cached_anew() # WHAT: a run works, and its object is a new file
{
	local before
	before=$(stat -c '%i %z' "$object") # an inode number may be reused
	run_on "$good"
	code_is 0
	err_is_empty
	out_has '1.200000  d0           -RUNNING -LOWER_UP DOWN'
	[[ $(stat -c '%i %z' "$object") != "$before" ]] || fail "$1: loaded all the same"
	[[ $(stat -c %a "$object") == 600 ]] || fail "$1: the new object has mode $(stat -c %a "$object")"
}
rm -f "$cache"/*
run_on "$good"
object=$(echo "$cache"/*.so)
inode=$(stat -c %i "$object")
run_on "$good"
[[ $inode == "$(stat -c %i "$object")" ]] || fail 'what did not change was compiled again'
cp "$object" "$TMPDIR/object"
chmod g+w "$object"
cached_anew 'an object that the group can write to'
truncate -s -1 "$object"
cached_anew 'an object that was cut off'
: >"$object"
cached_anew 'an empty object'
printf x | dd of="$object" bs=1 seek=5000 conv=notrunc 2>/dev/null
cached_anew 'an object with another byte'
mv "$object" "$TMPDIR/moved.so"
ln -s "$TMPDIR/moved.so" "$object"
cached_anew 'a symbolic link'
rm "$object"
mkfifo "$object"
cached_anew 'a FIFO'
run_on "$slower"
cp "$(ls -t "$cache"/*.so | head -n 1)" "$TMPDIR/slower.so"
cp "$TMPDIR/slower.so" "$object"
cached_anew 'the object of another file'
umask 0
: >"$object"
cached_anew 'none, and a umask of 0'
umask 022
if [[ $EUID -eq 0 ]]; then
	chown 12345 "$object"
	cached_anew 'an object that belongs to another user'
	chown 12345 "$cache"
	refused "$cache belongs to another user" run --kernel "src:$good,base=6.1" "$flap"
	chown 0 "$cache"
fi
chmod g+w "$cache"
refused "$cache is writable by others" run --kernel "src:$good,base=6.1" "$flap"
chmod g-w "$cache"
chmod o+w "$XDG_CACHE_HOME"
refused "$XDG_CACHE_HOME is writable by others" run --kernel "src:$good,base=6.1" "$flap"
lwsim test --kernel "src:$good,base=6.1" "$flap"
code_is 125
chmod +t "$XDG_CACHE_HOME" # only a folder's owner can replace it then
run_on "$good"
code_is 0
chmod o-w,-t "$XDG_CACHE_HOME"
: >"$TMPDIR/no-folder"
XDG_CACHE_HOME=$TMPDIR/no-folder refused 'Not a directory' run --kernel "src:$good,base=6.1" "$flap"
(unset XDG_CACHE_HOME HOME; refused 'neither XDG_CACHE_HOME nor HOME is set' run --kernel "src:$good,base=6.1" "$flap"
	exit $failures) || failures=1

# -- a path with characters that C strings escape; a line break is refused
odd=$TMPDIR/'a "b" \n %s'
mkdir -p "$odd"
sed 's/^\trtnl_lock();/\tWARN_ON(1);\n&/' "$good" >"$odd/link_watch.c"
run_on "$odd/link_watch.c"
code_is 0
XDG_CACHE_HOME=$odd run_on "$good"
code_is 0
XDG_CACHE_HOME=$odd run_on "$good"
[[ $(ls "$odd/lwsim/src" | wc -l) -eq 1 ]] || fail "$said: a cache with an odd name keeps nothing"
sed 's/^\trtnl_lock();/\tnetif_foo();\n&/' "$good" >"$odd/link_watch.c"
refused 'uses netif_foo()' run --kernel "src:$odd/link_watch.c,base=6.1" "$flap"
err_has 'a "b" \n %s/link_watch.c:'
mkdir -p "$TMPDIR/two"$'\n'"lines"
cp "$good" "$TMPDIR/two"$'\n'"lines/link_watch.c"
refused 'has a line break' run --kernel "src:$TMPDIR/two"$'\n'"lines/link_watch.c,base=6.1" "$flap"

# -- any number of flags
flags=$(for i in {1..500}; do printf -- '-DLW_NUMBER_%d ' "$i"; done)
sed 's/^#include "dev.h"/&\n#if !defined(LW_NUMBER_1) || !defined(LW_NUMBER_500)\n#error cut\n#endif/' "$good" >"$odd/link_watch.c"
LWSIM_SRC_CFLAGS=$flags run_on "$odd/link_watch.c"
code_is 0
err_is_empty

# -- installed
cmake --install "$(dirname "$LWSIM")" --prefix "$TMPDIR/prefix" >/dev/null || fail 'cmake --install'
LWSIM=$TMPDIR/prefix/bin/lwsim
run_on "$good"
code_is 0
out_has '1.200000  d0'
[[ $(strings -a "$XDG_CACHE_HOME"/lwsim/src/*.so | grep -c "$TMPDIR/prefix/share") -gt 0 ]] ||
	fail 'the installed headers were not used'
mv "$TMPDIR/prefix/libexec/lwsim/lwsim-src" "$TMPDIR/elsewhere"
refused 'cannot find lwsim-src' run --kernel "src:$good,base=6.1" "$flap"
finish
