#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs each cell of the table command x fault, and prints the table. Each command of `lwsim --help` must have a row.

A number is the exit code that a shell sees; 141 is SIGPIPE. A word gives the reason for an empty cell:
  quiet     it writes nothing to standard output
  terminal  it draws on a terminal, not into a file; in place of EPIPE the terminal is closed
  kernel    it takes no kernel
  file      it reads no file
"""
import os
import re
import shlex
import signal
import sys
import tempfile

from program import Run

# In a row's arguments: FILE is a scenario, OUT precedes the suffix of a file to write, KERNEL is the place for the
# option --kernel src:, < is standard input, EDITED is the file that the reader's editor leaves, and @ is followed by the keys
# typed at a terminal.
COMMANDS = {
    "run": "run KERNEL FILE",
    "run pcap": "run --format pcap KERNEL FILE",
    "record": "record --format jsonl -- true",
    "explain": "explain KERNEL FILE",
    "compare": "compare KERNEL FILE",
    "report .html": "report KERNEL FILE -o OUT.html",
    "report .svg": "report KERNEL FILE -o OUT.svg",
    "report .png": "report KERNEL FILE -o OUT.png",
    "report .pdf": "report KERNEL FILE -o OUT.pdf",
    "diff": "diff --kernel 5.8 KERNEL FILE",
    "test": "test KERNEL FILE",
    "test --update": "test --update FILE",
    "sweep": "sweep --jobs 2 --vary open=1s,2s,3s KERNEL FILE",
    "sweep -o": "sweep --jobs 2 --vary open=1s,2s,3s KERNEL FILE -o OUT.svg",
    "sweep --merge": "sweep --merge FILE",
    "states": "states KERNEL FILE",
    "explore": "explore --devices veth KERNEL",
    "explore FILE": "explore FILE",
    "repl": "repl KERNEL <",
    "play": "play --paused KERNEL FILE @nnnnnnnnq",
    "check": "check FILE",
    "lesson": "lesson KERNEL 1",
    "lesson --try": "lesson --try 1 EDITED",
    "kernels": "kernels",
    "completion": "completion bash",
    "help": "help run",
    "--help": "--help",
}
FAULTS = ["no memory", "disk full", "EPIPE", "SIGINT", "src crashes", "src loops", "src wrong", "wrong file"]
TABLE = """
run             2  2         141       130  3       3       2       2
run pcap        2  2         141       130  3       3       2       2
record          2  2         141       races  kernel  kernel  kernel  file
explain         2  2         141       130  3       3       2       2
compare         2  2         141       130  3       3       2       2
report .html    2  2         141       130  3       3       2       2
report .svg     2  2         141       130  3       3       2       2
report .png     2  2         141       130  3       3       2       2
report .pdf     2  2         141       130  3       3       2       2
diff            2  2         141       130  3       3       2       2
test            2  2         141       130  3       3       125     2
test --update   2  2         141       130  kernel  kernel  kernel  2
sweep           2  2         141       130  3       3       2       2
sweep -o        2  2         141       130  3       3       2       2
sweep --merge   2  2         141       130  kernel  kernel  kernel  2
states          2  2         141       130  3       3       2       2
explore         2  2         141       130  3       3       2       file
explore FILE    2  quiet     quiet     130  kernel  kernel  kernel  2
repl            2  2         141       130  3       3       2       2
play            2  terminal  130       130  3       3       2       2
check           2  quiet     quiet     130  kernel  kernel  kernel  2
lesson          2  2         141       130  3       3       2       file
lesson --try    2  2         141       130  3       3       2       2
kernels         2  2         141       130  kernel  kernel  kernel  file
completion      2  2         141       130  kernel  kernel  kernel  file
help            2  2         141       130  kernel  kernel  kernel  file
--help          2  2         141       130  kernel  kernel  kernel  file
"""
# The message on stderr, or from `test` on stdout; for SIGINT only where a run is interrupted.
WORDS = {
    "no memory": r"^lwsim: error: out of memory$",
    "disk full": r"cannot (write the output|be written): No space left on device$",
    "src crashes": r"link_watch\.c crashes: invalid memory access",
    "src loops": r"link_watch\.c loops: it has not returned for 2 s",
    "src wrong": r"error: link_watch\.c uses netif_foo\(\), which lwsim does not provide",
    "wrong file": r"error: ",
}
LWSIM = os.path.abspath(f"{os.environ['FAULT_BUILD']}/lwsim")
GOOD_SOURCE = os.path.abspath("tests/differential/always_urgent.c")
# What the file does in its work; no kernel has netif_foo().
SOURCES = {
    "src crashes": "*(volatile int *)(jiffies - jiffies) = 1;",
    "src loops": "while (jiffies)\n\t\tbarrier();",
    "src wrong": "netif_foo();",
}


def read_text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write_text(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


class Cell:
    def __init__(self, folder, row, fault):
        self.folder, self.row, self.fault = folder, row, fault
        self.arguments, _, keys = COMMANDS[row].partition(" @")
        self.keys = keys.encode() if keys else None
        self.stdin = "/dev/null"
        self.environment = {}

    def file(self):
        """The input file: each run has its own copy, because `test --update` may write it."""
        is_wrong = self.fault == "wrong file"
        path = f"{self.folder}/{'wrong' if is_wrong else 'right'}.lw"
        if is_wrong:
            write_text(path, "0 carrier_onn d0\n")
        elif self.row == "sweep --merge":
            write_text(path, read_text(os.environ["PART"]))
        elif self.row == "repl":
            write_text(path, read_text(os.environ["TYPED"]))
        elif self.row == "lesson --try":
            kernel = f"kernel {self.source() or '6.1'}"
            write_text(path, re.sub(r"^kernel .*", kernel, read_text(os.environ["ANSWERED"]), flags=re.MULTILINE))
        else:
            write_text(path, read_text(os.environ["LONG"]))
        return path

    def source(self):
        """The kernel with the fault, or None."""
        if self.fault not in SOURCES:
            return None
        path = f"{self.folder}/link_watch.c"
        text = read_text(GOOD_SOURCE)
        write_text(path, text.replace("\trtnl_lock();", f"\t{SOURCES[self.fault]}\n\trtnl_lock();", 1))
        return f"src:{path},base=6.1"

    def kernel(self):
        source = self.source()
        if source:
            return ["--kernel", source]
        return ["--kernel", "6.1"] if self.row == "diff" else []

    def command(self):
        words = [LWSIM]
        for word in self.arguments.split():
            if word == "KERNEL":
                words += self.kernel()
            elif word == "FILE":
                words.append(self.file())
            elif word == "<":
                self.stdin = self.file()
            elif word == "EDITED":
                self.environment = {"EDITOR": f"cp {shlex.quote(self.file())}"}
            else:
                words.append(word.replace("OUT.", f"{self.folder}/out."))
        return words

    def run(self, fault, **options):
        for name in os.listdir(self.folder):
            if not os.path.islink(f"{self.folder}/{name}"):
                os.unlink(f"{self.folder}/{name}")
        command = self.command()
        os.chdir(self.folder) # `lesson --try` writes there
        with tempfile.TemporaryDirectory() as scratch:
            return Run(command, scratch, {**self.environment, **fault}, stdin=self.stdin, keys=self.keys, folder=self.folder,
                       **options)

    def calls(self, function):
        return self.run({"FAULT_FUNCTION": function, "FAULT_AT": "0"}).calls

    def use_up_memory(self):
        return self.run({"FAULT_FUNCTION": "memory", "FAULT_AT": str(self.calls("memory") // 2), "FAULT_LASTING": "1"})

    def fill_disk(self):
        return self.run({"FAULT_FUNCTION": "write", "FAULT_AT": "1", "FAULT_LASTING": "1"})

    def close_pipe(self):
        """Writes into a pipe without a reader, or a terminal that is closed."""
        if self.keys:
            self.keys = b""
            return self.run({}, hangs_up=True)
        reads, writes = os.pipe()
        os.close(reads)
        os.set_inheritable(writes, True)
        for word in self.command():
            if "/out." in word:
                os.symlink(f"/proc/self/fd/{writes}", word)
        run = self.run({}, stdout=writes)
        os.close(writes)
        return run

    def interrupt(self):
        """Ctrl-C in the middle of a run; without a run, when it starts to print, or half-way through its allocations."""
        for function in "step", "write", "memory":
            calls = self.calls(function)
            if calls:
                break
        self.is_run_interrupted = function == "step"
        return self.run({"FAULT_FUNCTION": function, "FAULT_AT": str((calls + 1) // 2), "FAULT_SIGNAL": str(int(signal.SIGINT))})

    def wrong(self, expected):
        """None: nothing."""
        injections = {"no memory": self.use_up_memory, "disk full": self.fill_disk, "EPIPE": self.close_pipe,
                      "SIGINT": self.interrupt}
        run = injections.get(self.fault, lambda: self.run({}))()
        code = run.code if run.code >= 0 else 128 - run.code
        said = (run.err + b"\n" + run.out).decode(errors="replace")
        words = WORDS.get(self.fault, "")
        if self.fault == "SIGINT" and self.is_run_interrupted:
            words = "interrupted"
        left = [name for name in run.files if name.startswith("out.") and not isinstance(run.files[name], str)]
        if run.hangs:
            return "does not end", said
        if code != expected:
            return f"exit code {code}", said
        if not re.search(words, said, re.MULTILINE):
            return f"does not say {words}", said
        if left:
            return f"leaves {left}", said
        if not run.is_terminal_good:
            return "leaves the terminal in other modes, or its own screen", said
        return None


def rows():
    for line in TABLE.strip().splitlines():
        name, *cells = re.split(r" {2,}", line.strip())
        yield name, cells


def commands_of_help():
    with os.popen(f"{shlex.quote(LWSIM)} --help") as out:
        return re.findall(r"^  ([a-z]+) ", out.read(), re.MULTILINE)


def main():
    faults = 0
    table = dict(rows())
    known = {name.split()[0] for name in table}
    missing = [name for name in commands_of_help() if name not in known]
    if missing or set(table) != set(COMMANDS) or any(len(cells) != len(FAULTS) for cells in table.values()):
        print(f"FAIL: the table has no row for {missing}, or a row without all cells, or without a command")
        return 1
    print(f"{'':15}" + "".join(f"{fault:13}" for fault in FAULTS))
    for name, cells in table.items():
        shown, details = f"{name:15}", []
        for fault, cell in zip(FAULTS, cells):
            wrong = None
            if cell.isdigit():
                with tempfile.TemporaryDirectory() as folder:
                    wrong = Cell(folder, name, fault).wrong(int(cell))
            shown += f"{'WRONG' if wrong else cell:13}"
            details += [f"FAIL: {name}, {fault}: {wrong[0]}, expected {cell}:\n{wrong[1][:1000]}"] if wrong else []
        faults += len(details)
        print("\n".join([shown] + details), flush=True)
    return 1 if faults else 0


sys.exit(main())
