# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs a program with one fault (see fault.c)."""
import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import termios

LIMIT_S = 60
COLUMNS, ROWS = 80, 24


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, content):
    with open(path, "wb") as file:
        file.write(content)


def content_of(path):
    if os.path.islink(path):
        return os.readlink(path)
    return () if os.path.isdir(path) else read(path)


def files_in(folder):
    """Contents by name; of a link, where it leads, as a str; of a folder, ()."""
    return {name: content_of(f"{folder}/{name}") for name in os.listdir(folder)} if folder else {}


def restore(folder, files):
    for name in os.listdir(folder) if folder else []:
        path = f"{folder}/{name}"
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        else:
            os.unlink(path)
    for name, content in files.items():
        if isinstance(content, str):
            os.symlink(content, f"{folder}/{name}")
        else:
            write(f"{folder}/{name}", content)


class Terminal:
    """A new terminal, with keys that have been typed already; lwsim's standard input and output."""

    def __init__(self, keys):
        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.path = os.ttyname(self.slave)
        os.write(self.master, keys)
        self.modes = termios.tcgetattr(self.slave)
        self.shown = b""

    def follow(self, pid, hangs_up):
        """Reads what is drawn until the process ends. hangs_up: closes the terminal as soon as something is drawn."""
        ended = os.pidfd_open(pid)
        while True:
            ready = select.select([ended] + [self.master] * (self.master >= 0), [], [])[0]
            if self.master not in ready:
                break
            self.shown += os.read(self.master, 65536)
            if hangs_up and b"\033" in self.shown:
                os.close(self.master)
                self.master = -1
        os.close(ended)

    def close(self):
        """Whether all is as it was: the modes, and the screen."""
        is_good = True
        if self.master >= 0:
            while select.select([self.master], [], [], 0)[0]:
                self.shown += os.read(self.master, 65536)
            is_good = termios.tcgetattr(self.slave) == self.modes
            is_good &= self.shown.count(b"\033[?1049h") == self.shown.count(b"\033[?1049l")
            os.close(self.master)
        os.close(self.slave)
        return is_good


class Run:
    """
    One run: how it ended, what it printed, and the files of a folder after it. code is negative if a signal ended it.
    fault: environment variables of fault.c. stdout: a descriptor in place of a file. keys: it runs in a terminal, and
    these are typed.
    """

    def __init__(self, command, scratch, fault, *, folder=None, stdin="/dev/null", stdout=None, keys=None, hangs_up=False,
                 limit_s=LIMIT_S):
        state, out, err = (f"{scratch}/{name}" for name in ("state", "stdout", "stderr"))
        write(state, bytes(16))
        write(out, b"")
        # a blank in LD_PRELOAD ends a path, in LD_LIBRARY_PATH it does not
        library_folder, library = os.path.split(os.environ["FAULT_LIBRARY"])
        environment = dict(os.environ, LD_LIBRARY_PATH=library_folder, LD_PRELOAD=library, FAULT_STATE=state, TERM="xterm",
                           **fault)
        terminal = Terminal(keys) if keys is not None else None
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        actions = [(os.POSIX_SPAWN_OPEN, 0, terminal.path if terminal else stdin, os.O_RDONLY, 0)]
        if terminal:
            actions.append((os.POSIX_SPAWN_OPEN, 1, terminal.path, os.O_RDWR, 0))
        elif stdout is not None:
            actions.append((os.POSIX_SPAWN_DUP2, stdout, 1))
        else:
            actions.append((os.POSIX_SPAWN_OPEN, 1, out, flags, 0o600))
        actions.append((os.POSIX_SPAWN_OPEN, 2, err, flags, 0o600))
        pid = os.posix_spawn(command[0], command, environment, file_actions=actions, setsid=True,
                             setsigdef=[signal.SIGPIPE, signal.SIGINT])
        self.hangs = False

        def on_alarm(_number, _frame):
            self.hangs = True
            os.killpg(pid, signal.SIGKILL)

        signal.signal(signal.SIGALRM, on_alarm)
        signal.alarm(limit_s)
        if terminal:
            terminal.follow(pid, hangs_up)
        self.code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        signal.alarm(0)
        self.is_terminal_good = not terminal or terminal.close()
        self.out, self.err = read(out), read(err)
        self.files = files_in(folder)
        self.calls, self.failures = struct.unpack("QQ", read(state))
