#!/usr/bin/env python3
"""Times one workload in NumPy or PyTorch and prints one line of JSON: peers.py PEER WORKLOAD.

The same inputs and the same protocol as bench.tfl: the first call, 0.3 s of warm-up, then at least 15 calls and 1.5 s.
"""
import json
import statistics
import sys
import time

import numpy as np

THREADS = 2
PRIME = 67108859
F = np.float32
now = time.perf_counter


def integers(k, shape):
    i = np.arange(int(np.prod(shape)), dtype=np.int64)
    h = (48271 * i + 1000003 * k + 12345) % PRIME
    return (h * h % PRIME * h % PRIME).reshape(shape)


def values(k, shape, scale=1.0, shift=0.0):
    return (scale * (2 * (integers(k, shape) / PRIME) - 1) + shift).astype(F)


def checksum(parts):
    parts = parts if isinstance(parts, tuple) else (parts,)
    y = np.concatenate([np.asarray(y.detach().numpy() if hasattr(y, "detach") else y, np.float64).ravel()
                        for y in parts])
    return float((y * (1 + np.arange(y.size) % 7 / 8)).sum())


SQUARE = (4096, 1024)
INPUTS = {
    "small_op_overhead": lambda: (values(0, (16,)), values(1, (16,), 0.001)),
    "elementwise_triad": lambda: tuple(values(k, (4194304,)) for k in range(3)),
    "elementwise_tanh": lambda: (values(0, (4194304,)),),
    "elementwise_exp": lambda: (values(0, (4194304,)),),
    "sum_all": lambda: (values(0, SQUARE, 0.5, 0.5),),
    "sum_axis0": lambda: (values(0, SQUARE, 0.5, 0.5),),
    "sum_axis1": lambda: (values(0, SQUARE, 0.5, 0.5),),
    "softmax_rows": lambda: (values(0, SQUARE, 3.0),),
    "layernorm": lambda: (values(0, SQUARE), values(1, (1024,), 0.5, 1.0), values(2, (1024,))),
    "transpose_copy": lambda: (values(0, (2048, 2048)),),
    "gather_rows": lambda: (values(0, (50000, 128)), integers(1, (65536,)) % 50000),
    "sort_1m": lambda: (values(0, (1000000,)),),
    "cumsum_1m": lambda: (values(0, (1000000,)),),
    **{f"matmul_{n}": lambda n=n: (values(0, (n, n)), values(1, (n, n))) for n in (256, 1024, 2048)},
    "batched_matmul": lambda: (values(0, (64, 128, 128)), values(1, (64, 128, 128))),
    "conv2d_3x3": lambda: (values(0, (32, 64, 32, 32)), values(1, (64, 64, 3, 3), 0.1)),
    "conv2d_3x3_backward": lambda: (values(0, (32, 64, 32, 32)), values(1, (64, 64, 3, 3), 0.1),
                                    values(2, (32, 64, 32, 32))),
    "mlp_train_step": lambda: (values(0, (128, 784), 0.5, 0.5), integers(1, (128,)) % 10,
                               values(2, (512, 784), 0.0875), np.zeros(512, F), values(3, (512, 512), 0.108),
                               np.zeros(512, F), values(4, (10, 512), 0.05), np.zeros(10, F)),
}


def adds(a, b):
    x = a
    for _ in range(1000):
        x = x + b
    return x


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    e /= e.sum(-1, keepdims=True)
    return e


def layernorm(a, g, b):
    d = a - a.mean(-1, keepdims=True)
    return d / np.sqrt((d * d).mean(-1, keepdims=True) + F(1e-5)) * g + b


def columns(x):
    """[batch, channels * 9, height * width]: the patches under a 3 x 3 kernel with padding 1."""
    n, c, h, w = x.shape
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    out = np.empty((n, c, 3, 3, h, w), F)
    for r in range(3):
        for s in range(3):
            out[:, :, r, s] = padded[:, :, r:r + h, s:s + w]
    return out.reshape(n, c * 9, h * w)


def conv(x, w):
    return (w.reshape(64, -1) @ columns(x)).reshape(x.shape)


def conv_backward(x, w, g):
    dw = (g.reshape(32, 64, 1024) @ columns(x).transpose(0, 2, 1)).sum(0).reshape(w.shape)
    flipped = np.ascontiguousarray(w.transpose(1, 0, 2, 3)[:, :, ::-1, ::-1])
    return (flipped.reshape(64, -1) @ columns(g)).reshape(x.shape), dw


class NumpyMlp:
    """The training step with its gradient written by hand."""

    def __init__(self, x, y, *start):
        self.x, self.y, self.start = x, y, start
        self.reset()

    def reset(self):
        self.p = [p.copy() for p in self.start]
        self.v = [np.zeros_like(p) for p in self.start]

    def __call__(self):
        w1, b1, w2, b2, w3, b3 = self.p
        h1 = np.maximum(self.x @ w1.T + b1, 0)
        h2 = np.maximum(h1 @ w2.T + b2, 0)
        d3, rows = softmax(h2 @ w3.T + b3), np.arange(len(self.y))
        loss = -np.log(d3[rows, self.y]).mean()
        d3[rows, self.y] -= 1
        d3 /= F(len(self.y))
        d2 = (d3 @ w3) * (h2 > 0)
        d1 = (d2 @ w2) * (h1 > 0)
        grads = d1.T @ self.x, d1.sum(0), d2.T @ h1, d2.sum(0), d3.T @ h2, d3.sum(0)
        for p, v, g in zip(self.p, self.v, grads):
            v *= F(0.9)
            v += g
            p -= F(0.01) * v
        return loss


