"""Functions of numbers, quotients, single numbers, and values of the whole batch."""

import torch
import torch.nn.functional as F

from case import Case, around
from random_stream import dropout_mask

SEED = 20
IMAGE = (3, 4, 5)


def positive(rng, shape):
    """Within [0.01, 4]."""
    return rng.uniform(0.01, 4, size=shape)


def apart(rng, shape):
    """Away from 0, of both signs."""
    return rng.choice([-1, 1], size=shape) * rng.uniform(0.3, 3, size=shape)


def with_zeros(rng, shape):
    """Some exactly 0."""
    result = rng.normal(size=shape)
    result.reshape(-1)[::5] = 0
    return result


def functions():
    def of(name, f, values=None, shape=IMAGE, **kw):
        return Case(name, [shape], lambda x, w, t: f(x[0]), values=values, **kw)

    return [
        of("exp", torch.exp),
        of("log", torch.log, positive),
        of("sqrt", torch.sqrt, positive),
        of("abs", torch.abs, around([0])),
        of("abs_at_zero", torch.abs, with_zeros),
        of("power_2", lambda x: x ** 2, with_zeros),
        of("power_3", lambda x: x ** 3, with_zeros),
        of("power_1", lambda x: x ** 1, with_zeros),
        of("power_0_added", lambda x: x ** 0 + x, with_zeros),
        of("power_of_a_fraction", lambda x: x ** 1.7, positive),
        of("power_of_a_half", lambda x: x ** 0.5, positive),
        of("power_minus_1", lambda x: x ** -1, apart),
        of("power_minus_1.5_of_a_vector", lambda x: x ** -1.5,
           lambda rng, shape: rng.uniform(0.3, 3, size=shape), (7,), batch=3),
    ]


def quotients():
    def divide(name, *inputs, **kw):
        return Case("divide" + name, list(inputs), lambda x, w, t: x[0] / x[1], values=apart, **kw)

    return [
        divide("", IMAGE, IMAGE, batch=3),
        divide("_broadcast_channels", IMAGE, (3, 1, 1)),
        divide("_broadcast_channels_first", (3, 1, 1), IMAGE),
        divide("_broadcast_both_sides", (3, 1, 5), (1, 4, 1)),
        divide("_broadcast_matrices", (4, 1), (1, 5)),
        Case("divide_by_own_sum", [IMAGE],
             lambda x, w, t: x[0] / x[0].sum(1, keepdim=True), values=positive),
        Case("divide_by_own_square", [(6,)], lambda x, w, t: x[0] / (x[0] * x[0] + 1)),
    ]


def numbers():
    """Samples without axes."""
    def of(name, f, count=1, **kw):
        return Case("number_" + name, [()] * count, lambda x, w, t: f(*x), batch=3, **kw)

    return [
        of("exp", torch.exp),
        of("clip", lambda x: F.hardtanh(x, -0.5, 0.5)),
        of("affine", lambda x: x * -2.5 + 0.75),
        of("add", lambda x, y, z: x + y + z, 3),
        of("subtract", lambda x, y: x - y, 2),
        of("multiply", lambda x, y: x * y, 2),
        of("divide", lambda x, y: x / y, 2, values=apart),
        of("reshaped", lambda x: torch.tanh(x).reshape(-1, 1, 1)),
        of("flattened", lambda x: x.reshape(-1, 1)),
        of("sum_of_the_batch", lambda x: (x * x).sum(0, keepdim=True)),
        of("mean_of_the_batch", lambda x: (x * x).mean(0, keepdim=True)),
        Case("number_learned", [()], lambda x, w, t: x[0] * w["layer.weight"],
             {"layer.weight": ()}, batch=3),
        Case("affine_one_number", [IMAGE], lambda x, w, t: x[0] * -2.5 + 0.75),
        Case("affine_one_factor", [(4, 5)], lambda x, w, t: x[0] * 0.3),
        Case("reshape_to_a_number", [(1, 1)], lambda x, w, t: torch.tanh(x[0].reshape(-1))),
    ]


