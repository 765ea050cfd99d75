#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""every.py [OPTION...] FUNCTION COMMAND...: runs the command once for each call of FUNCTION that it makes (see fault.c), and
each time another one fails. It must end by itself, and either
  - with exit code 2, one line on stderr that matches --message, before it the beginning of what it prints otherwise on stderr
    and stdout, and each file as it was before, or
  - as if nothing had failed: where the caller can do without.
Prints how many calls there were, how many were tried, and how they ended.

  --message REGEX  the whole line, without "lwsim: error: "; may be given several times
  --code N         the exit code of a failure, in place of 2
  --folder PATH    files the command writes; as they are now is how they are before each run
  --input FILE     its standard input
  --most N         try at most about N calls, spread over all of them, and all of the first 200 (LWSIM_TESTS_ALL=1: all)
  --lasting        all later calls fail, too
  --may-replace    a file may be the new one although the command failed
  --on-stdout      the line is on stdout, as a test's result
  --least N        there are at least N calls: otherwise nothing has been tried
"""
import argparse
import os
import re
import signal
import struct
import sys
import tempfile

LIMIT_S = 60
FIRST = 200


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, content):
    with open(path, "wb") as file:
        file.write(content)


def content_of(path):
    return os.readlink(path) if os.path.islink(path) else read(path)


def files_in(folder):
    """Contents by name; of a link, where it leads, as a str."""
    return {name: content_of(f"{folder}/{name}") for name in os.listdir(folder)} if folder else {}


def restore(folder, files):
    for name in os.listdir(folder) if folder else []:
        os.unlink(f"{folder}/{name}")
    for name, content in files.items():
        if isinstance(content, str):
            os.symlink(content, f"{folder}/{name}")
        else:
            write(f"{folder}/{name}", content)


class Run:
    """One run: how it ended, what it printed, and the files after it."""

    def __init__(self, options, scratch, fails_at):
        state, out, err = (f"{scratch}/{name}" for name in ("state", "stdout", "stderr"))
        write(state, bytes(16))
        # a blank in LD_PRELOAD ends a path, in LD_LIBRARY_PATH it does not
        folder, library = os.path.split(os.environ["FAULT_LIBRARY"])
        environment = dict(os.environ, LD_LIBRARY_PATH=folder, LD_PRELOAD=library, FAULT_STATE=state,
                           FAULT_FUNCTION=options.function, FAULT_AT=str(fails_at))
        if options.lasting:
            environment["FAULT_LASTING"] = "1"
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        pid = os.posix_spawn(options.command[0], options.command, environment, setpgroup=0, file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, options.input, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, out, flags, 0o600),
            (os.POSIX_SPAWN_OPEN, 2, err, flags, 0o600)])
        self.hangs = False
        def on_alarm(_number, _frame):
            self.hangs = True
            os.killpg(pid, signal.SIGKILL)
        signal.signal(signal.SIGALRM, on_alarm)
        signal.alarm(LIMIT_S)
        self.code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        signal.alarm(0)
        self.out, self.err = read(out), read(err)
        self.files = files_in(options.folder)
        self.calls, self.failures = struct.unpack("QQ", read(state))

    def result(self):
        return self.code, self.out, self.err, self.files


def what_is_wrong(options, run, good, before):
    """None: nothing. The second thing is whether the run failed as it should."""
    if run.hangs:
        return f"does not end within {LIMIT_S} s"
    if run.code < 0:
        return f"is killed by {signal.Signals(-run.code).name}"
    for name, content in run.files.items():
        if content not in (before.get(name), good.files.get(name)):
            return f"leaves a file {name} that is neither the old one nor the new one"
    if run.result() == good.result():
        return None
    if run.code != options.code:
        return f"exit code {run.code}, expected {options.code}, or {good.code} with the same output"
    lines = [re.sub("^ *(lwsim: )?error: ", "", line) for line in run.out.decode(errors="replace").splitlines()]
    if options.on_stdout and any(re.fullmatch(regex, line) for regex in options.message for line in lines):
        return None if options.may_replace or run.files == before else "fails, and a file is not as before"
    *before_it, line = run.err.decode(errors="replace").splitlines() or [""]
    if before_it != good.err.decode(errors="replace").splitlines()[:len(before_it)]:
        return "other lines on stderr, expected one that says why"
    if not any(re.fullmatch("lwsim: error: " + regex, line) for regex in options.message):
        return "no line on stderr that says why"
    # one write() that failed leaves a hole in stdout
    if not good.out.startswith(run.out) and (options.function != "write" or options.lasting):
        return "stdout is not the beginning of what it is otherwise"
    if not options.may_replace and run.files != before:
        return "fails, and a file is not as before"
    return None


def to_try(calls, most):
    if not most or os.environ.get("LWSIM_TESTS_ALL") == "1" or calls <= most:
        return range(1, calls + 1)
    step = (calls - FIRST) / max(most - FIRST, 1)
    return sorted({*range(1, FIRST + 1), *(FIRST + int(i * step) for i in range(1, most - FIRST + 1))})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--message", action="append", default=[])
    parser.add_argument("--code", type=int, default=2)
    parser.add_argument("--folder")
    parser.add_argument("--input", default="/dev/null")
    parser.add_argument("--most", type=int, default=0)
    parser.add_argument("--least", type=int, default=1)
    parser.add_argument("--lasting", action="store_true")
    parser.add_argument("--may-replace", action="store_true")
    parser.add_argument("--on-stdout", action="store_true")
    parser.add_argument("function")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    said = " ".join([os.path.basename(options.command[0]), *options.command[1:]])
    before = files_in(options.folder)
    tried = survived = wrong = 0
    with tempfile.TemporaryDirectory() as scratch:
        Run(options, scratch, 0)  # fills caches
        restore(options.folder, before)
        good = Run(options, scratch, 0)
        if good.code not in (0, 1) or good.calls < options.least:
            print(f"FAIL: {said}: exit code {good.code}, {good.calls} calls of {options.function} without a fault")
            print(good.err.decode(errors="replace"))
            return 1
        for fails_at in to_try(good.calls, options.most):
            restore(options.folder, before)
            run = Run(options, scratch, fails_at)
            fault = what_is_wrong(options, run, good, before)
            tried += 1
            survived += run.result() == good.result()
            if not fault:
                continue
            wrong += 1
            if wrong <= 5:
                print(f"FAIL: {said}: call {fails_at} of {options.function} fails: {fault}")
                print("".join(f"    {line}\n" for line in run.err.decode(errors="replace").splitlines()[:5]), end="")
    restore(options.folder, before)
    print(f"{options.function}{' (lasting)' * options.lasting}: {good.calls} calls, {tried} tried: {tried - survived - wrong} "
          f"refused, {survived} without effect, {wrong} wrong: {said}")
    return 1 if wrong else 0


sys.exit(main())
