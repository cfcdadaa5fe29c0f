"""Workloads in NumPy (SciPy where NumPy lacks the function). make(name, inputs) -> function of no arguments."""
import numpy as np
import scipy.sparse
import scipy.special

from scalars import mandelbrot_numpy, scalar_loop_numpy

F = np.float32
NULL = {n: "no automatic differentiation; not written by hand" for n in
        ("cnn_train_step", "transformer_block_train_step", "lstm_train_step", "hessian_small")}


def sigmoid(x):
    return scipy.special.expit(x)


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    e /= e.sum(-1, keepdims=True)
    return e


def small_op_overhead(i):
    x = i.a
    for _ in range(1000):
        x = x + i.b
    return x


def mandelbrot_tensor(i):
    n = 512
    c = 2.5 * (np.arange(n) + 0.5) / n
    cx, cy = np.broadcast_to((c - 2).astype(F), (n, n)), np.broadcast_to((c - 1.25).astype(F)[:, None], (n, n))
    zx = zy = count = np.zeros((n, n), F)
    for _ in range(100):
        x2, y2 = zx * zx, zy * zy
        inside = x2 + y2 <= 4
        zx, zy = np.where(inside, x2 - y2 + cx, zx), np.where(inside, 2 * zx * zy + cy, zy)
        count = count + inside
    return count


def layernorm(i):
    d = i.a - i.a.mean(-1, keepdims=True)
    return d / np.sqrt((d * d).mean(-1, keepdims=True) + F(1e-5)) * i.g + i.b


def columns(x, k=3, pad=1):
    """[batch, channels*k*k, height*width]: the patches under a k x k kernel."""
    n, c, h, w = x.shape
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    cols = np.empty((n, c, k, k, h, w), F)
    for r in range(k):
        for s in range(k):
            cols[:, :, r, s] = xp[:, :, r:r + h, s:s + w]
    return cols.reshape(n, c * k * k, h * w)


def conv2d_3x3(i):
    return (i.w.reshape(64, -1) @ columns(i.x)).reshape(i.x.shape)


def conv2d_3x3_backward(i):
    g = i.g.reshape(32, 64, 1024)
    dw = (g @ columns(i.x).transpose(0, 2, 1)).sum(0).reshape(i.w.shape)
    flipped = np.ascontiguousarray(i.w.transpose(1, 0, 2, 3)[:, :, ::-1, ::-1])
    return (flipped.reshape(64, -1) @ columns(i.g)).reshape(i.x.shape), dw


def cross_entropy(logits, y):
    """Mean loss and its gradient."""
    p, rows = softmax(logits), np.arange(len(y))
    loss = -np.log(p[rows, y]).mean()
    p[rows, y] -= 1
    p /= F(len(y))
    return loss, p


def mlp_train_step(i):
    names = ["w1", "b1", "w2", "b2", "w3", "b3"]
    start = {n: getattr(i, n) for n in names}
    p, v = {}, {}

    def reset():
        for n in names:
            p[n], v[n] = start[n].copy(), np.zeros_like(start[n])

    def step():
        h1 = np.maximum(i.x @ p["w1"].T + p["b1"], 0)
        h2 = np.maximum(h1 @ p["w2"].T + p["b2"], 0)
        loss, d3 = cross_entropy(h2 @ p["w3"].T + p["b3"], i.y)
        d2 = (d3 @ p["w3"]) * (h2 > 0)
        d1 = (d2 @ p["w2"]) * (h1 > 0)
        grads = d1.T @ i.x, d1.sum(0), d2.T @ h1, d2.sum(0), d3.T @ h2, d3.sum(0)
        for n, g in zip(names, grads):
            v[n] *= F(0.9)
            v[n] += g
            p[n] -= F(0.01) * v[n]
        return loss

    step.reset = reset
    return step


def attention_forward(i):
    return softmax(i.q @ i.k.transpose(0, 1, 3, 2) * F(0.125)) @ i.v


