"""Ten steps of each optimizer and the schedules, in 64 bits, for tests/src/test/resources/programs/optim.

Written from the formulas that Optax's documentation gives, with NumPy alone, and compared here with torch.optim,
torch's schedules, a dense BFGS and SciPy wherever those follow the same rule. Run from the project's root:

    python tests/oracle/optim.py        # needs NumPy, SciPy and PyTorch; writes oracle/optim.json
"""

import json
import math
import pathlib

import numpy as np
import scipy.optimize
import torch

STEPS = 10
SHAPES = [(3,), (2, 2), ()]
OUT = pathlib.Path("tests/src/test/resources/oracle/optim.json")

random = np.random.default_rng(5)
START = [random.normal(size=s) for s in SHAPES]
DRIFT = [[random.normal(size=s) * 10.0 ** random.integers(-2, 1) for s in SHAPES] for _ in range(STEPS)]
PULL = 0.3


def gradients(params, step):
    return [PULL * p + d for p, d in zip(params, DRIFT[step])]


def run(rule):
    """The parameters after each step; a rule is init(params) and updates(grads, state, params, step)."""
    init, updates = rule
    params, path = [p.copy() for p in START], []
    state = init(params)
    for step in range(STEPS):
        change, state = updates(gradients(params, step), state, params, step)
        params = [p + c for p, c in zip(params, change)]
        path.append(params)
    return path


def zeros(params):
    return [np.zeros_like(p) for p in params]


def at(rate, step):
    return rate(step) if callable(rate) else rate


# ---- Rules


def sgd(rate, momentum=0.0, nesterov=False):
    def updates(g, trace, p, step):
        trace = [gi + momentum * t for gi, t in zip(g, trace)]
        way = [gi + momentum * t for gi, t in zip(g, trace)] if nesterov else trace
        return [-at(rate, step) * w for w in way], trace

    return zeros, updates


def adam(rate, b1=0.9, b2=0.999, eps=1e-8, decay=0.0, nesterov=False, trust=False, mask=lambda p: True):
    def updates(g, state, p, step):
        t = step + 1
        m = [b1 * a + (1 - b1) * gi for a, gi in zip(state[0], g)]
        v = [b2 * a + (1 - b2) * gi**2 for a, gi in zip(state[1], g)]
        if nesterov:
            mh = [b1 * a / (1 - b1 ** (t + 1)) + (1 - b1) * gi / (1 - b1**t) for a, gi in zip(m, g)]
        else:
            mh = [a / (1 - b1**t) for a in m]
        u = [a / (np.sqrt(b / (1 - b2**t)) + eps) for a, b in zip(mh, v)]
        u = [ui + (decay * pi if mask(pi) else 0) for ui, pi in zip(u, p)]
        if trust:
            u = [ui * np.linalg.norm(pi) / np.linalg.norm(ui) for ui, pi in zip(u, p)]
        return [-at(rate, step) * ui for ui in u], (m, v)

    return lambda p: (zeros(p), zeros(p)), updates


def rmsprop(rate, decay=0.9, eps=1e-8, initial=0.0, inside=True, centered=False, momentum=None, nesterov=False,
            bias_correction=False):
    def updates(g, state, p, step):
        m = [decay * a + (1 - decay) * gi for a, gi in zip(state[0], g)]
        v = [decay * a + (1 - decay) * gi**2 for a, gi in zip(state[1], g)]
        c = 1 - decay ** (step + 1) if bias_correction else 1.0
        spread = [b / c - ((a / c) ** 2 if centered else 0) for a, b in zip(m, v)]
        root = [np.sqrt(s + eps) if inside else np.sqrt(s) + eps for s in spread]
        u = [-at(rate, step) * gi / r for gi, r in zip(g, root)]
        trace = state[2]
        if momentum is not None:
            trace = [ui + momentum * t for ui, t in zip(u, trace)]
            u = [ui + momentum * t for ui, t in zip(u, trace)] if nesterov else trace
        return u, (m, v, trace)

    return lambda p: (zeros(p), [np.full_like(x, initial) for x in p], zeros(p)), updates


