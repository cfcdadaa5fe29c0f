"""What PyTorch says of the layers, losses and metrics of `nn`: inputs, outputs and gradients, in double precision.

    python3 tests/oracle/nn.py

writes tests/src/test/resources/oracle/nn.npz, which programs/nn/layers.tfl and the like compare with. An array is named
CASE/x (the input that is differentiated), CASE/p.NAME (a parameter), CASE/c.NAME (what is not differentiated), CASE/ct (the
cotangent of the output), CASE/y, CASE/dx and CASE/dp.NAME. Needs PyTorch and NumPy.
"""

import math
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from torch.func import functional_call

torch.set_default_dtype(torch.float64)
random = np.random.default_rng(1)
arrays = {}


def normal(*shape, scale=1.0):
    return scale * random.normal(size=shape)


def case(name, f, x, p=None, c=None):
    """One case: f(p, x, c) of dictionaries of tensors p and c, and its gradients against a random cotangent."""
    p, c = p or {}, c or {}
    tensors = {k: torch.tensor(v, requires_grad=True) for k, v in p.items()}
    fixed = {k: torch.tensor(v) for k, v in c.items()}
    floating = np.issubdtype(np.asarray(x).dtype, np.floating)
    tx = torch.tensor(x, requires_grad=floating)
    y = f(tensors, tx, fixed)
    ct = np.asarray(random.normal(size=tuple(y.shape)))
    y.backward(torch.tensor(ct))
    store = {"x": x, "ct": ct, "y": y.detach().numpy()}
    if floating:
        store["dx"] = tx.grad.numpy()
    store |= {f"p.{k}": v for k, v in p.items()} | {f"c.{k}": v for k, v in c.items()}
    store |= {f"dp.{k}": v.grad.numpy() for k, v in tensors.items()}
    for key, value in store.items():
        arrays[f"{name}/{key}"] = np.asarray(value)


def layers():
    wb = {"w": normal(4, 3), "b": normal(3)}
    case("dense", lambda p, x, c: x @ p["w"] + p["b"], normal(5, 4), wb)
    case("dense_without_bias", lambda p, x, c: x @ p["w"], normal(2, 5, 4), {"w": normal(4, 3)})
    case("embedding", lambda p, x, c: F.embedding(x, p["w"]), random.integers(0, 6, (3, 4)), {"w": normal(6, 2)})
    convolutions()
    norms()
    image = normal(2, 3, 6, 7)
    case("max_pool", lambda p, x, c: F.max_pool2d(x, 2), image)
    case("max_pool_overlapping", lambda p, x, c: F.max_pool2d(x, 3, stride=2, padding=1), image)
    case("avg_pool", lambda p, x, c: F.avg_pool2d(x, (2, 3)), image)
    case("avg_pool_padded", lambda p, x, c: F.avg_pool2d(x, 3, stride=1, padding=1, count_include_pad=False), image)
    case("global_avg_pool", lambda p, x, c: F.adaptive_avg_pool2d(x, 1)[:, :, 0, 0], image)
    case("flatten", lambda p, x, c: torch.flatten(x, 1), image)
    recurrent()
    attention()


def kernel(*shape):
    return {"w": normal(*shape, scale=0.5), "b": normal(shape[0])}


