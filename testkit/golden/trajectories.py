"""Golden trajectories: ten steps of every optimizer with every loss, and of a net with dropout.

The truth is PyTorch in double precision. The start is drawn anew until PyTorch in single precision
stays well within what the kit tolerates, so that no trajectory hangs on the sign of a rounding.
"""

import numpy as np
import torch
import torch.nn.functional as F

from layers import deviation, generator
from losses import WEIGHTS, _cross_entropy, _mse
from random_stream import dropout_mask

TOLERANCE = 1e-5
BATCHES = (4, 4, 3)
KEPT = (1, 2, 5, 10)
CLASSES = 4
IGNORED = 1
SEED = -987654321987

# PyTorch 1.13 multiplies by mu once too often in NAdam without foreach; 2.0 mended it
# (https://github.com/pytorch/pytorch/pull/92699).
OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, 0.05),
    "sgd_weight_decay": lambda p: torch.optim.SGD(p, 0.05, weight_decay=0.1),
    "sgd_momentum": lambda p: torch.optim.SGD(p, 0.02, momentum=0.9, weight_decay=0.01),
    "sgd_nesterov": lambda p: torch.optim.SGD(p, 0.02, momentum=0.8, nesterov=True),
    "adam": lambda p: torch.optim.Adam(p, 0.01),
    "adam_weight_decay": lambda p: torch.optim.Adam(p, 0.01, (0.8, 0.99), weight_decay=0.1),
    "adamw": lambda p: torch.optim.AdamW(p, 0.01, weight_decay=0.1),
    "nadam": lambda p: torch.optim.NAdam(p, 0.01, foreach=True),
    "nadam_keras": lambda p: torch.optim.NAdam(
        p, 0.01, weight_decay=0.05, momentum_decay=1, foreach=True),
    "rmsprop": lambda p: torch.optim.RMSprop(p, 0.003),
    "rmsprop_momentum": lambda p: torch.optim.RMSprop(
        p, 0.002, alpha=0.9, momentum=0.7, weight_decay=0.02),
    "adagrad": lambda p: torch.optim.Adagrad(p, 0.03),
    "adagrad_weight_decay": lambda p: torch.optim.Adagrad(p, 0.03, weight_decay=0.1),
}


def _binary(z, labels):
    return F.binary_cross_entropy_with_logits(z, labels.to(z.dtype))


# name: labels it reads, loss
LOSSES = {
    "ids": ("ids", _cross_entropy()),
    "shares": ("shares", _cross_entropy()),
    "smoothed": ("ids", _cross_entropy(label_smoothing=0.1)),
    "weighted": ("ids", _cross_entropy(weight=0)),
    "ignoring": ("ids", _cross_entropy(ignore_index=IGNORED)),
    "binary": ("shares", _binary),
    "squares": ("values", _mse),
}

SHAPES = {
    "conv.weight": (3, 2, 3, 3), "conv.bias": (3,), "dense.weight": (CLASSES, 27),
    "dense.bias": (CLASSES,)}
DROPOUT_SHAPES = {
    "conv.weight": (3, 2, 3, 3), "conv.bias": (3,), "head.hidden.weight": (6, 126),
    "head.hidden.bias": (6,), "dense.weight": (CLASSES, 6), "dense.bias": (CLASSES,)}


def _net(x, w, step):
    y = F.relu(F.conv2d(x, w["conv.weight"], w["conv.bias"], 1, 1))
    return F.linear(F.max_pool2d(y, 2).flatten(1), w["dense.weight"], w["dense.bias"])


def _dropped(x, step, path, p):
    return x * torch.tensor(dropout_mask(SEED, step, path, p, x.shape)).to(x)


def _dropout_net(x, w, step):
    y = F.relu(F.conv2d(x, w["conv.weight"], w["conv.bias"], 1, 1))
    y = _dropped(y, step, "drop", 0.3).flatten(1)
    y = torch.tanh(F.linear(y, w["head.hidden.weight"], w["head.hidden.bias"]))
    y = _dropped(y, step, "head.drop", 0.5)
    return F.linear(y, w["dense.weight"], w["dense.bias"])


def _batches(rng):
    result = {}
    for k, size in enumerate(BATCHES):
        shares = rng.uniform(0.05, 1, size=(size, CLASSES))
        shares /= shares.sum(1, keepdims=True)
        ids = np.concatenate([[IGNORED], rng.integers(0, CLASSES, size=size - 1)])
        result.update({
            "batch%d/input" % k: rng.normal(size=(size, 2, 7, 6)).astype(np.float32),
            "batch%d/ids" % k: ids.astype(np.int64),
            "batch%d/shares" % k: shares.astype(np.float32),
            "batch%d/values" % k: rng.normal(size=(size, CLASSES)).astype(np.float32)})
    return result


def _start(rng, shapes):
    return {
        name: (rng.uniform(-1, 1, size=shape)
               / np.sqrt(np.prod(shape[1:]) if len(shape) > 1 else 4)).astype(np.float32)
        for name, shape in shapes.items()}


def _run(net, start, batches, labels, loss, optimizer, steps, dtype):
    weights = {n: torch.tensor(w, dtype=dtype, requires_grad=True) for n, w in start.items()}
    engine = optimizer(list(weights.values()))
    result, losses = {}, []
    for step in range(1, steps + 1):
        batch = "batch%d/" % ((step - 1) % len(BATCHES))
        output = net(torch.tensor(batches[batch + "input"], dtype=dtype), weights, step)
        value = loss(output, torch.tensor(batches[batch + labels]))
        engine.zero_grad()
        value.backward()
        engine.step()
        losses.append(value.item())
        if step in KEPT:
            for name, weight in weights.items():
                result["step%d/%s" % (step, name)] = weight.detach().numpy().copy()
    result["loss"] = np.array(losses)
    return result


def _both(*arguments):
    """The trajectory in double precision, or None where single precision leaves it."""
    exact = _run(*arguments, torch.float64)
    single = _run(*arguments, torch.float32)
    if any(deviation(single[key], exact[key]) > TOLERANCE / 5 for key in exact):
        return None
    return {key: value.astype(np.float32) for key, value in exact.items()}


def _every(start, batches):
    result = {}
    for optimizer_name, optimizer in OPTIMIZERS.items():
        for loss_name, (labels, loss) in LOSSES.items():
            values = _both(_net, start, batches, labels, loss, optimizer, 10)
            if values is None:
                return None
            result.update(
                {"%s/%s/%s" % (optimizer_name, loss_name, k): v for k, v in values.items()})
    return result


def golden():
    for attempt in range(1000):
        rng = generator("trajectories %d" % attempt)
        batches, start = _batches(rng), _start(rng, SHAPES)
        values = _every(start, batches)
        if values:
            result = {**batches, **{"start/" + n: w for n, w in start.items()}, **values}
            return result
    raise SystemExit("every start hangs on rounding")


def dropout():
    for attempt in range(1000):
        rng = generator("dropout %d" % attempt)
        batches, start = _batches(rng), _start(rng, DROPOUT_SHAPES)
        values = _both(_dropout_net, start, batches, "ids", _cross_entropy(),
                       OPTIMIZERS["sgd_momentum"], 5)
        if values:
            values["mask/drop"] = dropout_mask(SEED, 3, "drop", 0.3, (3, 3, 7, 6))
            values["mask/head.drop"] = dropout_mask(SEED, 3, "head.drop", 0.5, (3, 6))
            return {**batches, **{"start/" + n: w for n, w in start.items()}, **values}
    raise SystemExit("every start hangs on rounding")
