#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# `lwsim run --format jsonl`: each line is JSON and satisfies sim/formats/trace.schema.json; keys that were ever
# published are all there, in their order; it agrees with the text format.
. tests/lib/cli.sh
cp sim/formats/trace.schema.json "$TMPDIR"

cat >"$TMPDIR/check.py" <<'P'
import json, re, sys
from schema import validator_of
schema_path, path = sys.argv[1:3]
validator = validator_of(schema_path)

def pairs(items):
    assert len({key for key, _ in items}) == len(items), 'a key twice'
    return dict(items)

HEAD = ['t', 'jiffy', 'type']
LINK = ['family', 'dev', 'ifindex', 'netns', 'flags', 'operstate', 'linkmode', 'qdisc', 'carrier',
        'change', 'carrier_up', 'carrier_down', 'kind', 'mtu', 'address', 'master', 'link', 'link_netns', 'txqlen',
        'promiscuity', 'proto_down']
KEYS = {'header': HEAD + ['lwsim', 'kernel', 'hz', 'file', 'cause'], 'action': HEAD + ['text', 'turn', 'turns', 'cause'],
        'newlink': HEAD + LINK + ['cause'], 'dellink': HEAD + LINK + ['cause'],
        'error': HEAD + ['errno', 'text', 'cause'], 'note': HEAD + ['text', 'cause']}
data = open(path, 'rb').read()
assert not data or data.endswith(b'\n'), 'no newline at the end'
last = 0
types = set()
for line in data.split(b'\n')[:-1]:
    record = json.loads(line.decode('utf-8'), object_pairs_hook=pairs)
    # new keys may be added: the known ones must be there in this order
    known = [key for key in record if key in KEYS[record['type']]]
    expected = [key for key in KEYS[record['type']] if key in record or key not in ('turn', 'turns')]
    assert known == expected, (known, expected)
    assert (record['type'] == 'header') == (not types), 'the first line is the header, and no other'
    if validator:
        validator.validate(record)
    assert record['t'] >= last, 'time goes back'
    last = record['t']
    types.add(record['type'])
    if 'flags' in record:
        states = [f for f in record['flags'] if f in ('UP', 'RUNNING', 'LOWER_UP', 'DORMANT')]
        assert record['flags'][:len(states)] == states, 'the flags of link state are not first'
        assert record['operstate'] == 'DOWN' or 'UP' in record['flags'], record
    assert re.search(r':\d+$', record['cause'])
print(len(data.split(b'\n')) - 1, *sorted(types - {'header'}))
P
check() # EXPECTED: number of lines and their types
{
	local found
	found=$(python3 "$TMPDIR/check.py" "$TMPDIR/trace.schema.json" "$out" 2>&3) ||
		fail "$said: not as the schema has it"
	[[ $found == "$1" ]] || fail "$said: lines and types are '$found', expected '$1'"
}

file=$(scenario all.lw <<'S'
kernel 6.1
hz 300
0    ip link add d0 type dummy
     ip link add p0 type veth peer name p1
1j   getlink d0
2j   sysfs d0 carrier = EINVAL
1    ip link set d0 up promisc on allmulticast on
     dormant_on d0
2    testing_on d0
3    ip link set d0 mode dormant
     ip link set p0 up
     ip link set p1 up
4    ip link set p1 mode dormant
5    ip link del p0
S
)
lwsim run --format jsonl "$file"
code_is 0
err_is_empty
check "$(wc -l <"$out") action dellink error newlink note"
out_has '"t":0.003333334,"jiffy":1,"type":"note"'
out_has "\"cause\":\"$file:5\""
out_has '"errno":"EINVAL"'
out_has '"operstate":"LOWERLAYERDOWN"'
out_has '"operstate":"TESTING"'
out_has '"operstate":"DORMANT"'
out_has '"linkmode":"dormant"'

# a message's cause is the line whose event queued the device, not the latest line
lwsim run --format jsonl "$microvm"
code_is 0
check '6 action newlink'
[[ $(head -n 1 "$out") == '{"t":0.0,"jiffy":0,"type":"header","lwsim":"'*'","kernel":"5.8","hz":250,"file":"'$microvm'","cause":"'$microvm':0"}' ]] ||
	fail "$said: the header is $(head -n 1 "$out")"
