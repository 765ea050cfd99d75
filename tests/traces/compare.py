# SPDX-License-Identifier: GPL-2.0-or-later
"""compare.py TRACE RUN.jsonl HZ: a real kernel's trace against lwsim's run, by the two rules of
tests/traces/README.md. Prints the first differences and exits with 1 if there are any."""
import itertools
import json
import re
import sys

NEW = re.compile(r"(NEW|DEL) (\S+) fam=0 <(\S*)> (\S+) mode=(\d) qdisc=(\S+) "
                 r"change=([0-9a-f]+) up/down=(\d+)/(\d+)$")
LINK_FLAGS = ("UP", "RUNNING", "LOWER_UP", "DORMANT")
LINK_MODES = ("default", "dormant", "testing")


def trace_records(path, hz):
    """Messages and failed commands of a trace, as comparable tuples."""
    messages, errors = [], []
    for line in open(path):
        time, rest = line.rstrip("\n").split(" ", 1)
        seconds, digits = time.split(".")
        jiffy = int(seconds + digits) * hz // 10 ** len(digits)
        message = NEW.match(rest)
        if message:
            kind, dev, flags, oper, mode, qdisc, change, up, down = message.groups()
            messages.append((jiffy, kind, dev, flags, oper, LINK_MODES[int(mode)], qdisc,
                             int(change, 16), int(up), int(down)))
        elif rest.startswith("$") and " -> " in rest:
            errors.append((jiffy, rest.split(" -> ", 1)[1]))
    return messages, errors


def run_records(path):
    """The same of lwsim's jsonl."""
    messages, errors = [], []
    for line in open(path):
        record = json.loads(line)
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


def differences(what, real, model):
    """Says where two lists part; returns whether they do."""
    for i, (a, b) in enumerate(itertools.zip_longest(real, model)):
        if a != b:
            print(f"{what}: item {i} differs\n  kernel: {a}\n  lwsim:  {b}")
            return True
    return False


def main(trace, run, hz):
    real, real_errors = trace_records(trace, hz)
    model, model_errors = run_records(run)
    if not real:
        sys.exit(f"{trace}: no messages")
    real_lines, model_lines = timelines(real), timelines(model)
    bad = differences("devices", sorted(real_lines), sorted(model_lines))
    for dev, line in real_lines.items():
        bad |= differences(f"timeline of {dev}", line, model_lines.get(dev, []))
    bad |= differences("message for message", real, model)
    bad |= differences("failed commands", real_errors, model_errors)
    if bad:
        sys.exit(1)
    print(f"{len(real)} messages agree")


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
