"""Golden loss curves: fifty steps of three small nets on pictures of four kinds.

The truth is PyTorch in double precision. A start counts only if single precision stays within a
tenth of what the kit tolerates, so that a curve that leaves it has another reason than rounding.
"""

import numpy as np
import torch
import torch.nn.functional as F

from layers import generator
from random_stream import dropout_mask

STEPS = 50
TOLERANCE = 1e-3
SAMPLES, BATCH = 32, 8
CLASSES = 4
SEED = 31
DROP = 0.2


def pictures(rng):
    """Stripes of four directions and any phase and colour, under a blob of light and noise."""
    y, x = np.mgrid[0:10, 0:12] / 10
    images, labels = [], []
    for i in range(SAMPLES):
        kind = i % CLASSES
        angle = np.pi * (kind + 0.3 * rng.uniform(-1, 1)) / CLASSES
        phase, period = rng.uniform(0, 2 * np.pi), rng.uniform(8, 14)
        stripes = np.sin(period * (x * np.cos(angle) + y * np.sin(angle)) + phase)
        centre = rng.uniform(0, 1, size=2)
        blob = np.exp(-8 * ((x - centre[0]) ** 2 + (y - centre[1]) ** 2))
        colour = rng.uniform(0.3, 1, size=(3, 1, 1))
        images.append(colour * stripes + blob + 0.3 * rng.normal(size=(3, 10, 12)))
        labels.append(kind)
    order = rng.permutation(SAMPLES)
    return np.array(images, np.float32)[order], np.array(labels, np.int64)[order]


def _conv(x, w, path, stride=1, pad=0):
    return F.conv2d(x, w[path + ".weight"], w.get(path + ".bias"), stride, pad)


def _norm(x, w, path):
    return F.batch_norm(
        x, w[path + ".running_mean"], w[path + ".running_var"], w[path + ".weight"],
        w[path + ".bias"], True, 0.1, 1e-5)


def _head(x, w):
    return F.linear(x.flatten(1), w["head.weight"], w["head.bias"])


def plain(x, w, step):
    y = F.max_pool2d(F.relu(_conv(x, w, "conv1", 1, 1)), 2)
    y = F.relu(_conv(y, w, "conv2")).flatten(1)
    return _head(F.relu(F.linear(y, w["hidden.weight"], w["hidden.bias"])), w)


def _unit(x, w, path, stride):
    y = F.relu(_norm(_conv(x, w, path + ".conv1", stride, 1), w, path + ".norm1"))
    y = _norm(_conv(y, w, path + ".conv2", 1, 1), w, path + ".norm2")
    if path + ".shortcut.weight" in w:
        x = _norm(_conv(x, w, path + ".shortcut", stride), w, path + ".shortcut_norm")
    return F.relu(y + x)


def residual(x, w, step):
    y = F.relu(_norm(_conv(x, w, "stem", 1, 1), w, "stem_norm"))
    y = _unit(_unit(y, w, "unit1", 1), w, "unit2", 2)
    return _head(F.adaptive_avg_pool2d(y, 1), w)


def inception(x, w, step):
    y = F.local_response_norm(F.relu(_conv(x, w, "stem")), 5, 0.5, 0.75, 1)
    y = F.max_pool2d(y, 3, 2, 0, 1, True)
    one = _conv(y, w, "mixed.one")
    three = _conv(F.relu(_conv(y, w, "mixed.reduce3")), w, "mixed.three", 1, 1)
    five = _conv(F.relu(_conv(y, w, "mixed.reduce5")), w, "mixed.five", 1, 2)
    pooled = _conv(F.max_pool2d(y, 3, 1, 1), w, "mixed.pooled")
    y = F.relu(torch.cat([one, three, five, pooled], 1))
    y = F.adaptive_avg_pool2d(y, 1).flatten(1)
    mask = dropout_mask(SEED, step, "drop", DROP, y.shape)
    return _head(y * torch.tensor(mask).to(y), w)