out_has '"type":"action","text":"setlink eth0 up","cause"'
grep -q '"t":1.024,"jiffy":256,.*"flags":\["UP","RUNNING","LOWER_UP",' "$out" ||
	fail 'the message of the founding case is not there'

# every message of the text format is there, and no others
for kernel in 5.8 5.8+urgent-event+setlink-event 6.1; do
	lwsim run --kernel $kernel --format jsonl "$microvm"
	check "$(wc -l <"$out") action newlink"
	out_has "\"kernel\":\"$kernel\""
	grep newlink "$out" | cut -d, -f2 | sed 's/"jiffy"://' >"$TMPDIR/jsonl.jiffies"
	lwsim run --wide --kernel $kernel "$microvm"
	awk '/> +state [A-Z]/ { print $2 }' "$out" >"$TMPDIR/text.jiffies"
	same "jsonl and text on $kernel" "$TMPDIR/text.jiffies" "$TMPDIR/jsonl.jiffies"
done

# the schema rejects a good line without any one of its keys, or with another value
lwsim run --format jsonl "$microvm"
python3 - "$TMPDIR/trace.schema.json" "$out" <<'P' || fail 'the schema likes wrong lines'
import json, sys
try:
    import jsonschema
    validator = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))
except (ImportError, AttributeError):
    sys.exit(0)
record = next(line for line in map(json.loads, open(sys.argv[2])) if line['type'] == 'newlink')
assert validator.is_valid(record)
assert validator.is_valid({**record, 'new': 1}), 'new keys may come'
for key in record:
    wrong = dict(record)
    del wrong[key]
    assert not validator.is_valid(wrong), f'{key} may be missing'
    may_be_null = key in ('address', 'master', 'link', 'link_netns')
    for value in ({}, -1, ['X']) + (() if may_be_null else (None,)):
        assert not validator.is_valid({**record, key: value}), f'{key} may be {value}'
assert not validator.is_valid({**record, 'type': 'note'}), 'a message as a note without text'
P

# names that JSON must escape or cannot contain
mkdir "$TMPDIR/odd"
cd "$TMPDIR/odd" || exit 1
for name in 'quote".lw' 'back\slash.lw' $'new\nline\001.lw' $'latin1\xe9.lw' $'utf8\xc3\xa9.lw' 'colon:9.lw'; do
	printf '0 ip link add d0 type dummy\n' >"$name"
	lwsim run --format jsonl "$name"
	code_is 0
	check '3 action newlink'
done
printf '0 ip link add \xc3\xa9"\\ type dummy\n' >device.lw
lwsim run --format jsonl device.lw
code_is 0
check '3 action newlink'
out_has '"dev":"é\"\\"'

# a repeat: which turn
printf '0 ip link add d0 type dummy\nrepeat 2 every 1s {\n ip link set d0 mtu 1400\n}\n' >repeat.lw
lwsim run --format jsonl repeat.lw
code_is 0
out_has '"text":"ip link set d0 mtu 1400","turn":2,"turns":2,"cause":"repeat.lw:3"'

# links, masters and other namespaces
cat >stack.lw <<'S'
kernel 6.1
0  ip link add p0 type veth peer name p1
   ip netns add n
   ip link set p1 netns n
   ip link add br type bridge
   ip link set p0 master br
   ip link set p0 mtu 1400
   ip link add link p0 name v type vlan id 5
S
lwsim run --format jsonl stack.lw
code_is 0
check "$(wc -l <"$out") action dellink newlink"
out_has '"dev":"p1","ifindex":2,"netns":"",'
out_has '"kind":"veth","mtu":1500,"address":"00:00:00:00:00:03","master":null,"link":0,"link_netns":null,'
out_has '"kind":"veth","mtu":1400,"address":"00:00:00:00:00:02","master":4,"link":2,"link_netns":"n","txqlen":1000,"promiscuity":1,"proto_down":false,'
out_has '"kind":"vlan","mtu":1400,"address":"00:00:00:00:00:02","master":null,"link":3,"link_netns":null,'

# nothing happens: only the header
printf '1 end\n' >nothing.lw
lwsim run --format jsonl nothing.lw
code_is 0
check '1'

finish
