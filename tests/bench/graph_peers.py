#!/usr/bin/env python3
"""Times one workload of programs/graph in PyTorch and prints a line of JSON: graph_peers.py eager|compile WORKLOAD.

The same inputs and protocol as bench.tfl. Where torch.compile is not timed on the whole function, the reason is beside
the workload.
"""
import json
import sys

import torch
import torch.nn.functional as F
from torch.func import grad, hessian, vmap

import peers
from peers import integers, values

torch.set_num_threads(peers.THREADS)


def tensor(*given, **named):
    return torch.from_numpy(values(*given, **named))


def labels(k, n, modulus=10):
    return torch.from_numpy(integers(k, (n,)) % modulus)


def zeros(n):
    return torch.zeros(n)


def black_scholes(s, k, t):
    r, v = 0.02, 0.3
    spread = v * torch.sqrt(t)
    d1 = (torch.log(s / k) + (r + v * v / 2) * t) / spread
    f1, f2 = (0.5 * (1 + torch.erf(d * 0.5 ** 0.5)) for d in (d1, d1 - spread))
    k = k * torch.exp(-r * t)
    return s * f1 - k * f2, k * (1 - f2) - s * (1 - f1)


def kmeans(x):
    c = x[:64]
    a = torch.addmm((c * c).sum(1), x, c.T, alpha=-2).argmin(1)
    total = torch.zeros(64, 16).scatter_add_(0, a[:, None].expand(-1, 16), x)
    count = torch.zeros(64).scatter_add_(0, a, torch.ones(len(a)))
    return total / count.clamp(min=1)[:, None]


def nbody(p, v, m):
    dx, dy, dz = (c[None] - c[:, None] for c in p.T.contiguous())
    r2 = dx * dx + dy * dy + dz * dz + 0.01
    w = m / (r2 * torch.sqrt(r2))
    v = v + 0.01 * torch.stack([(w * d).sum(1) for d in (dx, dy, dz)], 1)
    return p + 0.01 * v, v


def jacobi(u):
    for _ in range(50):
        w = u.clone()
        w[1:-1, 1:-1] = 0.25 * (u[:-2, 1:-1] + u[2:, 1:-1] + u[1:-1, :-2] + u[1:-1, 2:])
        u = w
    return u


def mandelbrot_rounds(zx, zy, count, cx, cy):
    for _ in range(2):
        x2, y2 = zx * zx, zy * zy
        inside = x2 + y2 <= 4
        zx, zy = torch.where(inside, x2 - y2 + cx, zx), torch.where(inside, 2 * zx * zy + cy, zy)
        count = count + inside
    return zx, zy, count


def mandelbrot(compiled):
    """Two rounds for each compiled call: its compile time grows several-fold with every further round."""
    f = compiled(mandelbrot_rounds)
    c = 2.5 * (torch.arange(512, dtype=torch.float64) + 0.5) / 512
    cx, cy = (c - 2).float(), (c - 1.25).float()[:, None]

    def call():
        s = (torch.zeros(512, 512),) * 3
        for _ in range(50):
            s = f(*s, cx, cy)
        return s[2]

    return call


def logistic(compiled):
    x, y, w = tensor(0, (20000, 200)), labels(1, 20000, 2).float(), tensor(2, (200,), 0.1).requires_grad_()
    loss = compiled(lambda x, w: F.binary_cross_entropy_with_logits(x @ w, y))
    return lambda: torch.autograd.grad(loss(x, w), w)[0]


def example_loss(p, x, y):
    return F.cross_entropy(F.linear(F.relu(F.linear(x, p[0], p[1])), p[2], p[3]), y)


def per_example(x, y, *p):
    return vmap(grad(example_loss), (None, 0, 0))(p, x, y)


def curvature(x, w):
    return hessian(lambda x: (torch.tanh(w @ x) ** 2).sum() + (x ** 4).sum())(x)


MILLION = (1000000,)
CALLS = {
    "elementwise_chain": (lambda a, b, c: torch.tanh(a * b + c) * torch.exp(-a * a) + torch.sigmoid(b),
                          lambda: tuple(tensor(k, (4194304,)) for k in range(3))),
    "black_scholes": (black_scholes, lambda: (tensor(0, MILLION, 12.5, 17.5), tensor(1, MILLION, 49.5, 50.5),
                                              tensor(2, MILLION, 4.875, 5.125))),
    "kmeans_step": (kmeans, lambda: (tensor(0, (100000, 16)),)),
    "nbody_step": (nbody, lambda: (tensor(0, (1024, 3)), tensor(1, (1024, 3), 0.1), tensor(2, (1024,), 0.45, 0.55))),
    "jacobi_stencil": (jacobi, lambda: (tensor(0, (1024, 1024)),)),
    "hessian_small": (curvature, lambda: (tensor(0, (64,)), tensor(1, (64, 64), 0.2))),
    "per_example_grads": (per_example, lambda: (
        tensor(0, (128, 784), 0.5, 0.5), labels(1, 128), tensor(2, (64, 784), 0.0875), zeros(64),
        tensor(3, (10, 64), 0.3), zeros(10))),
}


# Training steps: the loss of parameters and data, the start, the data, the optimizer.

def mlp_loss(p, x, y):
    h = F.relu(F.linear(x, p["w1"], p["b1"]))
    h = F.relu(F.linear(h, p["w2"], p["b2"]))
    return F.cross_entropy(F.linear(h, p["w3"], p["b3"]), y)


