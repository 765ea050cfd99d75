#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""wire.py LWSIM [SCENARIO...]: see wire.sh."""
import concurrent.futures
import datetime
import decimal
import difflib
import json
import pathlib
import subprocess
import sys
import tempfile

TYPES = {"newlink": 16, "dellink": 17}
ARPHRD = {"loopback": 772}
FLAGS = {"UP": 1 << 0, "BROADCAST": 1 << 1, "DEBUG": 1 << 2, "LOOPBACK": 1 << 3, "POINTOPOINT": 1 << 4,
         "NOTRAILERS": 1 << 5, "RUNNING": 1 << 6, "NOARP": 1 << 7, "PROMISC": 1 << 8, "ALLMULTI": 1 << 9,
         "MASTER": 1 << 10, "SLAVE": 1 << 11, "MULTICAST": 1 << 12, "PORTSEL": 1 << 13,
         "AUTOMEDIA": 1 << 14, "DYNAMIC": 1 << 15, "LOWER_UP": 1 << 16, "DORMANT": 1 << 17, "ECHO": 1 << 18}
OPERSTATES = ["UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN", "TESTING", "DORMANT", "UP"]
LINKMODES = ["default", "dormant", "testing"]
WITHOUT_RTNL_KIND = ("loopback", "virtio_net")


class Wrong(Exception):
    """Something differs."""


def run(*command):
    """The standard output, as bytes."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):
        raise Wrong(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr.decode()}")
    return done.stdout


def same(what, expected, found):
    """Two lists of lines."""
    if expected == found:
        return
    lines = list(difflib.unified_diff(expected, found, "expected", "found", lineterm="", n=0))
    raise Wrong(f"{what}:\n" + "\n".join(lines[:12]))


def through_ip(path):
    """What the real `ip -o monitor file` prints, each message with its own time in the form of -ts."""
    lines, time = [], None
    for line in run("unshare", "-rn", "env", "TZ=UTC", "ip", "-o", "monitor", "file", path).decode(
            errors="surrogateescape").split("\n")[:-1]:
        if line.startswith("Timestamp: "):
            date, microseconds = line[len("Timestamp: "):-len(" us")].rsplit(" ", 1)
            time = datetime.datetime.strptime(date, "%a %b %d %H:%M:%S %Y").replace(
                microsecond=int(microseconds))
        else:
            lines.append(f"[{time.isoformat(timespec='microseconds')}] {line}")
    return lines


def attributes_of(data):
    """{type: bytes} of the attributes in data."""
    found, at = {}, 0
    while at < len(data):
        length = int.from_bytes(data[at:at + 2], sys.byteorder)
        kind = int.from_bytes(data[at + 2:at + 4], sys.byteorder)
        assert length >= 4 and kind not in found, (at, data)
        found[kind] = data[at + 4:at + length]
        at += (length + 3) & ~3
    return found


def from_jsonl(records):
    """What a message must be: the fields by tshark's names, and the attributes as bytes."""
    nsids, expected = {}, []
    for record in records:
        if record["type"] not in TYPES or record["netns"]:
            continue

        def u32(key):
            return (record[key] & 0xffffffff).to_bytes(4, sys.byteorder)

        def text(name):
            return name.encode() + b"\0"
        flags = sum(FLAGS[flag] for flag in record["flags"])
        tun = record["kind"] == "tun" and "POINTOPOINT" in record["flags"]
        attributes = {
            3: text(record["dev"]), 13: u32("txqlen"), 16: bytes([OPERSTATES.index(record["operstate"])]),
            17: bytes([LINKMODES.index(record["linkmode"])]), 4: u32("mtu"), 27: bytes(4),
            30: u32("promiscuity"), 31: (1).to_bytes(4, sys.byteorder), 32: (1).to_bytes(4, sys.byteorder),
            33: bytes([record["carrier"]]),
            35: (record["carrier_up"] + record["carrier_down"]).to_bytes(4, sys.byteorder),
            47: u32("carrier_up"), 48: u32("carrier_down"), 39: bytes([record["proto_down"]]),
            6: text(record["qdisc"])}
        if record["address"]:
            attributes[1] = bytes.fromhex(record["address"].replace(":", ""))
            attributes[2] = bytes(6) if record["kind"] == "loopback" else b"\xff" * 6
        if record["master"] is not None:
            attributes[10] = u32("master")
        if record["link"] is not None:
            attributes[5] = u32("link")
        if record["link_netns"] is not None:
            nsid = nsids.setdefault(record["link_netns"], len(nsids))
            attributes[37] = nsid.to_bytes(4, sys.byteorder)
        expected.append({
            "type": TYPES[record["type"]], "family": 0, "arphrd": 65534 if tun else ARPHRD.get(record["kind"], 1),
            "ifindex": record["ifindex"], "flags": flags, "change": record["change"], "name": record["dev"],
            "mtu": record["mtu"], "txqlen": record["txqlen"], "operstate": OPERSTATES.index(record["operstate"]),
            "promiscuity": record["promiscuity"], "group": 0, "carrier": int(record["carrier"]),
            "qdisc": record["qdisc"], "carrier_changes": record["carrier_up"] + record["carrier_down"],
            "carrier_up": record["carrier_up"], "carrier_down": record["carrier_down"],
            "address": record["address"] or "", "time": record["t"].normalize(), "attributes": attributes,
            "kind": None if record["kind"] in WITHOUT_RTNL_KIND else record["kind"]})
    return expected


