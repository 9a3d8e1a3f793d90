"""The cases of dev.trifocal.testkit.LayerCases, by the same names, in PyTorch."""

import numpy as np
import torch
import torch.nn.functional as F

import arithmetic_cases
import axis_cases
import broadcast_cases
import image_cases
import norm_cases
from case import Case, around, negative, ties, ties_of_images
from random_stream import dropout_mask

SEED = 20


def _pair(value):
    return value if isinstance(value, tuple) else (value, value)


def conv(name, image, filters, kernel, stride=1, pad=0, dilation=1, groups=1, bias=True, **kw):
    """pad: a number, or (top, left, bottom, right)."""
    top, left, bottom, right = pad if isinstance(pad, tuple) else (pad,) * 4
    height, width = _pair(kernel)
    weights = {"layer.weight": (filters, image[0] // groups, height, width)}
    if bias:
        weights["layer.bias"] = (filters,)

    def f(x, w, training):
        padded = F.pad(x[0], (left, right, top, bottom))
        return F.conv2d(
            padded, w["layer.weight"], w.get("layer.bias"), stride, 0, dilation, groups)

    return Case("conv2d_" + name, [image], f, weights, **kw)


def convs():
    return [
        conv("1x1", (3, 5, 6), 4, 1),
        conv("1x1_stride_2", (3, 7, 6), 4, 1, stride=2),
        conv("3x3", (3, 5, 7), 4, 3, batch=3),
        conv("3x3_padded", (3, 5, 7), 4, 3, pad=1),
        conv("3x3_stride_2", (2, 6, 9), 3, 3, stride=2),
        conv("3x3_stride_2_padded", (3, 7, 8), 4, 3, stride=2, pad=1),
        conv("5x5_padded", (2, 6, 7), 3, 5, pad=2),
        conv("5x5_stride_2", (2, 8, 11), 3, 5, stride=2, pad=1),
        conv("7x7_stride_2", (2, 9, 12), 3, 7, stride=2, pad=3),
        conv("asymmetric_padding", (2, 5, 6), 3, 3, pad=(2, 0, 1, 3)),
        conv("same_stride_2", (3, 6, 8), 4, 3, stride=2, pad=(0, 0, 1, 1)),
        conv("dilation_2", (2, 7, 8), 3, 3, dilation=2),
        conv("dilation_2_stride_2_padded", (2, 8, 9), 3, 3, stride=2, pad=2, dilation=2),
        conv("groups_2", (4, 5, 6), 6, 3, pad=1, groups=2),
        conv("groups_3_stride_2", (6, 6, 7), 3, 3, stride=2, pad=1, groups=3),
        conv("groups_2_1x1", (4, 3, 5), 6, 1, groups=2),
        conv("depthwise", (4, 5, 6), 4, 3, pad=1, groups=4, batch=3),
        conv("depthwise_stride_2", (3, 6, 7), 3, 3, stride=2, pad=1, groups=3),
        conv("depthwise_same_stride_2", (3, 6, 8), 3, 3, stride=2, pad=(0, 0, 1, 1), groups=3),
        conv("depthwise_multiplier_2", (3, 5, 6), 6, 3, groups=3),
        conv("depthwise_5x5_without_bias", (3, 6, 5), 3, 5, pad=2, groups=3, bias=False),
        conv("depthwise_dilation_2", (3, 6, 7), 3, 3, pad=2, dilation=2, groups=3),
        conv("without_bias", (3, 5, 6), 4, 3, pad=1, bias=False),
        conv("kernel_3x1", (2, 6, 5), 3, (3, 1)),
        conv("kernel_1x5_stride_2x3", (2, 5, 11), 3, (1, 5), stride=(2, 3), pad=(0, 2, 0, 2)),
        conv("stride_larger_than_kernel", (2, 8, 9), 3, 2, stride=3),
        conv("kernel_of_the_whole_input", (2, 4, 6), 5, (4, 6)),
        conv("one_channel_one_filter", (1, 5, 6), 1, 3, pad=1),
        conv("33_channels", (33, 4, 5), 17, 3, pad=1),
        conv("33_filters_stride_2", (5, 6, 7), 33, 3, stride=2, pad=1),
        conv("33_channels_1x1", (33, 3, 4), 18, 1, batch=3),
        Case("conv2d_frozen", [(2, 5, 6)],
             lambda x, w, training: F.conv2d(x[0], w["layer.weight"], w["layer.bias"], 2, 1),
             {"layer.weight": (3, 2, 3, 3), "layer.bias": (3,)}, frozen=True),
    ]


def wide_convs():
    """Enough channels and filters to be worth another algorithm."""
    def wide(name, height, width, kernel, **kw):
        return conv("wide_" + name, (8, height, width), 9, kernel, **kw)

    return [
        wide("1x1_stride_2", 5, 6, 1, stride=2),
        wide("1x1_padded", 3, 4, 1, pad=(1, 0, 0, 1)),
        wide("3x3", 4, 6, 3),
        wide("3x3_padded", 4, 5, 3, pad=1, batch=3),
        wide("3x3_stride_2_padded", 5, 6, 3, stride=2, pad=1),
        wide("3x3_stride_1x2_padded", 4, 5, 3, stride=(1, 2), pad=1),
        wide("3x3_stride_2x1_padded", 5, 4, 3, stride=(2, 1), pad=1),
        wide("asymmetric_padding", 4, 5, 3, pad=(2, 0, 1, 3)),
        wide("more_padding_than_kernel", 3, 4, 2, pad=(2, 1, 2, 0)),
        wide("same_stride_2", 4, 6, 3, stride=2, pad=(0, 0, 1, 1)),
        wide("dilation_2_padded", 5, 6, 3, pad=2, dilation=2),
        wide("dilation_2_stride_2", 6, 7, 3, stride=2, pad=1, dilation=2),
        wide("5x5_padded", 4, 5, 5, pad=2),
        wide("kernel_3x1_padded", 5, 4, (3, 1), pad=(1, 0, 1, 0)),
        wide("kernel_1x3", 3, 6, (1, 3)),
        wide("stride_larger_than_kernel", 5, 7, 2, stride=3),
        wide("kernel_of_the_whole_input", 3, 4, (3, 4)),
        conv("wide_groups_2", (16, 4, 3), 18, 3, pad=1, groups=2),
    ]


def max_pool(name, image, kernel, stride, pad=0, dilation=1, ceil=False, **kw):
    def f(x, w, training):
        return F.max_pool2d(x[0], kernel, stride, pad, dilation, ceil)

    return Case("max_pool2d_" + name, [image], f, **kw)


def max_pools():
    return [
        max_pool("2", (2, 6, 8), 2, 2),
        max_pool("2_leaving_a_row_out", (3, 7, 9), 2, 2, batch=3),
        max_pool("3_stride_2", (2, 7, 9), 3, 2),
        max_pool("3_stride_2_padded", (2, 7, 8), 3, 2, 1),
        max_pool("3_stride_2_ceil", (2, 6, 8), 3, 2, ceil=True),
        max_pool("2_ceil", (2, 5, 7), 2, 2, ceil=True),
        max_pool("2_stride_2_padded_ceil", (2, 5, 6), 2, 2, 1, ceil=True),
        max_pool("3_stride_1_padded", (2, 5, 6), 3, 1, 1),
        max_pool("kernel_2x3", (2, 6, 7), (2, 3), (2, 1)),
        max_pool("stride_larger_than_kernel", (2, 8, 9), 2, 3),
        max_pool("dilation_2", (2, 7, 8), 2, 2, dilation=2),
        max_pool("padding_never_wins", (2, 5, 6), 3, 2, 1, values=negative),
        max_pool("2_ties", (2, 6, 8), 2, 2, values=ties, batch=3),
        max_pool("3_stride_2_ties", (2, 7, 9), 3, 2, values=ties),
        max_pool("3_stride_1_padded_ties", (2, 5, 6), 3, 1, 1, values=ties),
        max_pool("3_stride_2_ceil_ties", (2, 6, 8), 3, 2, ceil=True, values=ties),
        Case("max_pool2d_asymmetric_padding", [(2, 6, 8)],
             lambda x, w, training: F.max_pool2d(
                 F.pad(x[0], (0, 1, 0, 1), value=-np.inf), 3, 2), values=negative),
        max_pool("5_stride_3_ceil", (2, 6, 8), 5, 3, 2, ceil=True),
        max_pool("3_stride_1_dilation_2_ties", (2, 6, 7), 3, 1, dilation=2, values=ties),
        Case("max_pool2d_3_stride_2_asymmetric_ceil", [(2, 7, 6)],
             lambda x, w, training: F.max_pool2d(
                 F.pad(x[0], (2, 1, 0, 1), value=-np.inf), 3, 2, ceil_mode=True)),
        Case("max_pool2d_3_stride_2_ceil_not_into_padding", [(2, 6, 8)],
             lambda x, w, training: F.max_pool2d(
                 F.pad(x[0], (0, 2, 0, 2), value=-np.inf), 3, 2, ceil_mode=True)[:, :, :3, :4]),
        max_pool("3_stride_2_ceil_higher_than_the_image", (2, 2, 7), 3, 2, ceil=True),
        max_pool("5_stride_3_ceil_larger_than_the_image", (2, 4, 3), 5, 3, ceil=True),
        max_pool("6_stride_3_padded_ceil_larger_than_the_image", (2, 2, 3), 6, 3, 1, ceil=True),
        max_pool("3_stride_2_dilation_2_ceil_higher_than_the_image", (2, 4, 6), 3, 2,
                 dilation=2, ceil=True),
        Case("max_pool2d_after_relu", [(2, 6, 8)],
             lambda x, w, training: F.max_pool2d(F.relu(x[0]), 3, 2)),
        Case("max_pool2d_2_after_relu", [(2, 6, 8)],
             lambda x, w, training: F.max_pool2d(F.relu(x[0]), 2)),
        Case("max_pool2d_and_avg_pool2d_after_relu", [(2, 6, 8)],
             lambda x, w, training: (F.max_pool2d(F.relu(x[0]), 2)
                                     + F.avg_pool2d(F.relu(x[0]), 2))),
    ]


def avg_pool(name, image, kernel, stride, pad=0, ceil=False, include=True, **kw):
    def f(x, w, training):
        return F.avg_pool2d(x[0], kernel, stride, pad, ceil, include)

    return Case("avg_pool2d_" + name, [image], f, **kw)


def _avg_asymmetric(x, w, training):
    padded = F.avg_pool2d(F.pad(x[0], (0, 1, 0, 1)), 3, 2)
    return padded / F.avg_pool2d(F.pad(torch.ones_like(x[0]), (0, 1, 0, 1)), 3, 2)


def _avg_uneven(include):
    """Windows of 3 that move by 2, with padding 2 left, 1 right, 1 below, and beyond."""

    def f(x, w, training):
        count = F.pad(torch.ones_like(x[0]), (2, 1, 0, 1), value=float(include))
        total = F.pad(x[0], (2, 1, 0, 2))
        count = F.pad(count, (0, 0, 0, 1))
        return F.avg_pool2d(total, 3, 2) / F.avg_pool2d(count, 3, 2)

    return f


def avg_pools():
    return [
        avg_pool("2", (2, 6, 8), 2, 2, batch=3),
        avg_pool("2_leaving_a_row_out", (2, 7, 9), 2, 2),
        avg_pool("3_stride_2", (2, 7, 9), 3, 2),
        avg_pool("3_stride_2_padded", (2, 7, 8), 3, 2, 1),
        avg_pool("3_stride_2_padded_excluded", (2, 7, 8), 3, 2, 1, include=False),
        avg_pool("3_stride_1_padded_excluded", (2, 5, 6), 3, 1, 1, include=False),
        avg_pool("3_stride_1_padded", (2, 5, 6), 3, 1, 1),
        avg_pool("3_stride_2_ceil", (2, 6, 8), 3, 2, ceil=True),
        avg_pool("3_stride_2_ceil_excluded", (2, 6, 8), 3, 2, ceil=True, include=False),
        avg_pool("3_stride_2_padded_ceil", (2, 6, 8), 3, 2, 1, ceil=True),
        avg_pool("3_stride_2_padded_ceil_excluded", (2, 6, 8), 3, 2, 1, True, False),
        avg_pool("2_padded_ceil", (2, 5, 6), 2, 2, 1, ceil=True),
        avg_pool("kernel_2x3", (2, 6, 7), (2, 3), (2, 1)),
        Case("avg_pool2d_asymmetric_padding", [(2, 6, 8)],
             lambda x, w, training: F.avg_pool2d(F.pad(x[0], (0, 1, 0, 1)), 3, 2)),
        Case("avg_pool2d_asymmetric_padding_excluded", [(2, 6, 8)], _avg_asymmetric),
        avg_pool("5_stride_3_ceil", (2, 6, 8), 5, 3, 2, ceil=True),
        avg_pool("3_stride_2_ceil_higher_than_the_image", (2, 2, 7), 3, 2, ceil=True),
        avg_pool("5_stride_3_ceil_larger_than_the_image", (2, 4, 3), 5, 3, ceil=True),
        avg_pool("6_stride_3_padded_ceil_larger_than_the_image", (2, 2, 3), 6, 3, 1, ceil=True),
        avg_pool("6_stride_3_padded_ceil_larger_than_the_image_excluded", (2, 2, 3), 6, 3, 1,
                 True, False),
        Case("avg_pool2d_3_stride_2_asymmetric_ceil", [(2, 7, 6)], _avg_uneven(True)),
        Case("avg_pool2d_3_stride_2_asymmetric_ceil_excluded", [(2, 7, 6)], _avg_uneven(False)),
        Case("avg_pool2d_3_stride_2_ceil_not_into_padding", [(2, 6, 8)],
             lambda x, w, training: F.avg_pool2d(
                 F.pad(x[0], (0, 2, 0, 2)), 3, 2, ceil_mode=True)[:, :, :3, :4]),
    ]


def global_pools():
    def largest(x, w, training):
        return F.adaptive_max_pool2d(x[0], 1)

    return [
        Case("global_avg_pool", [(3, 5, 7)],
             lambda x, w, training: F.adaptive_avg_pool2d(x[0], 1), batch=3),
        Case("global_max_pool", [(3, 5, 7)], largest, batch=3),
        Case("global_max_pool_ties", [(3, 4, 5)], largest, values=ties_of_images),
        Case("global_max_pool_negative", [(2, 3, 4)], largest, values=negative),
        Case("global_max_pool_after_relu", [(2, 6, 8)],
             lambda x, w, training: F.adaptive_max_pool2d(F.relu(x[0]), 1)),
    ]


def _dense(x, w):
    return F.linear(x, w["layer.weight"], w.get("layer.bias"))


def vectors():
    return [
        Case("dense", [(7,)], lambda x, w, training: _dense(x[0], w),
             {"layer.weight": (5, 7), "layer.bias": (5,)}, batch=3),
        Case("dense_without_bias", [(6,)], lambda x, w, training: _dense(x[0], w),
             {"layer.weight": (4, 6)}),
        Case("dense_33", [(33,)], lambda x, w, training: _dense(x[0], w),
             {"layer.weight": (18, 33), "layer.bias": (18,)}),
        Case("dense_frozen", [(6,)], lambda x, w, training: _dense(x[0], w),
             {"layer.weight": (4, 6), "layer.bias": (4,)}, frozen=True),
        Case("flatten", [(3, 4, 5)], lambda x, w, training: x[0].flatten(1), batch=3),
        Case("flatten_of_a_vector", [(5,)], lambda x, w, training: x[0].flatten(1)),
        Case("flatten_dense", [(2, 3, 4)], lambda x, w, training: _dense(x[0].flatten(1), w),
             {"layer.weight": (5, 24), "layer.bias": (5,)}),
        Case("softmax", [(6,)], lambda x, w, training: F.softmax(x[0], 1), batch=3),
        Case("softmax_of_an_image", [(4, 3, 5)], lambda x, w, training: F.softmax(x[0], 1)),
        Case("softmax_far", [(5,)], lambda x, w, training: F.softmax(x[0], 1),
             values=lambda rng, shape: rng.uniform(80, 90, size=shape)),
        Case("log_softmax", [(6,)], lambda x, w, training: F.log_softmax(x[0], 1), batch=3),
        Case("log_softmax_of_an_image", [(4, 3, 5)],
             lambda x, w, training: F.log_softmax(x[0], 1)),
        Case("log_softmax_far", [(5,)], lambda x, w, training: F.log_softmax(x[0], 1),
             values=lambda rng, shape: rng.uniform(80, 90, size=shape)),
        Case("log_softmax_far_apart", [(7,)], lambda x, w, training: F.log_softmax(x[0], 1),
             batch=3, values=lambda rng, shape: rng.uniform(-300, 300, size=shape)),
    ]


FUNCTIONS = {
    "relu": (F.relu, [0]),
    "clip": (lambda x: F.hardtanh(x, -1.5, 2.5), [-1.5, 2.5]),
    "relu6": (lambda x: F.hardtanh(x, 0, 6), [0, 6]),
    "leaky_relu": (lambda x: F.leaky_relu(x, 0.1), [0]),
    "elu": (lambda x: F.elu(x, 0.7), [0]),
    "sigmoid": (torch.sigmoid, [0]),
    "hard_sigmoid": (F.hardsigmoid, [-3, 3]),
    "tanh": (torch.tanh, [0]),
    "silu": (F.silu, [0]),
    "hard_swish": (F.hardswish, [-3, 3]),
    "gelu": (F.gelu, [0]),
    "softplus": (F.softplus, [0]),
    "selu": (F.selu, [0]),
    "mish": (F.mish, [0]),
    "softsign": (F.softsign, [0]),
}
FAR = [
    "elu", "sigmoid", "tanh", "silu", "gelu", "softplus", "selu", "mish", "softsign"]


def _far(rng, shape):
    """Where exponentials overflow; with a few ordinary values, lest every gradient vanish."""
    result = rng.choice([-1, 1], size=shape) * rng.uniform(30, 120, size=shape)
    result.reshape(-1)[:4] = [-1.5, -0.4, 0.7, 2.1]
    return result


def activations():
    cases = []
    for name, (function, kinks) in FUNCTIONS.items():
        f = (lambda function: lambda x, w, training: function(x[0]))(function)
        cases.append(Case(name, [(3, 4, 5)], f, values=around(kinks)))
        if name in FAR:
            cases.append(Case(name + "_far", [(2, 3, 4)], f, values=_far))
    cases.append(Case("relu_of_a_vector", [(9,)], lambda x, w, training: F.relu(x[0]), batch=3))
    return cases


def _batch_norm(x, w, training, epsilon=1e-5, momentum=0.1):
    return F.batch_norm(
        x, w["layer.running_mean"], w["layer.running_var"], w["layer.weight"], w["layer.bias"],
        training, momentum, epsilon)


def _bn_weights(channels):
    names = ("weight", "bias", "running_mean", "running_var")
    return {"layer." + name: (channels,) for name in names}


def norms():
    return [
        Case("batch_norm", [(3, 4, 5)], lambda x, w, t: _batch_norm(x[0], w, t), _bn_weights(3)),
        Case("batch_norm_of_a_vector", [(4,)], lambda x, w, t: _batch_norm(x[0], w, t),
             _bn_weights(4), batch=3),
        Case("batch_norm_epsilon_and_momentum", [(2, 3, 4)],
             lambda x, w, t: _batch_norm(x[0], w, t, 0.01, 0.3), _bn_weights(2), batch=3),
        Case("batch_norm_frozen", [(3, 4, 5)],
             lambda x, w, t: _batch_norm(x[0], w, False), _bn_weights(3), frozen=True),
        Case("batch_norm_far_from_zero", [(2, 4, 5)], lambda x, w, t: _batch_norm(x[0], w, t),
             _bn_weights(2), values=lambda rng, shape: 8 + rng.normal(size=shape)),
    ]


def _dropout(path, p):
    def f(x, w, training):
        if not training:
            return x[0]
        return x[0] * torch.tensor(dropout_mask(SEED, 1, path, p, x[0].shape)).to(x[0])

    return f


def combinations():
    scale, shift = [0.5, -2.0, 1.25], [0.1, -0.3, 2.0]

    def affine(x, w, training):
        shape = (1, 3) + (1,) * (x[0].dim() - 2)
        return x[0] * torch.tensor(scale).view(shape) + torch.tensor(shift).to(x[0]).view(shape)

    image = (3, 4, 5)
    return [
        Case("dropout", [(3, 4, 5)], _dropout("layer", 0.3)),
        Case("dropout_of_a_vector", [(40,)], _dropout("layer", 0.5)),
        Case("dropout_of_nothing", [(8,)], _dropout("layer", 0.0)),
        Case("add", [image] * 2, lambda x, w, t: x[0] + x[1]),
        Case("add_three", [image] * 3, lambda x, w, t: x[0] + x[1] + x[2]),
        Case("add_of_vectors", [(5,)] * 2, lambda x, w, t: x[0] + x[1]),
        Case("add_to_itself", [image], lambda x, w, t: x[0] + x[0]),
        Case("add_to_own_activation", [image], lambda x, w, t: x[0] + torch.tanh(x[0])),
        Case("multiply", [image] * 2, lambda x, w, t: x[0] * x[1], batch=3),
        Case("multiply_by_a_gate", [image, (3, 1, 1)], lambda x, w, t: x[0] * x[1]),
        Case("multiply_by_itself", [image], lambda x, w, t: x[0] * x[0]),
        Case("multiply_of_vectors", [(5,)] * 2, lambda x, w, t: x[0] * x[1]),
        Case("squeeze_excite", [image],
             lambda x, w, t: x[0] * torch.sigmoid(F.adaptive_avg_pool2d(x[0], 1))),
        Case("concat", [(2, 4, 5), (3, 4, 5)], lambda x, w, t: torch.cat(x, 1)),
        Case("concat_three", [(2, 3, 5), (1, 3, 5), (3, 3, 5)],
             lambda x, w, t: torch.cat(x, 1), batch=3),
        Case("concat_of_vectors", [(3,), (4,)], lambda x, w, t: torch.cat(x, 1)),
        Case("concat_with_itself", [(2, 3, 4)], lambda x, w, t: torch.cat([x[0], x[0]], 1)),
        Case("affine", [image], affine),
        Case("affine_of_a_vector", [(3,)], affine),
    ]


def _unit(x, w, training, path, stride=1, pad=0):
    y = F.conv2d(x, w[path + ".conv.weight"], None, stride, pad)
    return F.batch_norm(
        y, w[path + ".norm.running_mean"], w[path + ".norm.running_var"],
        w[path + ".norm.weight"], w[path + ".norm.bias"], training)


def _unit_weights(path, *shape):
    weights = {path + ".conv.weight": shape}
    for name in ("weight", "bias", "running_mean", "running_var"):
        weights[path + ".norm." + name] = shape[:1]
    return weights


def _residual(x, w, training):
    y = F.relu(_unit(x[0], w, training, "first", 2, 1))
    y = _unit(y, w, training, "second", 1, 1)
    return F.relu(y + _unit(x[0], w, training, "downsample", 2))


def _inception(x, w, training):
    def conv2d(y, path, pad=0):
        return F.conv2d(y, w[path + ".weight"], w[path + ".bias"], 1, pad)

    reduced = F.relu(conv2d(x[0], "reduce"))
    pooled = conv2d(F.max_pool2d(x[0], 3, 1, 1), "pooled")
    return torch.cat([conv2d(x[0], "one"), conv2d(reduced, "three", 1), pooled, reduced], 1)


def blocks():
    inception = {"reduce": (3, 2, 1, 1), "pooled": (2, 2, 1, 1), "one": (2, 2, 1, 1),
                 "three": (4, 3, 3, 3)}
    weights = {path + ".weight": shape for path, shape in inception.items()}
    weights.update({path + ".bias": shape[:1] for path, shape in inception.items()})
    return [
        Case("residual_block", [(3, 6, 8)], _residual,
             {**_unit_weights("first", 4, 3, 3, 3), **_unit_weights("second", 4, 4, 3, 3),
              **_unit_weights("downsample", 4, 3, 1, 1)}),
        Case("inception_block", [(2, 5, 6)], _inception, weights),
    ]


def all_cases():
    return (
        convs() + wide_convs() + blocks() + max_pools() + avg_pools() + global_pools() + vectors()
        + activations() + norms() + combinations() + image_cases.all_cases()
        + axis_cases.all_cases() + norm_cases.all_cases() + broadcast_cases.all_cases()
        + arithmetic_cases.all_cases())
