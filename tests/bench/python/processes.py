"""What is measured from outside: whole processes, Node, the machine's limits."""
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path
from statistics import median

from peer import Others, stats, timed

# Every library chooses its kernels itself, in all that is started from here.
for name in [name for name in os.environ if name.startswith("OPENBLAS_")]:
    del os.environ[name]


def installed(root):
    """The command, built if sources changed, as a distribution has it."""
    subprocess.run([str(root / "tfl"), "--version"], check=True, stdout=subprocess.DEVNULL)
    return str(root / "build" / (root / "build" / "current").read_text().split()[0] / "bin" / "tfl")


HELLO = {"numpy": "import numpy; print(1)", "torch-eager": "import torch; print(1)"}
GRADIENT = """import torch
i = lambda *s: torch.arange(torch.Size(s).numel(), dtype=torch.float64).reshape(s)
x, w1, w2 = i(32, 64).sin().float(), i(64, 64).cos().float().requires_grad_(), (2 * i(64, 1)).sin().float()
f = lambda x, w1, w2: ((torch.tanh(x @ w1) @ w2) ** 2).mean()
COMPILE
f(x, w1, w2).backward()
print(float(w1.grad.abs().sum()))"""


def command(name, peer, python, tfl, here):
    """The words of a process, or none. Python runs with -S, so that files of one installation do not count."""
    if name == "startup_hello":
        if peer == "tfl-eager":
            return [tfl, "-e", "print(1)"]
        if peer == "node":
            return ["node", "-e", "console.log(1)"]
        return [python, "-S", "-c", HELLO[peer]] if peer in HELLO else None
    if peer == "tfl-eager":
        return [tfl, str(here / "processes" / "first_gradient.tfl")]
    compiled = {"torch-eager": "", "torch-compile": "f = torch.compile(f)"}.get(peer)
    return None if compiled is None else [python, "-S", "-c", GRADIENT.replace("COMPILE", compiled)]


def prime(python, cache):
    """Fills a cache of torch.compile with what it compiles once on each machine."""
    subprocess.run([python, "-c", GRADIENT.replace("COMPILE", "f = torch.compile(f)")], stdout=subprocess.DEVNULL,
                   env=dict(os.environ, OMP_NUM_THREADS="2", TORCHINDUCTOR_CACHE_DIR=cache))


def packages(python):
    """The folders of packages, which -S leaves out."""
    code = "import os, sys; print(os.pathsep.join(p for p in sys.path if p.endswith('-packages')))"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def once(words, environment):
    """Wall seconds, peak resident MB and the text of a process."""
    start = time.perf_counter()
    child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                             env=dict(os.environ, OMP_NUM_THREADS="2", **environment))
    text = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, words)
    return time.perf_counter() - start, usage.ru_maxrss / 1024, text.strip()


def measure(name, peer, python, tfl, here):
    """A whole process: the first with empty caches, then as often as the protocol asks."""
    words = command(name, peer, python, tfl, here)
    if not words:
        return None
    with tempfile.TemporaryDirectory() as cache:
        environment = {"TORCHINDUCTOR_CACHE_DIR": cache, "TFL_CACHE": cache, "PYTHONPATH": packages(python)}
        first, peak, text = once(words, environment)
        others = Others()
        sizes = [peak]
        times = timed(lambda: sizes.append(once(words, environment)[1]))
        return stats(times, other_cores=others.cores(), first_call_ms=round(first * 1e3, 3), checksum=float(text),
                     checksum_abs=abs(float(text)), peak_rss_mb=round(max(sizes), 1))


def node(name):
    from scalars import NODE, NODE_TIMER
    if name not in NODE:
        return None
    others = Others()
    text = subprocess.run(["node", "-e", NODE_TIMER, NODE[name]], capture_output=True, text=True, check=True).stdout
    r = json.loads(text)
    return stats([t / 1e3 for t in r["times"]], other_cores=others.cores(), first_call_ms=round(r["first"], 3),
                 checksum=float(r["value"]), checksum_abs=float(r["value"]), peak_rss_mb=round(r["hwm"], 1))


