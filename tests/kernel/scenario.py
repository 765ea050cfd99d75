# SPDX-License-Identifier: GPL-2.0-or-later
"""Converts a lwsim scenario to input for a real kernel: a plain list of timed `ip` lines."""
import collections
import re

NS = {"": 10**9, "s": 10**9, "ms": 10**6, "us": 10**3}
HEADER = ("title", "kernel", "compare", "hz", "bits", "timers", "param")
# Statements that the recorder can run.
SPOKEN = ("ip", "tunsetiff", "tunsetcarrier", "tunsetpersist", "tun_close")
# Each reading of the clock advances it: the most that an action takes.
ACTION_NS = 8000
# Statements that only lwsim evaluates.
SILENT = ("expect", "on", "mark")


class Unfit(Exception):
    """A scenario that cannot run on a real kernel, and why."""


class Scenario:
    """The actions: (ns, [line, ...]), more than one line for a batch; end is in ns."""

    def __init__(self, name, text, hz=None, settings=()):
        self.name = name
        self.text = text
        self.params = {}
        self.settings = dict(settings)
        self.own_hz = self._header("hz")
        self.kernel = self._header("kernel")
        self.hz = hz or int(self.own_hz or 100)
        if self._header("timers") == "exact":
            raise Unfit("timers exact")
        if self._header("bits") == "32":
            raise Unfit("bits 32")
        self.actions = []
        self.end = None
        lines = []
        for line in text.splitlines():
            if line.strip().startswith("-- trace "):
                break
            lines.append(line)
        last, rest = self._block([self._words(line) for line in lines], 0, self.actions.append)
        if rest:
            raise Unfit("'}' without a block")
        if not self.actions:
            raise Unfit("nothing happens")
        if self.end is None:
            # lwsim ends when nothing is pending, 10 s after the last line at the latest
            self.end = max(last, self.actions[-1][0]) + 10 * 10**9
        self._shift()

    def _header(self, key):
        found = re.search(rf"^\s*{key}\s+(\S+)", self.text, re.M)
        return found and found.group(1)

    def _words(self, line):
        """The line's words, without strings and comments, and with parameters substituted."""
        words = []
        for word in re.findall(r'"(?:[^"\\]|\\.)*"|#.*|\S+', line):
            if word.startswith("#"):
                break
            if not word.startswith('"'):
                word = re.sub(r"\$(?:\{(\w+)\}|(\w+))", self._param, word)
            if len(word) > 1 and word.endswith("{"):
                words += [word[:-1], "{"]
            else:
                words.append(word)
        if words[:1] == ["param"]:
            self.params[words[1]] = self.settings.get(words[1], words[3])
        return words

    def _param(self, match):
        name = match.group(1) or match.group(2)
        if name not in self.params:
            raise Unfit(f"has no param '{name}'")
        return self.params[name]

    def amount(self, text):
        number, unit = re.fullmatch(r"(\d+(?:\.\d+)?)([a-z]*)", text).groups()
        if unit == "j":
            return -(-int(number) * 10**9 // self.hz)
        whole, _, fraction = number.partition(".")
        return int(whole) * NS[unit] + (int(fraction) * NS[unit] // 10 ** len(fraction)
                                        if fraction else 0)

    def _block(self, lines, start, emit):
        """Statements up to the block's '}'; returns the time reached and the remaining lines."""
        now = start
        while lines:
            words, lines = lines[0], lines[1:]
            if not words or words[0] in HEADER:
                continue
            if words == ["}"]:
                return now, lines or [[]]
            if re.match(r"\+?\d", words[0]):
                relative = words[0].startswith("+")
                now = self.amount(words[0].lstrip("+")) + (now if relative else 0)
                words = words[1:]
            if not words or words[0] in SILENT:
                continue
            if words[0] == "end":
                self.end = now
            elif words[0] == "repeat":
                times, every = int(words[1]), self.amount(words[3])
                for i in range(times):
                    _, rest = self._block(lines, now + i * every, emit)
                now, lines = now + times * every, rest
            elif words[0] == "batch":
                batch = []
                _, lines = self._block(lines, now, lambda action: batch.extend(action[1]))
                emit((now, batch))
            elif words[0] in SPOKEN:
                for line in self._ranges(words):
                    emit((now, [line]))
            else:
                raise Unfit(f"has '{words[0]}'")
        return now, []

    @staticmethod
    def _ranges(words):
        if "=" in words:
            words = words[:words.index("=")]
        ranges = re.search(r"\{(\d+)\.\.(\d+)\}", " ".join(words))
        if not ranges:
            return [" ".join(words)]
        lines = []
        for i in range(int(ranges.group(2)) - int(ranges.group(1)) + 1):
            lines.append(" ".join(re.sub(r"\{(\d+)\.\.\d+\}",
                                         lambda m, i=i: str(int(m.group(1)) + i), word)
                                  for word in words))
        return lines

    def _shift(self):
        """Moves an action from a jiffy's start, where it could be before or after a timer, to its
        middle. The place within a jiffy makes no difference."""
        shifted, last = [], 0
        for ns, lines in self.actions + [(self.end, None)]:
            jiffy = ns * self.hz // 10**9
            begin = -(-jiffy * 10**9 // self.hz)
            if ns - begin < 10**5:
                ns = begin + 5 * 10**8 // self.hz
            last = max(last, ns)
            shifted.append((last, lines))
        self.end = shifted.pop()[0]
        self.actions = shifted
        busiest = max(collections.Counter(ns for ns, _ in shifted).values())
        if busiest * ACTION_NS > 10**9 // self.hz // 2:
            raise Unfit(f"{busiest} actions at once do not fit into a jiffy")

    def for_recorder(self):
        lines = []
        for ns, words in self.actions:
            if len(words) == 1:
                lines.append(f"{ns} {words[0]}")
            else:
                lines.append(f"{ns} batch {len(words)}")
                lines += words
        return "\n".join(lines) + f"\n{self.end} end\n"

    def has_batch(self):
        return any(len(lines) > 1 for _, lines in self.actions)

    def deletes_bridge(self):
        bridges = set()
        for line in [line for _, lines in self.actions for line in lines]:
            words = line.split()
            if words[-2:] == ["type", "bridge"] or " type bridge " in line:
                bridges |= set(words)
            renamed = re.search(r" set (?:dev )?(\S+) .*\bname (\S+)", line)
            if renamed and renamed.group(1) in bridges:
                bridges.add(renamed.group(2))
            if "del" in words and words[-1] in bridges:
                return True
        return False

    def for_lwsim(self):
        """The scenario's own text, with this HZ."""
        text = re.sub(r"^\s*(hz|kernel|compare)\s.*$", "", self.text, flags=re.M)
        return f"hz {self.hz}\n" + text

    def script(self):
        """The plain lines, in the format of tests/traces."""
        lines = []
        for ns, words in self.actions + [(self.end, ["end"])]:
            time = f"{ns // 10**9}.{ns % 10**9:09}".rstrip("0")
            if len(words) == 1:
                lines.append(f"{time} {words[0]}\n")
            else:
                lines += [f"{time} batch {{\n", *(f"\t{line}\n" for line in words), "}\n"]
        return "".join(lines)