# What Wireshark decodes. It shows other attributes as bytes, which are compared, too.
FIELDS = {"type": "nltype", "family": "ifi_family", "arphrd": "ifi_type", "ifindex": "ifi_index", "flags": "ifi_flags",
          "change": "ifi_change", "name": "ifla_ifname", "mtu": "ifla_mtu", "txqlen": "ifla_txqlen",
          "operstate": "ifla_operstate", "promiscuity": "ifla_promiscuity", "group": "ifla_group",
          "carrier": "ifla_carrier", "qdisc": "ifla_qdisc", "carrier_changes": "ifla_carrier_changes",
          "carrier_up": "ifla_carrier_up_count", "carrier_down": "ifla_carrier_down_count",
          "address": "ifla_hwaddr"}
NUMBERS = set(FIELDS) - {"name", "qdisc", "address"}


def packets_of(data):
    """The packets of a pcap file."""
    packets, at = [], 24
    while at < len(data):
        length = int.from_bytes(data[at + 8:at + 12], sys.byteorder)
        packets.append(data[at + 16:at + 16 + length])
        at += 16 + length
    return packets


def through_tshark(path):
    """The same as Wireshark decodes it."""
    found = []
    names = ["frame.time_epoch", "_ws.malformed", "_ws.expert.message"]
    names += [f"netlink-route.{name}" for name in FIELDS.values()]
    options = [word for name in names for word in ("-e", name)]
    table = run("tshark", "-r", path, "-n", "-T", "fields", *options).decode().split("\n")[:-1]
    packets = packets_of(pathlib.Path(path).read_bytes())
    if len(table) != len(packets):
        raise Wrong(f"{path}: {len(packets)} packets, tshark: {len(table)}")
    for row, raw in zip(table, packets):
        time, malformed, expert, *values = row.split("\t")
        if malformed or expert:
            raise Wrong(f"{path}: tshark: {row}")
        fields = {name: int(value, 0) if name in NUMBERS else value for name, value in zip(FIELDS, values)}
        attributes = attributes_of(raw[16 + 32:])
        info = attributes_of(attributes.pop(18, b""))
        found.append({
            **fields, "time": decimal.Decimal(time).normalize(), "attributes": attributes,
            "kind": info[1][:-1].decode() if 1 in info else None,
            "slave kind": info[4][:-1].decode() if 4 in info else None})
    return found


def check(lwsim, scenario, folder):
    """All formats of one scenario. Returns how many messages they have."""
    wires = {}
    for kind in ("rtmon", "pcap", "ip", "jsonl"):
        wires[kind] = str(pathlib.Path(folder) / kind)
        run(lwsim, "run", "--force", "--format", kind, "-o", wires[kind], scenario)
    text = pathlib.Path(wires["ip"]).read_text(errors="surrogateescape").split("\n")[:-1]
    same("--format ip", through_ip(wires["rtmon"]), text)

    records = [json.loads(line, parse_float=decimal.Decimal) for line in open(wires["jsonl"], encoding="utf-8")]
    expected, found = from_jsonl(records), through_tshark(wires["pcap"])
    kinds = {}
    for wanted, message in zip(expected, found):
        # the kind of a master is that of its own messages
        master = message["attributes"].get(10)
        slave_kind = message.pop("slave kind")
        if slave_kind != (kinds.get(int.from_bytes(master, sys.byteorder)) if master else None):
            raise Wrong(f"at {wanted['time']}: slave kind {slave_kind}, master {master}")
        kinds[wanted["ifindex"]] = wanted["kind"]
    if len(expected) != len(found):
        raise Wrong(f"{len(found)} messages, expected {len(expected)}")
    for wanted, message in zip(expected, found):
        for key in wanted.keys() | message.keys():
            if wanted.get(key) != message.get(key):
                raise Wrong(f"at {wanted['time']}, {wanted['name']}: {key} is {message.get(key)} in the pcap file, "
                            f"{wanted.get(key)} in jsonl")
    return len(text)


def main():
    """Every scenario that is not meant to be wrong."""
    lwsim, *scenarios = sys.argv[1:]
    scenarios = scenarios or sorted(str(path) for path in pathlib.Path("scenarios").rglob("*.lw")
                                    if "bad" not in path.parts)
    messages = wrong = 0

    def judge(scenario):
        with tempfile.TemporaryDirectory() as folder:
            try:
                return check(lwsim, scenario, folder), None
            except Wrong as difference:
                return 0, f"wire: {scenario}: WRONG: {difference}"
    with concurrent.futures.ThreadPoolExecutor(2) as workers:
        for count, difference in workers.map(judge, scenarios):
            messages += count
            if difference:
                wrong += 1
                print(difference)
    print(f"wire: {len(scenarios)} scenarios, {messages} messages: iproute2 and Wireshark read what lwsim says"
          + (f", but for {wrong} scenarios" if wrong else ""))
    return bool(wrong or not messages)


if __name__ == "__main__":
    sys.exit(main())