def convolutions():
    signal, image, volume = normal(2, 3, 11), normal(2, 4, 7, 6), normal(2, 2, 5, 4, 6)
    case("conv1d", lambda p, x, c: F.conv1d(x, p["w"], p["b"], padding="same"), signal, kernel(5, 3, 3))
    case("conv1d_strided", lambda p, x, c: F.conv1d(x, p["w"], p["b"], stride=2, dilation=2), signal, kernel(5, 3, 3))
    case("conv2d", lambda p, x, c: F.conv2d(x, p["w"], p["b"], padding="same"), image, kernel(3, 4, 3, 3))
    case("conv2d_groups", lambda p, x, c: F.conv2d(x, p["w"], p["b"], stride=2, padding=1, groups=2), image,
         kernel(6, 2, 3, 3))
    case("conv2d_depthwise", lambda p, x, c: F.conv2d(x, p["w"], p["b"], dilation=(2, 1), groups=4), image,
         kernel(4, 1, 2, 3))
    case("conv3d", lambda p, x, c: F.conv3d(x, p["w"], p["b"], padding=1), volume, kernel(3, 2, 3, 3, 3))
    case("conv3d_strided", lambda p, x, c: F.conv3d(x, p["w"], p["b"], stride=(1, 2, 2)), volume, kernel(3, 2, 2, 2, 3))
    transposed = {"w": normal(4, 3, 4, 4, scale=0.5), "b": normal(3)}
    case("conv_transpose2d", lambda p, x, c: F.conv_transpose2d(x, p["w"], p["b"], stride=2), image, transposed)
    case("conv_transpose2d_same", lambda p, x, c: F.conv_transpose2d(x, p["w"], p["b"], stride=2, padding=1), image,
         transposed)
    case("conv_transpose2d_groups", lambda p, x, c: F.conv_transpose2d(x, p["w"], p["b"], stride=(1, 3), padding=1,
                                                                       dilation=2, groups=2), image,
         {"w": normal(4, 3, 2, 3, scale=0.5), "b": normal(6)})


def norms():
    p = {"weight": normal(4), "bias": normal(4)}
    case("layer_norm", lambda p, x, c: F.layer_norm(x, (4,), p["weight"], p["bias"]), normal(2, 3, 4), p)
    case("rms_norm", lambda p, x, c: F.rms_norm(x, (4,), p["weight"], eps=1e-6), normal(2, 3, 4), {"weight": normal(4)})
    case("group_norm", lambda p, x, c: F.group_norm(x, 2, p["weight"], p["bias"]), normal(3, 4, 2, 3), p)
    running = {"mean": normal(4), "var": random.uniform(0.5, 2, 4)}
    case("batch_norm", lambda p, x, c: F.batch_norm(x, c["mean"], c["var"], p["weight"], p["bias"]),
         normal(3, 4, 2, 3), p, running)

    def trained(p, x, c):
        mean, var = c["mean"].clone(), c["var"].clone()
        y = F.batch_norm(x, mean, var, p["weight"], p["bias"], training=True)
        arrays[f"batch_norm_train_{x.dim()}d/new_mean"] = mean.numpy()
        arrays[f"batch_norm_train_{x.dim()}d/new_var"] = var.numpy()
        return y
    case("batch_norm_train_4d", trained, normal(3, 4, 2, 3), p, running)
    case("batch_norm_train_2d", trained, normal(6, 4), p, running)


def recurrent():
    def run(module, names):
        def f(p, x, c):
            weights = {"weight_ih_l0": p["w_input"].T, "weight_hh_l0": p["w_hidden"].T, "bias_ih_l0": p["b"],
                       "bias_hh_l0": p.get("b_hidden", torch.zeros_like(p["b"]))}
            state = tuple(p[name][None] for name in names) or None
            y, last = functional_call(module, weights, (x,) if not state else (x, state[0] if len(state) == 1 else state))
            last = last if isinstance(last, tuple) else (last,)
            return torch.cat([y.flatten()] + [s.flatten() for s in last])
        return f

    def weights(gates, **more):
        return {"w_input": normal(3, gates * 4, scale=0.5), "w_hidden": normal(4, gates * 4, scale=0.5),
                "b": normal(gates * 4), **more}
    x, state = normal(2, 5, 3), lambda: normal(2, 4)
    case("rnn", run(torch.nn.RNN(3, 4, batch_first=True), ()), x, weights(1))
    case("rnn_relu", run(torch.nn.RNN(3, 4, batch_first=True, nonlinearity="relu"), ("h",)), x, weights(1, h=state()))
    case("lstm", run(torch.nn.LSTM(3, 4, batch_first=True), ()), x, weights(4))
    case("lstm_from_state", run(torch.nn.LSTM(3, 4, batch_first=True), ("h", "s")), x,
         weights(4, h=state(), s=state()))
    case("gru", run(torch.nn.GRU(3, 4, batch_first=True), ("h",)), x, weights(3, b_hidden=normal(12), h=state()))


