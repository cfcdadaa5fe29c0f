#!/usr/bin/env python3
"""Times one workload in one peer, in this process, and prints a line of JSON: peer.py PEER WORKLOAD [PATIENCE].

PEER: numpy, torch-eager, torch-compile, python. The protocol is that of `tfl bench`: the first call, 0.3 s of warm-up,
then at least 15 calls and 1.5 s, at most 8 s; what others disturbed is repeated, and the calmest counts.
"""
import json
import os
import re
import statistics
import sys
import time
from pathlib import Path

THREADS = 2
MIN_ITERS, MIN_S, MAX_S, WARM_S = 15, 1.5, 8.0, 0.3
RETRIES, NOISY, BUSY = 4, 1.5, 0.1  # p90/median; cores used by others
now = time.perf_counter


class Others:
    """Cores that other processes have used since this object was made."""

    def __init__(self):
        self.start = self.read()

    @staticmethod
    def read():
        with open("/proc/stat") as f:
            user, nice, system, _, _, irq, soft, steal = map(int, f.readline().split()[1:9])
        return now(), (user + nice + system + irq + soft + steal) / os.sysconf("SC_CLK_TCK") - sum(os.times()[:4])

    def cores(self):
        t, used = (b - a for a, b in zip(self.start, self.read()))
        return round(max(0.0, used / t), 3) if t > 0.1 else 0.0


def wait_idle(patience):
    end = now() + patience
    while now() < end:
        o = Others()
        time.sleep(0.5)
        if o.cores() < BUSY:
            return


def stats(times, **more):
    times = sorted(times)
    ms = lambda s: round(s * 1e3, 6)
    return {"median_ms": ms(statistics.median(times)), "min_ms": ms(times[0]),
            "p90_ms": ms(times[int(0.9 * (len(times) - 1) + 0.5)]), "iters": len(times), **more}


def timed(call, reset=None, reset_every=50):
    """At least MIN_ITERS calls and MIN_S seconds of calls, but no more than MAX_S."""
    times, spent = [], 0.0
    while spent < MAX_S and (len(times) < MIN_ITERS or spent < MIN_S):
        if reset and len(times) % reset_every == 0:
            reset()
        t = now()
        call()
        t = now() - t
        times.append(t)
        spent += t
    return times


def quiet(measure_once, patience):
    """Measures on an idle machine; repeats a disturbed measurement and keeps the calmest."""
    runs = []
    for attempt in range(1 + RETRIES):
        wait_idle(patience)
        others = Others()
        s = measure_once()
        s["other_cores"] = others.cores()
        runs.append((max(s["p90_ms"] / s["median_ms"] / NOISY, s["other_cores"] / BUSY), attempt, s))
        if runs[-1][0] <= 1 or not patience:
            break
    return min(runs)[2] | {"attempts": len(runs)}


def vm_hwm_mb():
    return round(int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024, 1)


def null(why):
    return {k: None for k in ("median_ms", "min_ms", "p90_ms", "iters", "first_call_ms", "compile_ms", "checksum",
                              "peak_rss_mb")} | {"note": why}


def workload(spec, peer):
    """What to call; or why there is nothing to call, as text."""
    from inputs import inputs
    name = spec["name"]
    if peer == "python":
        from scalars import PYTHON
        return PYTHON.get(name, "scalar loops only")
    if peer == "numpy":
        import in_numpy
        return in_numpy.NULL.get(name) or in_numpy.make(name, inputs(name))
    import in_torch
    import torch
    torch.set_num_threads(THREADS)
    compiled = peer == "torch-compile"
    return in_torch.NULL[compiled].get(name) or in_torch.make(name, inputs(name), spec.get("state"), compiled)


def measure(spec, peer, patience):
    call = workload(spec, peer)
    if isinstance(call, str):
        return null(call)
    from inputs import checksum
    reset = getattr(call, "reset", None)
    if reset:
        reset()
    wait_idle(patience)
    others, t = Others(), now()
    out = call()
    first, first_others = (now() - t) * 1e3, others.cores()
    if spec.get("state"):  # a training step: the losses of the first three steps
        out = [out.item()] + [call().item() for _ in range(2)]
    total, scale = checksum(out)
    del out
    t = now()
    while now() - t < WARM_S:
        call()
    s = quiet(lambda: stats(timed(call, reset, spec.get("reset_every", 50))), patience)
    return s | {"first_call_ms": round(first, 3), "first_call_other_cores": first_others,
                "compile_ms": round(first - s["median_ms"], 1) if peer == "torch-compile" else None,
                "checksum": total, "checksum_abs": scale, "peak_rss_mb": vm_hwm_mb()}


def main():
    from inputs import WORKLOADS
    peer, name = sys.argv[1:3]
    patience = float(sys.argv[3]) if len(sys.argv) > 3 else 0
    print(json.dumps({"workload": name, "peer": peer} | measure(WORKLOADS[name], peer, patience)))


if __name__ == "__main__":
    main()
