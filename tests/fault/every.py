#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""every.py [OPTION...] FUNCTION COMMAND...: runs the command once for each call of FUNCTION that it makes (see fault.c), and
fails another one each time. It must end by itself, and either
  - with exit code 2, one line on stderr that matches --message, preceded by the start of its usual output on stderr and
    stdout, and with unchanged files, or
  - as if nothing had failed, if the caller does not need the result.
Prints the number of calls, how many were tried, and how they ended.

  --message REGEX  the whole line, without "lwsim: error: "; may be given several times
  --code N         the exit code of a failure, in place of 2
  --folder PATH    files that the command writes; each run starts with their present state
  --inside         it runs in that folder
  --input FILE     its standard input
  --keys TEXT      it runs in a terminal, and these keys are typed; its screen is not checked
  --most N         try N calls, the first two thirds of them one after the other and the others spread over the rest
                   (LWSIM_TESTS_ALL=1: all calls)
  --lasting        all later calls fail, too
  --may-replace    a file may be replaced although the command failed
  --on-stdout      the line is on stdout, as a test's result
  --least N        fail if there are fewer than N calls: nothing would be tested
"""
import argparse
import os
import re
import signal
import sys
import tempfile

from program import LIMIT_S, Run, files_in, restore


def run_once(options, scratch, fails_at):
    fault = {"FAULT_FUNCTION": options.function, "FAULT_AT": str(fails_at)}
    if options.lasting:
        fault["FAULT_LASTING"] = "1"
    keys = None if options.keys is None else options.keys.encode()
    return Run(options.command, scratch, fault, folder=options.folder, stdin=options.input, keys=keys)


def result(run):
    return run.code, run.out, run.err, run.files


def what_is_wrong(options, run, good, before):
    """What is wrong, or None; and whether the run failed as it should."""
    if run.hangs:
        return f"does not end within {LIMIT_S} s"
    if run.code < 0:
        return f"is killed by {signal.Signals(-run.code).name}"
    if not run.is_terminal_good:
        return "leaves the terminal in other modes, or its own screen"
    for name, content in run.files.items():
        if content not in (before.get(name), good.files.get(name)):
            return f"leaves a file {name} that is neither the old one nor the new one"
    if result(run) == result(good):
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
    if not good.out.startswith(run.out):
        return "stdout is not the beginning of what it is otherwise"
    if not options.may_replace and run.files != before:
        return "fails, and a file is not as before"
    return None


def to_try(calls, most):
    if not most or os.environ.get("LWSIM_TESTS_ALL") == "1" or calls <= most:
        return range(1, calls + 1)
    first = most * 2 // 3
    step = (calls - first) / (most - first)
    return sorted({*range(1, first + 1), *(first + int(i * step) for i in range(1, most - first + 1))})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--message", action="append", default=[])
    parser.add_argument("--code", type=int, default=2)
    parser.add_argument("--folder")
    parser.add_argument("--inside", action="store_true")
    parser.add_argument("--input", default="/dev/null")
    parser.add_argument("--keys")
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
    if options.inside:
        os.chdir(options.folder)
    tried = survived = wrong = 0
    with tempfile.TemporaryDirectory() as scratch:
        run_once(options, scratch, 0)  # fills caches
        restore(options.folder, before)
        good = run_once(options, scratch, 0)
        if good.code not in (0, 1) or good.calls < options.least:
            print(f"FAIL: {said}: exit code {good.code}, {good.calls} calls of {options.function} without a fault")
            print(good.err.decode(errors="replace"))
            return 1
        for fails_at in to_try(good.calls, options.most):
            restore(options.folder, before)
            run = run_once(options, scratch, fails_at)
            fault = what_is_wrong(options, run, good, before)
            tried += 1
            survived += result(run) == result(good)
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