def projections():
    return {f"{kind}_{part}": normal(*shape, scale=0.6) for part in ("query", "key", "value", "out")
            for kind, shape in (("w", (6, 6)), ("b", (6,)))}


def in_projections(p, prefix=""):
    return {f"{prefix}in_proj_weight": torch.cat([p[f"w_{k}"].T for k in ("query", "key", "value")]),
            f"{prefix}in_proj_bias": torch.cat([p[f"b_{k}"] for k in ("query", "key", "value")]),
            f"{prefix}out_proj.weight": p["w_out"].T, f"{prefix}out_proj.bias": p["b_out"]}


def attention():
    module = torch.nn.MultiheadAttention(6, 2, batch_first=True)
    future = torch.triu(torch.ones(4, 4, dtype=torch.bool), 1)

    def attend(p, x, context, forbidden=None):
        return functional_call(module, in_projections(p), (x, context, context),
                               {"attn_mask": forbidden, "need_weights": False})[0]
    x = normal(2, 4, 6)
    case("attention", lambda p, x, c: attend(p, x, x), x, projections())
    case("attention_causal", lambda p, x, c: attend(p, x, x, future), x, projections())
    case("attention_context", lambda p, x, c: attend(p, x, c["context"]), x, projections(), {"context": normal(2, 5, 6)})
    mask = random.random((4, 4)) < 0.6
    np.fill_diagonal(mask, True)
    case("attention_mask", lambda p, x, c: attend(p, x, x, ~c["mask"]), x, projections(), {"mask": mask})
    block = torch.nn.TransformerEncoderLayer(6, 2, 10, dropout=0, activation="gelu", batch_first=True, norm_first=True)

    def transform(p, x, c):
        weights = in_projections(p, "self_attn.") | {
            "linear1.weight": p["w_up"].T, "linear1.bias": p["b_up"], "linear2.weight": p["w_down"].T,
            "linear2.bias": p["b_down"], "norm1.weight": p["weight1"], "norm1.bias": p["bias1"],
            "norm2.weight": p["weight2"], "norm2.bias": p["bias2"]}
        return functional_call(block, weights, (x,), {"src_mask": future.to(x.dtype) * -1e9})
    case("transformer_block", transform, x, projections() | {
        "w_up": normal(6, 10), "b_up": normal(10), "w_down": normal(10, 6), "b_down": normal(6), "weight1": normal(6),
        "bias1": normal(6), "weight2": normal(6), "bias2": normal(6)})

    def positions(p, x, c):
        at = torch.arange(4.0)[:, None] / 10000 ** (torch.arange(0, 6, 2.0) / 6)
        waves = torch.zeros(4, 6)
        waves[:, 0::2], waves[:, 1::2] = torch.sin(at), torch.cos(at)
        return x + waves
    case("positional", positions, x)


