# SPDX-License-Identifier: GPL-2.0-or-later
"""Random scenarios: plain `T ip ...` lines that know what they have made, mostly."""
import random

# How often each is made, against the others.
TYPES = {"dummy": 5, "veth": 3, "vlan": 4, "qinq": 2, "macvlan": 2, "ipvlan": 2, "bond": 2,
         "team": 2, "bridge": 2, "vrf": 1, "tun": 1, "netns": 1, "attr": 0,
         "batch": 0}
# What is no device: a second namespace; `ip link set` with alias, mtu, address, name, ...; `ip -batch`.
NO_DEVICES = ("netns", "attr", "batch")
MASTERS = ("bond", "team", "bridge", "vrf")
UPPERS = ("vlan", "qinq", "macvlan", "ipvlan")
BOND_MODES = ("active-backup miimon 100", "active-backup miimon 0", "balance-xor miimon 100",
              "balance-xor miimon 0")


class Device:
    def __init__(self, name, kind, lower=None, netns=""):
        self.name = name
        self.kind = kind
        self.lower = lower
        self.peer = None
        self.netns = netns
        self.is_up = False
        self.master = None
        self.is_ethernet = True
        # A tun that a process holds open; one that stays when it is closed.
        self.is_open = self.is_persistent = False
        # Its own, not one that the kernel made up.
        self.has_address = kind in ("vlan", "qinq", "ipvlan")


