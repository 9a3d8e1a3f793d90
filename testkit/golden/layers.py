"""Golden values of one layer at a time.

Each case is evaluated in double precision; single precision must agree within half of what the
kit tolerates, or the case would judge rounding.
"""

import zlib

import numpy as np
import torch

from layer_cases import all_cases

FORWARD, GRADIENT = 1e-5, 1e-4


def generator(name):
    return np.random.default_rng(zlib.crc32(name.encode()))


def _weight(rng, name, shape):
    if name.endswith("running_var"):
        values = rng.uniform(0.5, 2, size=shape)
    elif name.endswith("running_mean"):
        values = rng.normal(size=shape) / 2
    elif len(shape) > 1:
        values = rng.uniform(-1, 1, size=shape) * np.sqrt(3 / np.prod(shape[1:]))
    else:
        values = rng.uniform(0.5, 1.5, size=shape) * rng.choice([-1, 1], size=shape)
    return values.astype(np.float32)


def deviation(actual, expected):
    largest = np.abs(expected).max()
    return np.abs(actual.astype(np.float64) - expected).max() / (largest if largest > 0 else 1)


def _outputs(case, inputs, weights, training):
    """Suffix of the golden name (none for the first) to output."""
    result = case.f(inputs, weights, training)
    named = result if isinstance(result, dict) else {"output": result}
    return {"" if name == "output" else "." + name: value for name, value in named.items()}


def _evaluate(case, inputs, weights, targets, dtype):
    """Outputs, loss (half the sum of squares), gradients and new statistics."""
    xs = [torch.tensor(x, dtype=dtype, requires_grad=True) for x in inputs]
    ws = {name: torch.tensor(w, dtype=dtype) for name, w in weights.items()}
    learned = {n: w for n, w in ws.items() if not case.frozen and ".running_" not in n}
    for w in learned.values():
        w.requires_grad_()
    result = {
        "output" + suffix: value.detach().numpy()
        for suffix, value in _outputs(case, xs, ws, False).items()}
    loss = 0
    for suffix, value in _outputs(case, xs, ws, True).items():
        result["trained_output" + suffix] = value.detach().numpy()
        loss = loss + ((value - torch.tensor(targets[suffix], dtype=dtype)) ** 2).sum() / 2
    loss.backward()
    result["loss"] = loss.detach().numpy()
    for i, x in enumerate(xs):
        result["gradient/x%d" % i] = x.grad.numpy()
    for name, w in learned.items():
        result["gradient/" + name] = w.grad.numpy()
    for name, w in ws.items():
        if ".running_" in name:
            result["after/" + name] = w.detach().numpy()
    return result


def _golden(case):
    rng = generator(case.name)
    inputs = [
        case.values(rng, (case.batch, *shape)).astype(np.float32) for shape in case.inputs]
    weights = {name: _weight(rng, name, shape) for name, shape in case.weights.items()}
    outputs = _outputs(
        case, [torch.tensor(x) for x in inputs], {n: torch.tensor(w) for n, w in weights.items()},
        False)
    # Of one row for the whole batch too, there is a target for each sample.
    targets = {
        suffix: rng.normal(size=(case.batch, *value.shape[1:])).astype(np.float32)
        for suffix, value in outputs.items()}
    exact = _evaluate(case, inputs, weights, targets, torch.float64)
    single = _evaluate(case, inputs, weights, targets, torch.float32)
    for key, value in exact.items():
        limit = GRADIENT if key.startswith("gradient") else FORWARD
        off = deviation(single[key], value)
        if off > limit / 2:
            raise SystemExit("%s: %s differs by %.1e in single precision" % (case.name, key, off))
    given = {"input/x%d" % i: x for i, x in enumerate(inputs)}
    given.update({"weight/" + name: w for name, w in weights.items()})
    given.update({"target" + suffix: target for suffix, target in targets.items()})
    if all(np.array_equal(exact["trained_output" + s], exact["output" + s]) for s in targets):
        exact = {k: v for k, v in exact.items() if not k.startswith("trained_output")}
    given.update({key: value.astype(np.float32) for key, value in exact.items()})
    return {case.name + "/" + key: np.array(v, order="C") for key, v in given.items()}


def golden():
    result = {}
    for case in all_cases():
        values = _golden(case)
        if result.keys() & values.keys():
            raise SystemExit("two cases are named " + case.name)
        result.update(values)
    return result
