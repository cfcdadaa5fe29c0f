#!/usr/bin/env python3
"""One workload at many sizes in a peer: growth_peer.py PEER NAME SECONDS SIZE.. prints a line of JSON for each size."""
import json
import sys
import time

import numpy as np

from inputs import hashed

P = 67108859
F = np.float32


def values(k, *shape, scale=1.0, diagonal=0.0, symmetric=False):
    i = np.arange(int(np.prod(shape)), dtype=np.int64)
    if symmetric:
        r, c = np.divmod(i, shape[1])
        i = np.minimum(r, c) * shape[1] + np.maximum(r, c)
    x = (scale * (2 * (hashed(k, i) / P) - 1)).reshape(shape)
    return (x + diagonal * np.eye(shape[0]) if diagonal else x).astype(F)


def integers(k, n, modulus):
    return hashed(k, np.arange(n, dtype=np.int64)) % modulus


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def loop(n):
    s = 42
    for _ in range(n):
        s = (s * 1103515245 + 12345) & 2147483647
    return s


def in_numpy():
    v = values
    return {
        "triad": lambda n: (lambda a, b, c: a * b + c, *(v(k, n) for k in range(3))),
        "sum": lambda n: (np.sum, v(0, n)),
        "softmax": lambda n: (softmax, v(0, n, 256, scale=3.0)),
        "transpose": lambda n: (lambda a: np.ascontiguousarray(a.T), v(0, n, n)),
        "gather": lambda n: (lambda t, i: np.take(t, i, axis=0), v(0, n, 16), integers(1, n, n)),
        "sort": lambda n: (np.sort, v(0, n)), "cumsum": lambda n: (np.cumsum, v(0, n)),
        "matmul": lambda n: (np.matmul, v(0, n, n), v(0, n, n)),
        "fft": lambda n: (np.fft.fft, v(0, n) + 1j * v(1, n)),
        "cholesky": lambda n: (np.linalg.cholesky, v(0, n, n, diagonal=n, symmetric=True)),
        "solve": lambda n: (np.linalg.solve, v(0, n, n, diagonal=40), v(1, n)),
        "eigh": lambda n: (np.linalg.eigh, v(0, n, n, symmetric=True)),
        "svd": lambda n: (lambda a: np.linalg.svd(a, full_matrices=False), v(0, n, n)),
    }


def in_torch():
    import torch
    import torch.nn.functional as f
    torch.set_num_threads(2)
    v = lambda *a, **o: torch.from_numpy(values(*a, **o))
    whole = lambda k, n, m: torch.from_numpy(integers(k, n, m))

    def kmeans(x):
        c = x[:64]
        a = torch.addmm((c * c).sum(1), x, c.T, alpha=-2).argmin(1)
        total = torch.zeros(64, 16).scatter_add_(0, a[:, None].expand(-1, 16), x)
        return total / torch.zeros(64).scatter_add_(0, a, torch.ones(len(a))).clamp(min=1)[:, None]

    def pull(p, w, m):
        dx, dy, dz = (c[None] - c[:, None] for c in p.T.contiguous())
        r2 = dx * dx + dy * dy + dz * dz + 0.01
        w2 = m / (r2 * torch.sqrt(r2))
        return w + 0.01 * torch.stack([(w2 * d).sum(1) for d in (dx, dy, dz)], 1)

    def gradient(n):
        w1, w2 = v(2, 64, 128, scale=0.1).requires_grad_(), v(3, 10, 64, scale=0.3).requires_grad_()
        b1, b2 = torch.zeros(64, requires_grad=True), torch.zeros(10, requires_grad=True)
        p = [w1, b1, w2, b2]
        loss = lambda x, y: f.cross_entropy(f.linear(f.relu(f.linear(x, w1, b1)), w2, b2), y)
        return lambda x, y: torch.autograd.grad(loss(x, y), p), v(0, n, 128), whole(1, n, 10)

    return {
        "triad": lambda n: (lambda a, b, c: a * b + c, *(v(k, n) for k in range(3))),
        "chain": lambda n: (lambda a, b, c: torch.tanh(a * b + c) * torch.exp(-a * a) + torch.sigmoid(b),
                            *(v(k, n) for k in range(3))),
        "sum": lambda n: (torch.sum, v(0, n)),
        "softmax": lambda n: (lambda a: torch.softmax(a, -1), v(0, n, 256, scale=3.0)),
        "transpose": lambda n: (lambda a: a.t().contiguous(), v(0, n, n)),
        "gather": lambda n: (f.embedding, whole(1, n, n), v(0, n, 16)),
        "sort": lambda n: (torch.sort, v(0, n)), "cumsum": lambda n: (lambda a: torch.cumsum(a, 0), v(0, n)),
        "matmul": lambda n: (torch.matmul, v(0, n, n), v(0, n, n)),
        "conv": lambda n: (lambda x, w: f.conv2d(x, w, padding=1), v(0, 1, 16, n, n), v(1, 16, 16, 3, 3)),
        "attention": lambda n: (f.scaled_dot_product_attention, *(v(k, 8, n, 64) for k in range(3))),
        "fft": lambda n: (torch.fft.fft, torch.complex(v(0, n), v(1, n))),
        "cholesky": lambda n: (torch.linalg.cholesky, v(0, n, n, diagonal=n, symmetric=True)),
        "solve": lambda n: (torch.linalg.solve, v(0, n, n, diagonal=40), v(1, n)),
        "eigh": lambda n: (torch.linalg.eigh, v(0, n, n, symmetric=True)),
        "svd": lambda n: (lambda a: torch.linalg.svd(a, full_matrices=False), v(0, n, n)),
        "kmeans": lambda n: (kmeans, v(0, n, 16)),
        "nbody": lambda n: (pull, v(0, n, 3), v(1, n, 3), 0.5 + v(2, n).abs()),
        "gradient": gradient,
    }


def main():
    peer, name, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
    table = {"loop": lambda n: (loop, n)} if peer == "python" else in_numpy() if peer == "numpy" else in_torch()
    now = time.perf_counter
    for n in map(int, sys.argv[4:]):
        if name not in table:
            return
        call, *args = table[name](n)
        start = now()
        while now() - start < seconds / 5:
            call(*args)
        times, spent = [], 0.0
        while len(times) < 15 or spent < seconds:
            t = now()
            call(*args)
            times.append(now() - t)
            spent += times[-1]
        times.sort()
        print(json.dumps({"workload": name, "peer": peer, "n": n, "median_ms": times[len(times) // 2] * 1e3,
                          "min_ms": times[0] * 1e3}), flush=True)


if __name__ == "__main__":
    main()