def adagrad(rate, initial=0.1, eps=1e-7):
    def updates(g, s, p, step):
        s = [a + gi**2 for a, gi in zip(s, g)]
        return [-at(rate, step) * gi / np.sqrt(a + eps) for a, gi in zip(s, g)], s

    return lambda p: [np.full_like(x, initial) for x in p], updates


def adadelta(rate=1.0, rho=0.9, eps=1e-6, decay=0.0):
    def updates(g, state, p, step):
        g = [gi + decay * pi for gi, pi in zip(g, p)]
        v = [rho * a + (1 - rho) * gi**2 for a, gi in zip(state[0], g)]
        u = [np.sqrt(x + eps) / np.sqrt(a + eps) * gi for a, x, gi in zip(v, state[1], g)]
        x = [rho * a + (1 - rho) * ui**2 for a, ui in zip(state[1], u)]
        return [-at(rate, step) * ui for ui in u], (v, x)

    return lambda p: (zeros(p), zeros(p)), updates


def lion(rate, b1=0.9, b2=0.99, decay=1e-3):
    def updates(g, m, p, step):
        u = [np.sign((1 - b1) * gi + b1 * a) + decay * pi for a, gi, pi in zip(m, g, p)]
        return [-at(rate, step) * ui for ui in u], [b2 * a + (1 - b2) * gi for a, gi in zip(m, g)]

    return zeros, updates


def chain(before, rule):
    init, updates = rule
    return init, lambda g, state, p, step: updates(before(g), state, p, step)


def clip_norm(limit):
    def clip(g):
        norm = math.sqrt(sum((gi**2).sum() for gi in g))
        return g if norm < limit else [gi / norm * limit for gi in g]

    return clip


def clip_value(limit):
    return lambda g: [np.clip(gi, -limit, limit) for gi in g]