def _shapes(bias, norms, **shapes):
    result = {}
    for path, shape in shapes.items():
        path = path.replace("__", ".")
        result[path + ".weight"] = shape
        if bias or path in ("head", "hidden"):
            result[path + ".bias"] = shape[:1]
    for path, channels in norms.items():
        for name in ("weight", "bias", "running_mean", "running_var"):
            result[path.replace("__", ".") + "." + name] = (channels,)
    return result


# name: net, shapes, optimizer of weights and of the rest
NETS = {
    "plain": (
        plain,
        _shapes(True, {}, conv1=(6, 3, 3, 3), conv2=(8, 6, 3, 3), hidden=(16, 96), head=(4, 16)),
        lambda w, rest: torch.optim.SGD(w + rest, 0.02, momentum=0.9)),
    "residual": (
        residual,
        _shapes(
            False,
            {"stem_norm": 6, "unit1.norm1": 6, "unit1.norm2": 6, "unit2.norm1": 8,
             "unit2.norm2": 8, "unit2.shortcut_norm": 8},
            stem=(6, 3, 3, 3), unit1__conv1=(6, 6, 3, 3), unit1__conv2=(6, 6, 3, 3),
            unit2__conv1=(8, 6, 3, 3), unit2__conv2=(8, 8, 3, 3), unit2__shortcut=(8, 6, 1, 1),
            head=(4, 8)),
        lambda w, rest: torch.optim.AdamW(
            [{"params": w}, {"params": rest, "weight_decay": 0}], 0.003, weight_decay=0.05)),
    "inception": (
        inception,
        _shapes(
            True, {}, stem=(6, 3, 3, 3), mixed__one=(4, 6, 1, 1), mixed__reduce3=(4, 6, 1, 1),
            mixed__three=(6, 4, 3, 3), mixed__reduce5=(2, 6, 1, 1), mixed__five=(3, 2, 5, 5),
            mixed__pooled=(3, 6, 1, 1), head=(4, 16)),
        lambda w, rest: torch.optim.Adam(w + rest, 0.01)),
}


def _start(rng, shapes):
    result = {}
    for name, shape in shapes.items():
        if len(shape) > 1:
            values = rng.uniform(-1, 1, size=shape) * np.sqrt(6 / np.prod(shape[1:]))
        elif name.endswith("running_var") or "norm" in name and name.endswith(".weight"):
            values = np.ones(shape)
        else:
            values = np.zeros(shape)
        result[name] = values.astype(np.float32)
    return result


def _run(net, start, optimizer, images, labels, dtype):
    weights = {n: torch.tensor(w, dtype=dtype) for n, w in start.items()}
    learned = [w.requires_grad_() for n, w in weights.items() if ".running_" not in n]
    engine = optimizer([w for w in learned if w.dim() > 1], [w for w in learned if w.dim() <= 1])
    losses = []
    for step in range(1, STEPS + 1):
        first = (step - 1) * BATCH % SAMPLES
        x = torch.tensor(images[first: first + BATCH], dtype=dtype)
        value = F.cross_entropy(
            net(x, weights, step), torch.tensor(labels[first: first + BATCH]))
        engine.zero_grad()
        value.backward()
        engine.step()
        losses.append(value.item())
    return np.array(losses)


def golden():
    images, labels = pictures(generator("pictures"))
    result = {"images": images, "labels": labels}
    for name, (net, shapes, optimizer) in NETS.items():
        for attempt in range(100):
            start = _start(generator("curve %s %d" % (name, attempt)), shapes)
            exact = _run(net, start, optimizer, images, labels, torch.float64)
            single = _run(net, start, optimizer, images, labels, torch.float32)
            if np.abs(exact - single).max() <= TOLERANCE / 10 and exact[-1] < exact[0] / 2:
                break
        else:
            raise SystemExit("every start of %s hangs on rounding" % name)
        result.update({"%s/start/%s" % (name, n): w for n, w in start.items()})
        result[name + "/loss"] = exact.astype(np.float32)
    return result