# The machine

def built_limits(source, folder):
    """limits.c as a program; none, visibly, without a C compiler."""
    compiler = shutil.which("gcc") or shutil.which("clang")
    if not compiler:
        print("left out: the limits of the machine, which need gcc or clang with OpenMP", file=sys.stderr)
        return None
    binary = str(Path(folder) / "limits")
    built = subprocess.run([compiler, "-O3", "-march=native", "-ffp-contract=off", "-fopenmp", "-o", binary, str(source)],
                           capture_output=True, text=True)
    if built.returncode:
        print(f"left out: the limits of the machine: {built.stderr}", file=sys.stderr)
        return None
    return binary


def limits(binary, *arguments):
    """What the machine can do at most now, as limits.c measures it."""
    if not binary:
        return []
    # Bound, since two threads that begin on one processor may stay there and find half of the peak.
    bound = dict(os.environ, OMP_PROC_BIND="true")
    done = subprocess.run([binary, *map(str, arguments)], env=bound, capture_output=True, text=True, check=True)
    return [json.loads(text) for text in done.stdout.splitlines()]


def speed(binary, size, kind):
    """Bytes a second, in 10^9, at which two threads read, copy or add now; none if it cannot be measured."""
    return max((r["gb_s"] for r in limits(binary, size) if r["op"].startswith(kind)), default=None)


def machine(python):
    info = Path("/proc/cpuinfo").read_text()
    versions = subprocess.run([python, "-c", "import numpy, torch; print(numpy.__version__, torch.__version__)"],
                              capture_output=True, text=True).stdout.split() or ["–", "–"]
    model = re.search(r"model name\s*:\s*(.*)", info)
    node = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip() \
        if shutil.which("node") else "–"
    return {"what": "machine", "date": str(date.today()), "model": model[1] if model else platform.processor(),
            "vectors": "AVX-512" if "avx512f" in info else "AVX2" if "avx2" in info else "–",
            "cores": os.cpu_count(), "system": f"{platform.system()} {platform.release()}", "numpy": versions[0],
            "torch": versions[1], "node": node, "load": os.getloadavg()[0]}


# What only TFL has

def inside(tfl, here, times=7):
    """First kernels with an empty and with a filled cache, medians of some processes; memory over many rounds."""
    found = {}
    for _ in range(times):
        with tempfile.TemporaryDirectory() as cache:
            for state in ("empty", "filled"):
                text = once([tfl, str(here / "processes" / "first_kernel.tfl")], {"TFL_CACHE": cache})[2]
                for line in map(json.loads, text.splitlines()):
                    found.setdefault((state, line["workload"]), []).append(line["first_call_ms"])
    for (state, kernel), ms in found.items():
        yield {"what": "first_kernel", "cache": state, "kernel": kernel, "ms": median(ms)}
    yield flat_memory(tfl, here)


def flat_memory(tfl, here, rounds=20_000):
    """The resident size of a loop over large tensors, sampled after its first 100 rounds."""
    child = subprocess.Popen([tfl, str(here / "processes" / "flat_memory.tfl"), str(rounds)], stdout=subprocess.PIPE,
                             text=True)
    sizes, done = [], threading.Event()

    def sample():
        while not done.wait(0.2):
            try:
                found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{child.pid}/status").read_text())
            except FileNotFoundError:
                return
            if found:
                sizes.append(int(found[1]) / 1024)

    child.stdout.readline()
    watcher = threading.Thread(target=sample)
    watcher.start()
    last = child.stdout.readline()
    child.wait()
    done.set()
    watcher.join()
    return {"what": "flat_memory", "rounds": rounds, "least_mb": min(sizes), "most_mb": max(sizes),
            "longest_ms": json.loads(last)["longest_ms"]}
