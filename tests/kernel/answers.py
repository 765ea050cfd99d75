# SPDX-License-Identifier: GPL-2.0-or-later
"""Stored answers of kernels to scenarios, keyed by a hash of everything that determines an answer."""
import hashlib
import itertools
import os
import subprocess

import compare
import uml

HEADER = """\
# What real kernels answered. tests/kernel/run --store writes this file; tests/kernel/README.md describes it.
"""


def digests(kernel):
    """Digests of the kernel's configuration and patches, and of the recorder."""
    return subprocess.run([os.path.join(uml.HERE, "build"), "--digest", kernel], text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True).stdout


def essence(trace):
    """The lines that compare.py reads; a line with the time of the previous one starts with a blank."""
    lines, last = [], None
    for line in trace.splitlines():
        time, _, rest = line.partition(" ")
        if not (compare.NEW.match(rest) or rest.startswith("$") and " -> " in rest):
            continue
        lines.append(f"{'' if time == last else time} {rest}\n")
        last = time
    return "".join(lines)


def trace_of(text):
    """Converts a stored answer back to a trace."""
    lines, last = [], None
    for line in text.splitlines():
        time, _, rest = line.partition(" ")
        last = time or last
        lines.append(f"{last} {rest}\n")
    return "".join(lines)


def difference(stored, trace):
    """The first difference between the kernel's answer and the stored one, as text."""
    for pair in itertools.zip_longest(stored.text.splitlines(), essence(trace).splitlines()):
        if pair[0] != pair[1]:
            return f"stored, of {stored.version}: {pair[0]}\nthe kernel now: {pair[1]}"
    return ""


class Answer:
    """text: the result of essence(); version: that of the kernel's package."""

    def __init__(self, name, kernel, version, text):
        self.name = name
        self.kernel = kernel
        self.version = version
        self.text = text


class Answers:
    """A file of them: `= KEY KERNEL VERSION NAME`, then the answer's lines."""

    def __init__(self, path):
        self.path = path
        self.by_key = {}
        self._digests = {}
        if path and os.path.exists(path):
            self._read()

    def _read(self):
        answer = None
        with open(self.path) as file:
            for line in file:
                if line.startswith("#"):
                    continue
                if line.startswith("= "):
                    key, kernel, version, name = line.split()[1:]
                    answer = self.by_key[key] = Answer(name, kernel, version, "")
                else:
                    answer.text += line

    def key(self, kernel, scenario):
        """kernel: the name in tests/kernel/build, with HZ."""
        if kernel not in self._digests:
            self._digests[kernel] = digests(kernel)
        parts = (kernel, self._digests[kernel], *uml.OPTIONS, scenario.for_recorder())
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:20]

    def get(self, key):
        return self.by_key.get(key)

    def write(self, by_key):
        """Writes exactly these answers, sorted."""
        self.by_key = by_key
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        with open(self.path, "w") as file:
            file.write(HEADER)
            for key, answer in sorted(by_key.items(), key=lambda item: (item[1].name, item[1].kernel)):
                file.write(f"= {key} {answer.kernel} {answer.version} {answer.name}\n{answer.text}")