class Generator:
    """One scenario. Everything comes from the seed."""

    def __init__(self, seed, types, actions, hz):
        self.random = random.Random(seed)
        self.types = types
        self.hz = hz
        self.devices = {}
        # Those that were there once: names that a wrong command may use.
        self.known = []
        self.netns = ""
        self.addresses = 0
        self.lines = []
        # The jiffy; in the middle of it, where no timer fires.
        jiffy = hz
        while actions > 0:
            is_batch = "batch" in types and self.random.random() < 0.08
            size = min(actions, self.random.randint(2, 5)) if is_batch else 1
            some = [self.action(len(self.lines)) for _ in range(size)]
            # A tun's process is no `ip`, and `ip -batch` knows no -n.
            if size > 1 and not all(line.startswith("ip ") and not line.startswith("ip -n ")
                                    for line in some):
                self.lines += [(jiffy, [line]) for line in some]
            else:
                self.lines.append((jiffy, some))
            actions -= size
            jiffy += self.gap()
        self.end = jiffy + 3 * hz

    def text(self):
        hz = self.hz
        lines = [f"hz {hz}\n"]
        for jiffy, some in self.lines + [(self.end, ["end"])]:
            tenths_ms = (2 * jiffy + 1) * 10**4 // (2 * hz)
            time = f"{tenths_ms // 10**4}.{tenths_ms % 10**4:04}"
            if len(some) == 1:
                lines.append(f"{time} {some[0]}\n")
            else:
                lines += [f"{time} batch {{\n", *(f"\t{line}\n" for line in some), "}\n"]
        return "".join(lines)

    def gap(self):
        """In jiffies: bursts, what a person types, and around the second of the limit."""
        ms = self.random.choices((0, self.random.randint(10, 60), self.random.randint(60, 400),
                                  self.random.randint(400, 950), self.random.randint(950, 1500)),
                                 (20, 35, 20, 10, 15))[0]
        return ms * self.hz // 1000

    def pick(self, *kinds):
        """A device of one of these kinds, of any without, or None."""
        devices = [dev for dev in self.devices.values() if not kinds or dev.kind in kinds]
        return self.random.choice(devices) if devices else None

    def action(self, number):
        rnd = self.random
        while True:
            if number < 2 + len(self.types) // 2 or not self.devices:
                line = self.add()
            elif rnd.random() < 0.05:
                line = self.wrong()
            else:
                line = rnd.choices((self.add, self.delete, self.up_down, self.carrier, self.mode,
                                    self.state, self.enslave, self.flag, self.several, self.move,
                                    self.tun_process, self.attribute),
                                   (8, 4, 30, 26, 6, 5, 15, 3, 6, 3, 6, 8))[0]()
            if line:
                return line

    def make(self, name, kind, lower=None, netns=""):
        self.devices[name] = Device(name, kind, lower, netns)
        if name not in self.known:
            self.known.append(name)
        return self.devices[name]

    def free(self, prefix, most=4):
        names = [f"{prefix}{i}" for i in range(most) if f"{prefix}{i}" not in self.devices]
        return names[0] if names else None

    def address(self):
        """Any, but never the same twice. Those that the kernel makes up differ from run to run of another
        scenario, and a bridge has the lowest of its ports'."""
        self.addresses += 1
        return f"02:{self.random.randint(0, 255):02x}:00:00:00:{self.addresses:02x}"

    def new(self, name):
        """`NAME` or `NAME address A`."""
        dev = self.devices[name]
        # A bond and a team without one of their own take that of their first port.
        if "bridge" not in self.types or dev.kind in ("bond", "team") and self.random.random() < 0.5:
            return name
        dev.has_address = True
        return f"{name} address {self.address()}"

    def add(self):
        kind = self.random.choices(self.types, [TYPES[kind] for kind in self.types])[0]
        if kind == "netns":
            if not self.netns:
                self.netns = "n1"
                return "ip netns add n1"
            return None
        if kind == "veth":
            return self.add_veth()
        if kind in UPPERS:
            return self.add_upper(kind)
        prefix = {"dummy": "d", "bridge": "br", "tun": "t"}.get(kind, kind)
        name = self.free(prefix, 4 if kind == "dummy" else 2)
        if not name:
            return None
        dev = self.make(name, kind)
        if kind == "tun":
            line = self.random.choice(("ip tuntap add dev {} mode tap", "ip tuntap add {} mode tun",
                                       "tunsetiff {} mode tap",
                                       "tunsetiff {} mode tap no_carrier")).format(name)
            dev.is_ethernet = line.split()[-1] != "tun"
            dev.is_open = line.startswith("tunsetiff")
            dev.is_persistent = not dev.is_open
            return line
        if self.random.random() < 0.2:
            dev.netns = self.netns
        words = self.random.choice(("", "", "", " up", " carrier off", " mode dormant"))
        if kind != "dummy":
            words = self.random.choice(("", "", "", " up"))
        dev.is_up = words == " up"
        options = {"bond": f" mode {self.random.choice(BOND_MODES)}",
                   "vrf": f" table {10 + len(self.lines)}"}.get(kind, "")
        name = name if kind == "vrf" else self.new(name)
        return f"ip {self.where(dev)}link add {name}{words} type {kind}{options}"

    def add_veth(self):
        for i in range(0, 6, 2):
            a, b = f"v{i}", f"v{i + 1}"
            if a not in self.devices and b not in self.devices:
                break
        else:
            return None
        one, other = self.make(a, "veth"), self.make(b, "veth")
        one.peer, other.peer = b, a
        words = self.random.choice(("", "", "", " up"))
        one.is_up = words == " up"
        peer_words = ""
        if self.netns and self.random.random() < 0.5:
            other.netns = self.netns
            peer_words = f" netns {self.netns}"
        return f"ip link add {self.new(a)}{words} type veth peer name {self.new(b)}{peer_words}"

    def add_upper(self, kind):
        lowers = {"vlan": ("dummy", "veth", "bond", "team", "bridge", "tun"), "qinq": ("vlan",),
                  "macvlan": ("dummy", "veth", "bond", "team", "bridge", "vlan", "qinq"),
                  "ipvlan": ("dummy", "veth", "bond", "team")}
        lower = self.pick(*lowers[kind]) if self.random.random() < 0.9 else self.pick()
        if not lower:
            return None
        number = self.random.randint(2, 6)
        prefix = {"vlan": f"{lower.name}.{number}", "qinq": f"{lower.name}.{number}",
                  "macvlan": f"m{number}", "ipvlan": f"i{number}"}[kind]
        if prefix in self.devices or len(prefix) > 15:
            return None
        # The kernel may refuse it: then what comes after is about a device that is not there.
        if self.random.random() < 0.9 and self.is_refused(kind, lower):
            return None
        dev = self.make(prefix, kind, lower.name, lower.netns)
        options = {"vlan": f" type vlan id {number}", "qinq": f" type vlan id {number}",
                   "macvlan": " type macvlan", "ipvlan": " type ipvlan"}[kind]
        if kind in ("vlan", "qinq"):
            options += self.random.choice(("", "", "", " loose_binding on"))
        if self.netns and not lower.netns and self.random.random() < 0.1:
            dev.netns = self.netns
            options = f" netns {self.netns}{options}"
        up = self.random.choice(("", "", "", "", " up"))
        dev.is_up = bool(up)
        name = self.new(prefix) if kind == "macvlan" else prefix
        self.devices[prefix].has_address &= lower.has_address or kind == "macvlan"
        return f"ip {self.where(lower)}link add link {lower.name} name {name}{up}{options}"

    def is_refused(self, kind, lower):
        uppers = {dev.kind for dev in self.devices.values() if dev.lower == lower.name}
        return (lower.kind == "vrf" or {"macvlan": "ipvlan", "ipvlan": "macvlan"}.get(kind) in uppers
                or (kind in ("macvlan", "ipvlan") and lower.master))

    @staticmethod
    def where(dev):
        return f"-n {dev.netns} " if dev.netns else ""

    def forget(self, dev):
        """What goes with a device."""
        if self.devices.pop(dev.name, None) is None:
            return
        if dev.peer in self.devices:
            self.forget(self.devices[dev.peer])
        for upper in [d for d in self.devices.values() if d.lower == dev.name]:
            self.forget(upper)

    def delete(self):
        dev = self.pick()
        self.forget(dev)
        if dev.kind == "tun" and not dev.netns and self.random.random() < 0.5:
            return f"ip tuntap del {dev.name} mode {self.random.choice(('tap', 'tun'))}"
        return f"ip {self.where(dev)}link del {dev.name}"

    def set(self, dev, words):
        dev.is_up = (dev.is_up or "up" in words.split()) and "down" not in words.split()
        return f"ip {self.where(dev)}link set {dev.name} {words}"

    def up_down(self):
        return self.set(self.pick(), self.random.choice(("up", "up", "down")))

    def carrier(self):
        dev = self.pick("dummy", "macvlan", "team", "tun")
        if not dev:
            return None
        return self.set(dev, "carrier " + self.random.choice(("on", "off")))

    def mode(self):
        return self.set(self.pick(), "mode " + self.random.choice(("default", "dormant")))

    def state(self):
        state = self.random.choice(("up", "dormant", "unknown", "testing", "down", "lowerlayerdown"))
        return self.set(self.pick(), f"state {state}")

    def flag(self):
        word = self.random.choice(("promisc", "multicast", "allmulticast", "arp"))
        return self.set(self.pick(), f"{word} {self.random.choice(('on', 'off'))}")

    def several(self):
        dev = self.pick()
        words = [self.random.choice(("up", "down"))]
        if dev.kind == "dummy":
            words.append(self.random.choice(("carrier on", "carrier off")))
        words.append(self.random.choice(("mode default", "mode dormant", "state up",
                                         "state dormant")))
        self.random.shuffle(words)
        return self.set(dev, " ".join(words))

    def enslave(self):
        master = self.pick(*MASTERS)
        if not master:
            return None
        port = self.pick("dummy", "dummy", "veth", "veth", "vlan", "macvlan", "tun",
                         *(("bond", "team") if master.kind == "bridge" else ()))
        if not port or port.netns != master.netns or port.lower == master.name:
            return None
        if not port.is_ethernet and master.kind in ("bond", "team"):
            return None
        if master.kind == "bridge" and not port.has_address:
            return None
        if port.master and self.random.random() < 0.5:
            port.master = None
            return self.set(port, "nomaster")
        # A bond and a team take in only what is down.
        if port.is_up and master.kind in ("bond", "team") and self.random.random() < 0.8:
            return self.set(port, "down")
        line = self.set(port, f"master {master.name}")
        port.master = master.name
        port.is_up = port.is_up or master.kind in ("bond", "team")
        return line

    def move(self):
        """To the other namespace and back."""
        dev = self.pick("dummy", "veth", "veth", "macvlan", "ipvlan", "vlan", "tun")
        if not self.netns or not dev:
            return None
        if any(d.lower == dev.name for d in self.devices.values()) and self.random.random() < 0.8:
            return None
        if dev.netns:
            line = self.set(dev, "netns 1")
            dev.netns = ""
        else:
            line = self.set(dev, f"netns {self.netns}")
            dev.netns = self.netns
        dev.is_up, dev.master = False, None
        return line

    def tun_process(self):
        """What the process of a tap does, which goes by the name. Without one it fails."""
        dev = self.pick("tun")
        if not dev or dev.netns or not dev.name.startswith("t"):
            return None
        line = self.random.choice((f"tunsetcarrier {dev.name} on", f"tunsetcarrier {dev.name} off",
                                   f"tunsetpersist {dev.name} on", f"tun_close {dev.name}",
                                   f"tunsetiff {dev.name} mode tap"))
        if line.startswith("tun_close"):
            if not dev.is_open:
                return None
            dev.is_open = False
            if not dev.is_persistent:
                self.forget(dev)
        dev.is_persistent |= line.startswith("tunsetpersist") and dev.is_open
        dev.is_open |= line.startswith("tunsetiff")
        return line

    def attribute(self):
        """What else `ip link set` can be given."""
        if "attr" not in self.types:
            return None
        dev = self.pick()
        word = self.random.choice(("alias", "alias", "mtu", "mtu", "address", "address", "name",
                                   "protodown", "txqueuelen", "group"))
        if word == "name":
            return self.rename(dev)
        value = {"alias": self.random.choice("abc"), "address": self.address(),
                 "mtu": self.random.choice((1400, 1500, 1500, 9000, 60)),
                 "protodown": self.random.choice(("on", "off")),
                 "txqueuelen": self.random.choice((500, 1000)),
                 "group": self.random.choice((0, 7))}[word]
        return self.set(dev, f"{word} {value}")

    def rename(self, dev):
        """A device that is up keeps its name on some kernels: then all goes on with a name that is not there."""
        name = f"r{dev.name}"
        if dev.is_up and self.random.random() < 0.8 or len(name) > 12 or name in self.devices:
            return None
        line = self.set(dev, f"name {name}")
        del self.devices[dev.name]
        for other in self.devices.values():
            other.lower = name if other.lower == dev.name else other.lower
            other.peer = name if other.peer == dev.name else other.peer
            other.master = name if other.master == dev.name else other.master
        dev.name = name
        self.devices[name] = dev
        return line

    def wrong(self):
        """A command that fails, most of the time."""
        dev, other = self.pick(), self.pick()
        # Gone from here: lwsim refuses a name that no line could have made in the namespace.
        gone = [] if self.netns else [name for name in self.known if name not in self.devices]
        choices = [f"ip {self.where(dev)}link add {dev.name} type dummy",
                   f"ip {self.where(dev)}link set {dev.name} master {dev.name}"]
        if gone:
            name = self.random.choice(gone)
            choices += [f"ip link set {name} up", f"ip link del {name}",
                        f"ip link set {dev.name} master {name}",
                        f"ip link add link {name} name w0 type vlan id 9"]
        if dev.netns == other.netns and other.kind not in MASTERS:
            choices.append(f"ip {self.where(dev)}link set {dev.name} master {other.name}")
        veth = self.pick("veth", "vlan", "bridge", "vrf", "bond")
        if veth:
            choices.append(self.set(veth, "carrier on"))
        lower = self.devices.get(dev.lower)
        if lower and dev.kind in ("vlan", "qinq"):
            choices.append(f"ip {self.where(lower)}link add link {lower.name} name w1 type vlan id "
                           + dev.name.rpartition(".")[2])
        return self.random.choice(choices)


def scenario(seed, types, actions=40, hz=100):
    return Generator(seed, list(types), actions, hz).text()