def cnn_loss(p, x, y):
    c = F.max_pool2d(F.relu(F.conv2d(x, p["k1"], p["c1"], padding=2)), 2)
    c = F.max_pool2d(F.relu(F.conv2d(c, p["k2"], p["c2"], padding=2)), 2)
    h = F.relu(F.linear(c.flatten(1), p["w1"], p["b1"]))
    return F.cross_entropy(F.linear(h, p["w2"], p["b2"]), y)


def transformer_loss(p, x, t):
    b, n, d = x.shape
    h = F.layer_norm(x, (d,), p["g1"], p["n1"])
    q, k, v = (s.view(b, n, 8, d // 8).transpose(1, 2) for s in F.linear(h, p["wqkv"], p["bqkv"]).split(d, -1))
    a = F.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).reshape(b, n, d)
    x = x + F.linear(a, p["wo"], p["bo"])
    h = F.layer_norm(x, (d,), p["g2"], p["n2"])
    return F.mse_loss(x + F.linear(F.gelu(F.linear(h, p["w1"], p["b1"]), approximate="tanh"), p["w2"], p["b2"]), t)


def lstm_loss(p, x, t):
    """The kernel behind torch.nn.LSTM."""
    zero = torch.zeros(1, 64, 128)
    weights = [p["wih"], p["whh"], p["bih"], p["bhh"]]
    return F.mse_loss(torch.lstm(x, (zero, zero), weights, True, 1, 0.0, True, False, True)[0], t)


def lstm_cells_loss(p, x, t):
    """Written out for torch.compile, which fails on torch.lstm."""
    h = c = torch.zeros(64, 128)
    before, hs = F.linear(x, p["wih"], p["bih"]), []
    for n in range(32):
        i, f, g, o = (before[:, n] + F.linear(h, p["whh"], p["bhh"])).chunk(4, -1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        hs.append(h)
    return F.mse_loss(torch.stack(hs, 1), t)


def sgd(rate, momentum=0):
    return lambda p: torch.optim.SGD(p, lr=rate, momentum=momentum, fused=True)


STEPS = {
    "mlp_train_step": (mlp_loss, lambda: {
        "w1": tensor(2, (512, 784), 0.0875), "b1": zeros(512), "w2": tensor(3, (512, 512), 0.108), "b2": zeros(512),
        "w3": tensor(4, (10, 512), 0.05), "b3": zeros(10)},
        lambda: (tensor(0, (128, 784), 0.5, 0.5), labels(1, 128)), sgd(0.01, 0.9)),
    "cnn_train_step": (cnn_loss, lambda: {
        "k1": tensor(2, (32, 1, 5, 5), 0.2), "c1": zeros(32), "k2": tensor(3, (64, 32, 5, 5), 0.0866), "c2": zeros(64),
        "w1": tensor(4, (512, 3136), 0.0437), "b1": zeros(512), "w2": tensor(5, (10, 512), 0.05), "b2": zeros(10)},
        lambda: (tensor(0, (128, 1, 28, 28)), labels(1, 128)), lambda p: torch.optim.Adam(p, lr=0.001, fused=True)),
    "transformer_block_train_step": (transformer_loss, lambda: {
        "g1": torch.ones(256), "n1": zeros(256), "wqkv": tensor(2, (768, 256), 0.1), "bqkv": zeros(768),
        "wo": tensor(3, (256, 256), 0.1), "bo": zeros(256), "g2": torch.ones(256), "n2": zeros(256),
        "w1": tensor(4, (1024, 256), 0.1), "b1": zeros(1024), "w2": tensor(5, (256, 1024), 0.05), "b2": zeros(256)},
        lambda: (tensor(0, (8, 128, 256)), tensor(1, (8, 128, 256))), sgd(0.1)),
    "lstm_train_step": (lstm_loss, lambda: {
        "wih": tensor(2, (512, 128), 0.0884), "whh": tensor(3, (512, 128), 0.0884), "bih": zeros(512),
        "bhh": zeros(512)},
        lambda: (tensor(0, (64, 32, 128)), tensor(1, (64, 32, 128), 0.25, 0.25)), sgd(1.0)),
}


class Step:
    def __init__(self, name, compiled):
        loss, start, data, self.optimizer = STEPS[name]
        if name == "lstm_train_step" and compiled is not identity:
            loss = lstm_cells_loss
        self.loss, self.start, self.data = compiled(loss), start(), data()
        self.p = {n: t.clone().requires_grad_() for n, t in self.start.items()}
        self.reset()

    def reset(self):
        with torch.no_grad():
            for n, t in self.start.items():
                self.p[n].copy_(t)
        self.rule = self.optimizer(self.p.values())

    def __call__(self):
        self.rule.zero_grad()
        loss = self.loss(self.p, *self.data)
        loss.backward()
        self.rule.step()
        return loss


def identity(f):
    return f


def make(mode, name):
    compiled = identity if mode == "eager" else lambda f: torch.compile(f, dynamic=False)
    if name in STEPS:
        step = Step(name, compiled)
        return step, step.reset
    if name in ("mandelbrot_tensor", "logistic_regression_grad"):
        return {"mandelbrot_tensor": mandelbrot, "logistic_regression_grad": logistic}[name](compiled), None
    f, inputs = CALLS[name]
    f, given = compiled(f), inputs()
    return (lambda: f(*given)), None


if __name__ == "__main__":
    mode, name = sys.argv[1:3]
    call, reset = make(mode, name)
    print(json.dumps(peers.time_call(name, f"torch {mode}", call, reset)))
