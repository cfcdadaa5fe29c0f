"""What functions.tfl times, in PyTorch and NumPy, on two threads: functions_peer.py [torch|numpy]."""
import sys
import time

import numpy as np


def median_ms(f, x):
    start = time.perf_counter()
    while time.perf_counter() - start < 1.0:
        f(x)
    times = []
    for _ in range(101):
        start = time.perf_counter()
        f(x)
        times.append(time.perf_counter() - start)
    return float(np.median(times)) * 1000


def main():
    peer = sys.argv[1] if len(sys.argv) > 1 else "torch"
    if peer == "torch":
        import torch
        torch.set_num_threads(2)
        functions = {name: getattr(torch, name) for name in ("tanh", "exp", "sigmoid", "sin")}
        wrap = torch.from_numpy
    else:
        functions = {"tanh": np.tanh, "exp": np.exp, "sigmoid": lambda x: 1 / (1 + np.exp(-x)), "sin": np.sin}
        wrap = np.asarray
    for mebi in (1, 4):
        x = wrap(np.random.default_rng(0).uniform(-3, 3, mebi * 2**20).astype(np.float32))
        for name, f in functions.items():
            print(f"{name} {mebi} Mi: {median_ms(f, x):.3f} ms")


main()