NUMPY = {
    "small_op_overhead": adds,
    "elementwise_triad": lambda a, b, c: a * b + c,
    "elementwise_tanh": np.tanh, "elementwise_exp": np.exp,
    "sum_all": lambda a: a.sum(), "sum_axis0": lambda a: a.sum(0), "sum_axis1": lambda a: a.sum(1),
    "softmax_rows": softmax, "layernorm": layernorm,
    "transpose_copy": lambda a: np.ascontiguousarray(a.T),
    "gather_rows": lambda table, rows: np.take(table, rows, axis=0),
    "sort_1m": np.sort, "cumsum_1m": np.cumsum,
    "matmul_256": np.matmul, "matmul_1024": np.matmul, "matmul_2048": np.matmul, "batched_matmul": np.matmul,
    "conv2d_3x3": conv, "conv2d_3x3_backward": conv_backward,
}


def torch_workloads(torch):
    f = torch.nn.functional
    backward = torch.ops.aten.convolution_backward
    return {
        "small_op_overhead": adds,
        "elementwise_triad": lambda a, b, c: a * b + c,
        "elementwise_tanh": torch.tanh, "elementwise_exp": torch.exp,
        "sum_all": lambda a: a.sum(), "sum_axis0": lambda a: a.sum(0), "sum_axis1": lambda a: a.sum(1),
        "softmax_rows": lambda a: torch.softmax(a, -1),
        "layernorm": lambda a, g, b: f.layer_norm(a, (1024,), g, b, 1e-5),
        "transpose_copy": lambda a: a.t().contiguous(),
        "gather_rows": lambda table, rows: f.embedding(rows, table),
        "sort_1m": lambda a: torch.sort(a).values, "cumsum_1m": lambda a: torch.cumsum(a, 0),
        "matmul_256": torch.matmul, "matmul_1024": torch.matmul, "matmul_2048": torch.matmul,
        "batched_matmul": torch.matmul,
        "conv2d_3x3": lambda x, w: f.conv2d(x, w, padding=1),
        "conv2d_3x3_backward": lambda x, w, g: tuple(backward(
            g, x, w, None, [1, 1], [1, 1], [1, 1], False, [0, 0], 1, [True, True, False])[:2]),
    }


class TorchMlp:
    def __init__(self, torch, x, y, *start):
        self.torch, self.x, self.y, self.start = torch, x, y, start
        self.p = [p.clone().requires_grad_() for p in start]
        self.reset()

    def reset(self):
        with self.torch.no_grad():
            for p, start in zip(self.p, self.start):
                p.copy_(start)
        self.optimizer = self.torch.optim.SGD(self.p, lr=0.01, momentum=0.9, fused=True)

    def __call__(self):
        f = self.torch.nn.functional
        w1, b1, w2, b2, w3, b3 = self.p
        self.optimizer.zero_grad()
        h = f.relu(f.linear(self.x, w1, b1))
        h = f.relu(f.linear(h, w2, b2))
        loss = f.cross_entropy(f.linear(h, w3, b3), self.y)
        loss.backward()
        self.optimizer.step()
        return loss


def make(peer, name):
    """The call to time, and what brings a training step back to its start."""
    given = INPUTS[name]()
    if peer == "torch":
        import torch
        torch.set_num_threads(THREADS)
        given = [torch.from_numpy(a) for a in given]
        call = TorchMlp(torch, *given) if name == "mlp_train_step" else torch_workloads(torch)[name]
    else:
        call = NumpyMlp(*given) if name == "mlp_train_step" else NUMPY[name]
    if name == "mlp_train_step":
        return call, call.reset
    return (lambda: call(*given)), None


def time_call(name, peer, call, reset):
    start = now()
    result = call()
    first = now() - start
    if reset:
        result = np.array([loss.item() for loss in (result, call(), call())])
    check = checksum(result)
    del result
    start, count = now(), 0
    while now() - start < 0.3:
        call()
        count += 1
    runs = max(15, min(20000, int(1.5 * count / (now() - start))))
    times = []
    for n in range(runs):
        if reset and n % 50 == 0:
            reset()
        start = now()
        call()
        times.append(now() - start)
    times.sort()
    return {"workload": name, "peer": peer, "median_ms": 1e3 * statistics.median(times), "min_ms": 1e3 * times[0],
            "p90_ms": 1e3 * times[len(times) * 9 // 10], "iters": runs, "first_call_ms": 1e3 * first, "checksum": check}


if __name__ == "__main__":
    peer, name = sys.argv[1:3]
    print(json.dumps(time_call(name, peer, *make(peer, name))))