def losses():
    logits, classes = normal(5, 4), {"labels": random.integers(0, 4, 5)}
    for reduction in ("mean", "sum", "none"):
        case(f"cross_entropy_{reduction}", lambda p, x, c: F.cross_entropy(x, c["labels"], reduction=reduction), logits,
             None, classes)
    case("cross_entropy_smoothed", lambda p, x, c: F.cross_entropy(x, c["labels"], label_smoothing=0.2), logits, None,
         classes)
    case("cross_entropy_probabilities", lambda p, x, c: F.cross_entropy(x, c["labels"], label_smoothing=0.1), logits,
         None, {"labels": random.dirichlet(np.ones(4), 5)})
    case("cross_entropy_sequence", lambda p, x, c: F.cross_entropy(x.transpose(1, 2), c["labels"]), normal(2, 3, 4),
         None, {"labels": random.integers(0, 4, (2, 3))})
    y = {"y": normal(4, 3)}
    for reduction in ("mean", "sum", "none"):
        case(f"mse_{reduction}", lambda p, x, c: F.mse_loss(x, c["y"], reduction=reduction), normal(4, 3), None, y)
    case("mae", lambda p, x, c: F.l1_loss(x, c["y"]), normal(4, 3), None, y)
    case("huber", lambda p, x, c: F.huber_loss(x, c["y"], delta=0.7), normal(4, 3), None, y)
    case("binary_cross_entropy", lambda p, x, c: F.binary_cross_entropy_with_logits(x, c["y"]), normal(4, 3, scale=5),
         None, {"y": random.random((4, 3))})
    case("kl_div", lambda p, x, c: F.kl_div(F.log_softmax(x, -1), c["p"], reduction="batchmean"), logits, None,
         {"p": np.concatenate([np.eye(4)[:1], random.dirichlet(np.ones(4), 4)])})
    case("cosine_distance", lambda p, x, c: (1 - F.cosine_similarity(x, c["y"], -1)).mean(), normal(4, 3), None, y)
    case("hinge", lambda p, x, c: torch.clamp(1 - c["y"] * x, min=0).mean(), normal(6), None,
         {"y": np.where(random.random(6) < 0.5, -1.0, 1.0)})
    ctc()


def ctc():
    def loss(reduction):
        return lambda p, x, c: F.ctc_loss(F.log_softmax(x, -1).transpose(0, 1), c["labels"], c["times"], c["lengths"],
                                          blank=0, reduction=reduction)
    x = normal(4, 9, 5)
    c = {"labels": np.array([[1, 1, 2, 3], [4, 2, 2, 0], [3, 0, 0, 0], [1, 2, 0, 0]]), "times": np.array([9, 8, 6, 9]),
         "lengths": np.array([4, 3, 1, 0])}
    for reduction in ("mean", "none"):
        case(f"ctc_{reduction}", loss(reduction), x, None, c)
    case("ctc_whole", loss("sum"), normal(2, 7, 5), None,
         {"labels": np.array([[1, 2, 1], [3, 3, 3]]), "times": np.array([7, 7]), "lengths": np.array([3, 3])})


def metrics():
    n, k = 40, 3
    scores, labels = normal(n, k), random.integers(0, k, n)
    predicted = scores.argmax(-1)
    matrix = np.zeros((k, k), int)
    np.add.at(matrix, (labels, predicted), 1)
    right, of_prediction, of_label = np.diag(matrix), matrix.sum(0), matrix.sum(1)
    single, truth = np.round(normal(n), 1), random.integers(0, 2, n)
    gaps = single[truth == 1][:, None] - single[truth == 0][None]
    arrays.update({f"metrics/{key}": np.asarray(value) for key, value in {
        "scores": scores, "labels": labels, "confusion": matrix, "accuracy": (predicted == labels).mean(),
        "precision": right / of_prediction, "recall": right / of_label, "f1": 2 * right / (of_prediction + of_label),
        "top_2": np.mean([label in np.argsort(-row)[:2] for row, label in zip(scores, labels)]),
        "single": single, "truth": truth, "auc": np.mean((gaps > 0) + 0.5 * (gaps == 0)),
        "single_precision": truth[single > 0].mean(), "single_recall": (single[truth == 1] > 0).mean()}.items()})


layers()
losses()
metrics()
target = pathlib.Path(__file__).parent.parent / "src/test/resources/oracle/nn.npz"
np.savez_compressed(target, **arrays)
print(f"{len({key.split('/')[0] for key in arrays})} cases, {target.stat().st_size} bytes")