def accumulate(rule, n):
    init, inner = rule

    def updates(g, state, p, step):
        total, own = [a + gi for a, gi in zip(state[0], g)], state[1]
        if step % n < n - 1:
            return zeros(p), (total, own)
        u, own = inner([a / n for a in total], own, p, step // n)
        return u, (zeros(p), own)

    return lambda p: (zeros(p), init(p)), updates


def ema(rule, decay, debias):
    init, inner = rule

    def updates(g, state, p, step):
        u, own = inner(g, state[1], p, step)
        mean = [decay * a + (1 - decay) * ui for a, ui in zip(state[0], u)]
        c = 1 - decay ** (step + 1) if debias else 1.0
        return [a / c for a in mean], (mean, own)

    return lambda p: (zeros(p), init(p)), updates


# ---- Schedules


def cosine(peak, steps, warmup=0, end=0.0):
    def rate(k):
        if k < warmup:
            return peak * k / warmup
        way = min((k - warmup) / (steps - warmup), 1.0)
        return peak * ((1 - end / peak) * 0.5 * (1 + math.cos(math.pi * way)) + end / peak)

    return rate


def linear(start, end, steps, begin=0):
    return lambda k: start + (end - start) * min(max(k - begin, 0), steps) / steps


def exponential(start, steps, decay, begin=0, staircase=False, end=None):
    def rate(k):
        way = max(k - begin, 0) / steps
        value = start * decay ** (math.floor(way) if staircase else way)
        return value if end is None else max(value, end) if decay < 1 else min(value, end)

    return rate


def piecewise(start, bounds):
    return lambda k: start * math.prod(f for b, f in bounds.items() if k >= b)


def one_cycle(peak, steps, share=0.3, start_factor=25.0, end_factor=1e4):
    top = int(share * steps)
    low, end = peak / start_factor, peak / (start_factor * end_factor)

    def rate(k):
        a, b, way = (low, peak, k / top) if k < top else (peak, end, min((k - top) / (steps - top), 1.0))
        return b + (a - b) / 2 * (math.cos(math.pi * way) + 1)

    return rate


SCHEDULES = {
    "constant": lambda k: 0.3,
    "linear": linear(1.0, 0.1, 50),
    "linear_late": linear(0.5, 2.0, 40, begin=20),
    "cosine": cosine(2.0, 100),
    "cosine_warm": cosine(2.0, 100, warmup=15, end=0.2),
    "exponential": exponential(1.0, 20, 0.5),
    "exponential_stairs": exponential(1.0, 20, 0.5, begin=10, staircase=True),
    "exponential_end": exponential(1.0, 20, 0.5, end=0.2),
    "exponential_growing": exponential(0.1, 20, 2.0, end=1.0),
    "step_at": piecewise(1.0, {30: 0.1, 60: 0.1}),
    "step_factors": piecewise(1.0, {10: 0.5, 50: 0.1, 70: 2.0}),
    "step_every": lambda k: 2.0 * 0.5 ** (k // 25),
    "one_cycle": one_cycle(3.0, 100),
    "one_cycle_other": one_cycle(3.0, 80, share=0.1, start_factor=10.0, end_factor=100.0),
}

OPTIMIZERS = {
    "sgd": sgd(0.1),
    "sgd_momentum": sgd(0.1, momentum=0.9),
    "sgd_nesterov": sgd(0.1, momentum=0.9, nesterov=True),
    "sgd_cosine": sgd(cosine(0.5, 10, warmup=3)),
    "adam": adam(0.1),
    "adam_eps": adam(0.1, b1=0.8, b2=0.95, eps=0.1),
    "adam_nesterov": adam(0.1, nesterov=True),
    "adam_exponential": adam(exponential(0.2, 3, 0.5)),
    "adamw": adam(0.1, decay=1e-4),
    "adamw_decay": adam(0.1, decay=0.3),
    "adamw_mask": adam(0.1, decay=0.3, mask=lambda p: p.ndim > 1),
    "rmsprop": rmsprop(0.1),
    "rmsprop_outside": rmsprop(0.1, decay=0.8, eps=1e-3, inside=False),
    "rmsprop_scale": rmsprop(0.1, initial=1.0),
    "rmsprop_centered": rmsprop(0.1, centered=True, eps=1e-2),
    "rmsprop_momentum": rmsprop(0.1, momentum=0.9),
    "rmsprop_nesterov": rmsprop(0.1, momentum=0.9, nesterov=True, bias_correction=True),
    "adagrad": adagrad(0.5),
    "adagrad_initial": adagrad(0.5, initial=1.0, eps=1e-3),
    "adadelta": adadelta(),
    "adadelta_decay": adadelta(rate=0.5, rho=0.8, eps=1e-3, decay=0.1),
    "lamb": adam(0.1, eps=1e-6, trust=True),
    "lamb_decay": adam(0.1, eps=1e-6, decay=0.2, trust=True),
    "lion": lion(0.1),
    "lion_decay": lion(0.1, b1=0.8, b2=0.9, decay=0.2),
    "clip_norm": chain(clip_norm(1.0), sgd(0.5, momentum=0.9)),
    "clip_value": chain(clip_value(0.2), adam(0.1)),
    "clip_adamw": chain(clip_norm(0.5), adam(cosine(0.3, 10, warmup=2), decay=0.05)),
    "accumulate": accumulate(sgd(0.5, momentum=0.9), 3),
    "accumulate_adam": accumulate(adam(exponential(0.2, 2, 0.5)), 2),
    "ema": ema(sgd(0.3), 0.8, True),
    "ema_raw": ema(adam(0.1), 0.8, False),
}


# ---- L-BFGS


def rosenbrock(x):
    return float(np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2))


def rosenbrock_slope(x):
    return scipy.optimize.rosen_der(x)


def direction(g, pairs):
    """The two loops of Nocedal and Wright, algorithm 7.4."""
    if not pairs:
        return g * min(1.0, 1 / np.linalg.norm(g))
    q, shares = g.copy(), []
    for s, y in reversed(pairs):
        shares.append(s @ q / (s @ y))
        q = q - shares[-1] * y
    s, y = pairs[-1]
    r = q * (s @ y) / (y @ y)
    for (s, y), a in zip(pairs, reversed(shares)):
        r = r + s * (a - (y @ r) / (s @ y))
    return r


def dense_direction(g, pairs):
    """The same from the matrix itself."""
    s, y = pairs[-1]
    h = np.eye(len(g)) * (s @ y) / (y @ y)
    for s, y in pairs:
        v = np.eye(len(g)) - np.outer(y, s) / (s @ y)
        h = v.T @ h @ v + np.outer(s, s) / (s @ y)
    return h @ g


def lbfgs(x, steps, memory, search):
    path, pairs, before = [], [], None
    state = 1.0
    for _ in range(steps):
        f, g = rosenbrock(x), rosenbrock_slope(x)
        if f < 1e-18:
            break
        if before is not None:
            pairs = (pairs + [(x - before[0], g - before[1])])[-memory:]
            assert np.allclose(direction(g, pairs), dense_direction(g, pairs), rtol=1e-7)
        u = -direction(g, pairs)
        t = state = search(x, u, f, g, state)
        before, x = (x, g), x + t * u
        path.append(x.tolist())
    return path


def wolfe(x, u, f, g, last):
    """Optax's zoom search, on functions of the step; both of Wolfe's conditions are checked at the end."""
    phi = lambda t: rosenbrock(x + t * u)
    slope = lambda t: float(rosenbrock_slope(x + t * u) @ u)
    d0 = float(g @ u)

    def missing(t):
        exact = phi(t) - f - 1e-4 * t * d0
        other = max(slope(t) - (2e-4 - 1) * d0, phi(t) - f - 1e-6 * abs(f))
        return max(min(exact, other), 0.0)

    def good(t):
        return missing(t) <= 0 and abs(slope(t)) <= 0.9 * abs(d0)

    previous, t = 0.0, 1.0
    for k in range(20):
        if good(t):
            break
        if missing(t) > 0 or (k > 0 and phi(t) >= phi(previous)):
            t = zoom(phi, slope, missing, good, previous, t)
            break
        if slope(t) >= 0:
            t = zoom(phi, slope, missing, good, t, previous)
            break
        previous, t = t, 2 * t
    assert phi(t) <= f + 1e-4 * t * d0 and abs(slope(t)) <= 0.9 * abs(d0)
    return t


def zoom(phi, slope, missing, good, low, high):
    reference = low
    for _ in range(20):
        a, b = min(low, high), max(low, high)
        with np.errstate(all="ignore"):
            cubic = lowest_of_cubic(low, high, reference, phi, slope)
            square = low - slope(low) * (high - low) ** 2 / (2 * (phi(high) - phi(low) - slope(low) * (high - low)))
        width = b - a
        if a + 0.2 * width < cubic < b - 0.2 * width:
            t = cubic
        elif a + 0.1 * width < square < b - 0.1 * width:
            t = square
        else:
            t = (low + high) / 2
        if good(t):
            return t
        if missing(t) > 0 or phi(t) >= phi(low):
            reference, high = high, t
        else:
            if slope(t) * (high - low) >= 0:
                reference, high = high, low
            else:
                reference = low
            low = t
    raise AssertionError("no step found")


def lowest_of_cubic(a, b, c, phi, slope):
    """The minimum of the cubic with slope(a) at a, through the points at a, b and c."""
    m = np.array([[(b - a) ** 3, (b - a) ** 2], [(c - a) ** 3, (c - a) ** 2]])
    right = np.array([phi(b) - phi(a) - slope(a) * (b - a), phi(c) - phi(a) - slope(a) * (c - a)])
    if abs(np.linalg.det(m)) == 0:
        return math.nan
    p, q = np.linalg.solve(m, right)
    return a + (-q + np.sqrt(q * q - 3 * p * slope(a))) / (3 * p)


def armijo(x, u, f, g, last):
    t = min(1.5 * last, 1.0)

    def missing(t):
        exact = rosenbrock(x + t * u) - f - 1e-4 * t * float(g @ u)
        return max(exact, 0.0)

    for _ in range(20):
        if missing(t) > 0:
            t *= 0.8
    return t


def lbfgs_cases():
    x0 = np.array([-1.2, 1.0, 0.5, -0.7])
    cases = {
        "fixed": lbfgs(x0, 10, 10, lambda x, u, f, g, last: 0.05),
        "zoom": lbfgs(x0, 25, 10, wolfe),
        "zoom_short": lbfgs(x0, 12, 2, wolfe),
        "backtracking": lbfgs(x0, 15, 5, armijo),
    }
    best = scipy.optimize.minimize(rosenbrock, x0, jac=rosenbrock_slope, method="L-BFGS-B", options={"maxiter": 200})
    far = lbfgs(x0, 60, 10, wolfe)
    assert np.allclose(far[-1], best.x, atol=1e-4), (far[-1], best.x)
    return {"start": x0.tolist(), **cases}


# ---- What PyTorch agrees with


def torch_path(make, schedule=None):
    params = [torch.tensor(p, requires_grad=True) for p in START]
    optimizer = make(params)
    scheduler = schedule(optimizer) if schedule else None
    path = []
    for step in range(STEPS):
        for p, g in zip(params, gradients([q.detach().numpy() for q in params], step)):
            p.grad = torch.as_tensor(np.asarray(g))
        optimizer.step()
        if scheduler:
            scheduler.step()
        path.append([p.detach().numpy().copy() for p in params])
    return path


def same(rule, make):
    for ours, theirs in zip(run(rule), torch_path(make)):
        for a, b in zip(ours, theirs):
            assert np.allclose(a, b, rtol=1e-12, atol=1e-14), (a, b)


def check_with_torch():
    o = torch.optim
    same(OPTIMIZERS["sgd"], lambda p: o.SGD(p, 0.1))
    same(OPTIMIZERS["sgd_momentum"], lambda p: o.SGD(p, 0.1, momentum=0.9))
    same(OPTIMIZERS["sgd_nesterov"], lambda p: o.SGD(p, 0.1, momentum=0.9, nesterov=True))
    same(OPTIMIZERS["adam"], lambda p: o.Adam(p, 0.1))
    same(OPTIMIZERS["adam_eps"], lambda p: o.Adam(p, 0.1, betas=(0.8, 0.95), eps=0.1))
    same(OPTIMIZERS["adamw_decay"], lambda p: o.AdamW(p, 0.1, weight_decay=0.3))
    same(OPTIMIZERS["rmsprop_outside"], lambda p: o.RMSprop(p, 0.1, alpha=0.8, eps=1e-3))
    same(rmsprop(0.1, eps=0.0, centered=True), lambda p: o.RMSprop(p, 0.1, alpha=0.9, eps=0.0, centered=True))
    same(adagrad(0.5, initial=0.1, eps=0.0), lambda p: o.Adagrad(p, 0.5, initial_accumulator_value=0.1, eps=0.0))
    same(OPTIMIZERS["adadelta"], lambda p: o.Adadelta(p, 1.0))
    same(OPTIMIZERS["adadelta_decay"], lambda p: o.Adadelta(p, 0.5, rho=0.8, eps=1e-3, weight_decay=0.1))


def torch_rates(make):
    optimizer = torch.optim.SGD([torch.zeros(1)], 1.0)
    scheduler = make(optimizer)
    rates = []
    for _ in range(101):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


def check_schedules_with_torch():
    s = torch.optim.lr_scheduler
    rates = lambda rule: [rule(k) for k in range(101)]
    assert np.allclose(rates(cosine(1.0, 100)), torch_rates(lambda o: s.CosineAnnealingLR(o, 100)), atol=1e-12)
    assert np.allclose(rates(SCHEDULES["step_at"]), torch_rates(lambda o: s.MultiStepLR(o, [30, 60], 0.1)))
    assert np.allclose(rates(lambda k: 0.5 ** (k // 25)), torch_rates(lambda o: s.StepLR(o, 25, 0.5)))
    assert np.allclose(rates(exponential(1.0, 1, 0.9)), torch_rates(lambda o: s.ExponentialLR(o, 0.9)))
    assert np.allclose(rates(SCHEDULES["linear"]), torch_rates(lambda o: s.LinearLR(o, 1.0, 0.1, 50)))


def lists(tensors):
    return [np.asarray(t).tolist() for t in tensors]


def main():
    check_with_torch()
    check_schedules_with_torch()
    steps = list(range(0, 121, 5)) + [1, 9, 11, 29, 31, 59, 99]
    table = {
        "pull": PULL,
        "start": lists(START),
        "drift": [lists(d) for d in DRIFT],
        "optimizers": {name: [lists(p) for p in run(rule)] for name, rule in OPTIMIZERS.items()},
        "steps": steps,
        "schedules": {name: [rule(k) for k in steps] for name, rule in SCHEDULES.items()},
        "lbfgs": lbfgs_cases(),
    }
    OUT.write_text(json.dumps(table, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
