# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs a scenario on a real kernel, user-mode Linux on a virtual clock, and on lwsim."""
import functools
import glob
import hashlib
import os
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
OPTIONS = ("mem=128M", "root=none", "rootfstype=hostfs", "rootflags=/", "ro", "time-travel=inf-cpu",
           "con=null", "con0=fd:0,fd:1", "quiet", "bonding.max_bonds=0", "dummy.numdummies=0")
# Of the host's time; a run takes about half a second.
TIMEOUT_S = 1800  # ends a hanging run; does not measure speed


class Broken(Exception):
    """A run without a usable result."""


def shared_memory():
    """The directory for a kernel's memory; one on a disk is many times slower."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def find(kernel):
    """The recorder and the kernel built by tests/kernel/build, or None."""
    found = subprocess.run([os.path.join(HERE, "build"), "--path", kernel], text=True,
                           stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)
    return found.stdout.split() if found.returncode == 0 else None


def package_version(paths):
    """The version in a result of find(): its folder is KERNEL_VERSION_DIGEST."""
    return os.path.basename(os.path.dirname(paths[1])).split("_")[1]


def find_recorder():
    """Like find(), for the recorder alone."""
    found = subprocess.run([os.path.join(HERE, "build"), "--path", "--recorder"], text=True,
                           stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True)
    return found.stdout.split()


def remembered(paths, actions):
    """Path of the cached trace of these actions on that build: the kernel's clock is virtual, so it
    would give the same again."""
    key = hashlib.sha256("\0".join((*paths, *OPTIONS, ip_version(), actions)).encode()).hexdigest()
    return os.path.join(os.path.dirname(os.path.dirname(paths[1])), "runs", key[:2], key[2:])


@functools.lru_cache(maxsize=None)
def ip_version():
    return subprocess.run(["ip", "-V"], text=True, stdout=subprocess.PIPE, check=True).stdout


def run_kernel(paths, scenario, anew=False):
    """The trace, as text; that of an earlier run if there is one, unless a new run is requested."""
    kept = remembered(paths, scenario.for_recorder())
    if not anew and os.path.exists(kept):
        with open(kept) as trace:
            return trace.read()
    text = boot(paths, scenario)
    os.makedirs(os.path.dirname(kept), exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=os.path.dirname(kept), delete=False) as trace:
        trace.write(text)
    os.replace(trace.name, kept)
    return text


def boot(paths, scenario):
    """The trace, as text."""
    recorder, kernel = paths
    with tempfile.TemporaryDirectory(prefix="lwsim-", dir=shared_memory()) as tmp:
        with open(f"{tmp}/actions", "w") as actions:
            actions.write(scenario.for_recorder())
        command = [kernel, *OPTIONS, f"uml_dir={tmp}", f"init={recorder}/init",
                   f"lwsim_ip_server={recorder}/ip_server.so", f"lwsim_dir={tmp}"]
        try:
            done = subprocess.run(command, cwd=tmp, env={**os.environ, "TMPDIR": tmp},
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, timeout=TIMEOUT_S, check=False,
                                  start_new_session=True)
        except subprocess.TimeoutExpired:
            raise Broken(f"the kernel runs for more than {TIMEOUT_S} s") from None
        try:
            with open(f"{tmp}/trace") as trace:
                text = trace.read()
        except OSError:
            text = ""
    if not text.endswith("end\n"):
        raise Broken("the kernel did not get to the end:\n" +
                     done.stdout.decode(errors="replace").split("\nStack:")[0])
    return text[:-len("end\n")]


def run_lwsim(lwsim, kernel, scenario):
    """lwsim's jsonl, as text."""
    done = subprocess.run([lwsim, "run", "--kernel", kernel, "--force", "--format", "jsonl",
                           *(f"--set={name}={value}" for name, value in scenario.settings.items()),
                           "-"], input=scenario.for_lwsim(), text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=TIMEOUT_S, check=False)
    if done.returncode not in (0, 1):
        raise Broken(f"lwsim, exit {done.returncode}:\n{done.stderr[:2000]}")
    return done.stdout


def series(kernel):
    """6.1+urgent-event: (6, 1)"""
    return tuple(int(part) for part in kernel.partition("+")[0].split("."))


def known():
    """All kernels that tests/kernel/build can build."""
    return subprocess.run([os.path.join(HERE, "build"), "--list"], text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True).stdout.split()


def lwsim_default():
    """The lwsim that was built last."""
    paths = glob.glob(os.path.join(os.path.dirname(os.path.dirname(HERE)), "build", "*", "lwsim"))
    return max(paths, key=os.path.getmtime, default=None)
