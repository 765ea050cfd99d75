# SPDX-License-Identifier: GPL-2.0-or-later
"""compare.py TRACE RUN.jsonl HZ SCRIPT: compares a real kernel's trace with lwsim's run, by the two rules of
tests/traces/README.md. Prints the first differences and exits with 1 if there are any."""
import itertools
import json
import re
import sys

NEW = re.compile(r"(NEW|DEL) (\S+) fam=0 <(\S*)> (\S+) mode=(\d) qdisc=(\S+) "
                 r"change=([0-9a-f]+) up/down=(\d+)/(\d+)$")
LINK_FLAGS = ("UP", "RUNNING", "LOWER_UP", "DORMANT")
LINK_MODES = ("default", "dormant", "testing")
# With only these the complete list of messages must be equal, with others the timelines.
EXACT_TYPES = {"dummy", "veth", "vlan", "bridge", "team", "ipvlan", "vrf"}


def is_exact(script):
    """Whether rule 2 applies to a script with these lines."""
    types = set(re.findall(r"\btype\s+(\S+)", script))
    return types <= EXACT_TYPES and not re.search(r"\bnetns\b|\s-n\s", script)


def trace_records(lines, hz):
    """Messages and failed commands of a trace, as comparable tuples."""
    messages, errors = [], []
    for line in lines:
        time, rest = line.rstrip("\n").split(" ", 1)
        seconds, digits = time.split(".")
        jiffy = int(seconds + digits) * hz // 10 ** len(digits)
        message = NEW.match(rest)
        if message:
            kind, dev, flags, oper, mode, qdisc, change, up, down = message.groups()
            messages.append((jiffy, kind, dev, flags, oper, LINK_MODES[int(mode)], qdisc,
                             int(change, 16), int(up), int(down)))
        elif rest.startswith("$") and " -> " in rest:
            said = rest.split(" -> ", 1)[1].split(";")
            errors += [(jiffy, text) for text in said if not text.startswith("Command failed -:")]
    return messages, errors


def run_records(lines):
    """The same from lwsim's jsonl: messages of devices in the initial namespace."""
    messages, errors = [], []
    for line in lines:
        record = json.loads(line)
        if record.get("family", "unspec") != "unspec" or record.get("netns"):
            continue
        if record["type"] in ("newlink", "dellink"):
            flags = ",".join(flag for flag in record["flags"] if flag in LINK_FLAGS)
            messages.append((record["jiffy"], record["type"][:3].upper(), record["dev"], flags,
                             record["operstate"], record["linkmode"], record["qdisc"],
                             record["change"], record["carrier_up"], record["carrier_down"]))
        elif record["type"] == "error":
            errors.append((record["jiffy"], record["text"]))
    return messages, errors


def timelines(messages):
    """Rule 1: per device (jiffy, kind, flags, operstate), repeats of the latter three dropped."""
    lines = {}
    for jiffy, kind, dev, flags, oper, *_ in messages:
        line = lines.setdefault(dev, [])
        if not line or line[-1][1:] != (kind, flags, oper):
            line.append((jiffy, kind, flags, oper))
    return lines


def difference(what, real, model):
    """The first difference of two lists, as a list of at most one text."""
    for i, (a, b) in enumerate(itertools.zip_longest(real, model)):
        if a != b:
            return [f"{what}: item {i} differs\n  kernel: {a}\n  lwsim:  {b}"]
    return []


def differences(trace, run, hz, exact):
    """The first differences of each kind, and the number of messages that the kernel sent."""
    real, real_errors = trace_records(trace, hz)
    model, model_errors = run_records(run)
    real_lines, model_lines = timelines(real), timelines(model)
    found = difference("devices", sorted(real_lines), sorted(model_lines))
    for dev, line in real_lines.items():
        found += difference(f"timeline of {dev}", line, model_lines.get(dev, []))
    if exact:
        found += difference("message for message", real, model)
    found += difference("failed commands", real_errors, model_errors)
    return found, len(real)


def main(trace, run, hz, script):
    with open(trace) as trace_file, open(run) as run_file, open(script) as script_file:
        found, messages = differences(trace_file, run_file, hz, is_exact(script_file.read()))
    for text in found:
        print(text)
    if not messages:
        sys.exit(f"{trace}: no messages")
    if found:
        sys.exit(1)
    print(f"{messages} messages agree")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