def batches():
    """A value of the whole batch has one row, which repeats beside samples."""
    def mean(x):
        return x.mean(0, keepdim=True)

    def total(x):
        return x.sum(0, keepdim=True)

    def of(name, f, *inputs, batch=3, **kw):
        return Case("batch_" + name, list(inputs), lambda x, w, t: f(*x), batch=batch, **kw)

    def dropout(x, w, t):
        row = mean(x[0])
        return row * torch.tensor(dropout_mask(SEED, 1, "layer", 0.4, row.shape)).to(row) \
            if t else row

    pixels = {"layer.weight": (2, 3, 3, 3), "layer.bias": (2,)}
    units = {"layer.weight": (4, 5), "layer.bias": (4,)}
    channels = {"layer." + n: (3,) for n in ("weight", "bias", "running_mean", "running_var")}
    return [
        of("sum", total, IMAGE),
        of("mean", mean, (5,)),
        of("mean_of_one", mean, (5,), batch=1),
        of("mean_of_its_mean", lambda x: mean(mean(x)), (4, 2)),
        of("added", lambda x, y: x + mean(y), IMAGE, IMAGE),
        of("added_first", lambda x, y: mean(x) + y, (5,), (5,)),
        of("added_in_the_middle", lambda x, y, z: x + total(y) + z, (4,), (4,), (4,)),
        of("added_along_axes", lambda x, y: mean(x) + y, (3, 1, 1), (1, 4, 5)),
        of("rows_added", lambda x, y: mean(x) + total(y), (4, 1), (1, 3)),
        of("centred", lambda x: x - mean(x), IMAGE),
        of("gate", lambda x, y: x * torch.sigmoid(mean(y)), IMAGE, (3, 1, 1)),
        of("gate_first", lambda x, y: total(x) * y, (5,), (5,)),
        of("divided", lambda x, y: x / total(y), (5,), (5,), values=positive),
        of("divided_first", lambda x, y: mean(x) / y, IMAGE, (3, 1, 1), values=apart),
        of("share", lambda x: torch.exp(x) / total(torch.exp(x)), (5,)),
        Case("batch_mean_convolved", [IMAGE, (2, 1, 1)],
             lambda x, w, t: F.conv2d(mean(x[0]), w["layer.weight"], w["layer.bias"]) + x[1],
             pixels, batch=3),
        Case("batch_mean_dense", [(5,)],
             lambda x, w, t: F.softmax(F.linear(mean(x[0]), w["layer.weight"], w["layer.bias"]), 1),
             units, batch=3),
        Case("batch_mean_pooled", [(2, 4, 6)],
             lambda x, w, t: F.max_pool2d(mean(x[0]), 2).flatten(1).reshape(-1, 4, 3)[:, 1:, :]
             .transpose(1, 2), batch=3),
        Case("batch_mean_normalised", [IMAGE],
             lambda x, w, t: F.batch_norm(
                 mean(x[0]), w["layer.running_mean"], w["layer.running_var"], w["layer.weight"],
                 w["layer.bias"], t), channels, batch=3),
        Case("batch_mean_dropped", [(20,)], dropout, batch=3),
        of("mean_of_everything", lambda x: (x * x).mean().reshape(1), IMAGE),
        of("sum_of_everything", lambda x: torch.tanh(x).sum().reshape(1), (4, 5)),
        of("quotient_of_sums",
           lambda x, y: ((x * y).sum() / (y.sum() + 1)).reshape(1), (4,), (4,), values=positive),
        of("normalised_by_hand",
           lambda x: (x - mean(x)) / (mean((x - mean(x)) ** 2) + 0.1).sqrt(), (3, 4)),
    ]


def all_cases():
    return functions() + quotients() + numbers() + batches()