def kmeans_step(i):
    c = i.x[:64]
    a = ((c * c).sum(1) - 2 * (i.x @ c.T)).argmin(1)
    member = scipy.sparse.csr_array((np.ones(len(a), F), a, np.arange(len(a) + 1)), shape=(len(a), 64))
    return (member.T @ i.x) / np.maximum(np.bincount(a, minlength=64), 1)[:, None].astype(F)


def nbody_step(i):
    dx, dy, dz = (c[None] - c[:, None] for c in np.ascontiguousarray(i.p.T))
    r2 = dx * dx + dy * dy + dz * dz + F(0.01)
    w = i.m / (r2 * np.sqrt(r2))
    v = i.v + F(0.01) * np.stack([(w * d).sum(1) for d in (dx, dy, dz)], 1)
    return i.p + F(0.01) * v, v


def jacobi_stencil(i):
    u, w = i.u.copy(), i.u.copy()
    for _ in range(50):
        np.add(u[:-2, 1:-1], u[2:, 1:-1], out=w[1:-1, 1:-1])
        w[1:-1, 1:-1] += u[1:-1, :-2]
        w[1:-1, 1:-1] += u[1:-1, 2:]
        w[1:-1, 1:-1] *= F(0.25)
        u, w = w, u
    return u


def black_scholes(i):
    r, s = F(0.02), F(0.3)
    st = s * np.sqrt(i.T)
    d1 = (np.log(i.S / i.K) + (r + s * s / 2) * i.T) / st
    f1, f2 = (F(0.5) * (1 + scipy.special.erf(d * F(0.5 ** 0.5))) for d in (d1, d1 - st))
    k = i.K * np.exp(-r * i.T)
    return i.S * f1 - k * f2, k * (1 - f2) - i.S * (1 - f1)


def logistic_regression_grad(i):
    return i.x.T @ (sigmoid(i.x @ i.w) - i.y.astype(F)) / F(len(i.y))


def per_example_grads(i):
    h = np.maximum(i.x @ i.w1.T + i.b1, 0)
    _, d2 = cross_entropy(h @ i.w2.T + i.b2, i.y)
    d2 *= F(len(i.y))
    d1 = (d2 @ i.w2) * (h > 0)
    return d1[:, :, None] * i.x[:, None], d1, d2[:, :, None] * h[:, None], d2


def fft_1m(i):
    z = i.re + 1j * i.im
    return lambda: np.fft.fft(z)


matmul = lambda i: i.a @ i.b
ONE = {
    "elementwise_triad": lambda i: i.a * i.b + i.c,
    "elementwise_chain": lambda i: np.tanh(i.a * i.b + i.c) * np.exp(-i.a * i.a) + sigmoid(i.b),
    "sum_all": lambda i: i.a.sum(), "sum_axis0": lambda i: i.a.sum(0), "sum_axis1": lambda i: i.a.sum(1),
    "softmax_rows": lambda i: softmax(i.a),
    "matmul_256": matmul, "matmul_1024": matmul, "matmul_2048": matmul, "batched_matmul": matmul,
    "transpose_copy": lambda i: np.ascontiguousarray(i.a.T),
    "gather_rows": lambda i: np.take(i.table, i.idx, axis=0),
    "sort_1m": lambda i: np.sort(i.a), "cumsum_1m": lambda i: np.cumsum(i.a),
    "svd_512": lambda i: np.linalg.svd(i.a, full_matrices=False)[1],
    "cholesky_1024": lambda i: np.linalg.cholesky(i.a),
    "solve_1024": lambda i: np.linalg.solve(i.a, i.b),
    "eigh_512": lambda i: np.linalg.eigh(i.a)[0],
    "scalar_loop": lambda i: scalar_loop_numpy(), "mandelbrot_scalar": lambda i: mandelbrot_numpy(),
    **{f.__name__: f for f in (small_op_overhead, mandelbrot_tensor, layernorm, conv2d_3x3, conv2d_3x3_backward,
       attention_forward, kmeans_step, nbody_step, jacobi_stencil, black_scholes, logistic_regression_grad,
       per_example_grads)},
}


def make(name, i):
    if name in ("mlp_train_step", "fft_1m"):
        return globals()[name](i)
    f = ONE[name]
    return lambda: f(i)
