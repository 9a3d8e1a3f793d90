"""Images made larger: transposed convolutions, padding, upsampling."""

import torch.nn.functional as F

from case import Case


def _transposed(x, weight, bias, stride, pad, dilation, groups, extra):
    """pad: (top, left, bottom, right), cut off from a whole output with extra rows, columns."""
    whole = F.conv_transpose2d(x, weight, bias, stride, 0, extra, groups, dilation)
    top, left, bottom, right = pad
    return whole[:, :, top: whole.shape[2] - bottom, left: whole.shape[3] - right]


def conv_transpose(name, image, filters, kernel, stride=1, pad=0, dilation=1, groups=1, extra=0,
                   bias=True, **kw):
    pads = pad if isinstance(pad, tuple) else (pad,) * 4
    height, width = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    weights = {"layer.weight": (image[0], filters // groups, height, width)}
    if bias:
        weights["layer.bias"] = (filters,)
    # PyTorch wants output padding below stride or dilation, and so does the API.
    return Case(
        "conv_transpose2d_" + name, [image],
        lambda x, w, training: _transposed(
            x[0], w["layer.weight"], w.get("layer.bias"), stride, pads, dilation, groups, extra),
        weights, **kw)


def conv_transposes():
    return [
        conv_transpose("2x2_stride_2", (3, 4, 5), 4, 2, 2),
        conv_transpose("3x3", (3, 4, 6), 4, 3, batch=3),
        conv_transpose("3x3_padded", (3, 5, 4), 4, 3, pad=1),
        conv_transpose("3x3_stride_2_output_padding", (3, 4, 5), 4, 3, 2, 1, extra=1),
        conv_transpose("4x4_stride_2_padded", (2, 3, 5), 3, 4, 2, 1),
        conv_transpose("5x5_stride_3", (3, 3, 4), 2, 5, 3),
        conv_transpose("5x5_stride_3_output_padding_1x2", (3, 3, 4), 2, 5, 3, 2, extra=(1, 2)),
        conv_transpose("asymmetric_padding", (2, 3, 4), 3, 4, 2, (2, 0, 1, 3)),
        conv_transpose("asymmetric_padding_output_padding", (2, 4, 3), 4, 3, 2, (0, 2, 1, 0),
                       extra=(1, 0)),
        conv_transpose("groups_2", (4, 3, 5), 6, 3, 2, 1, groups=2),
        conv_transpose("groups_2_1x1", (4, 3, 5), 6, 1, groups=2),
        conv_transpose("depthwise_stride_2", (3, 3, 4), 3, 4, 2, 1, groups=3),
        conv_transpose("depthwise_multiplier_2", (3, 4, 3), 6, 3, groups=3),
        conv_transpose("dilation_2", (2, 4, 5), 3, 3, dilation=2),
        conv_transpose("dilation_3_stride_2_output_padding_2", (2, 3, 4), 2, 2, 2, 1, 3, extra=2),
        conv_transpose("without_bias", (3, 3, 4), 4, 3, 2, bias=False),
        conv_transpose("kernel_3x1_stride_1x2", (2, 5, 4), 3, (3, 1), (1, 2), (1, 0, 0, 0)),
        conv_transpose("1x1_stride_2", (3, 4, 5), 4, 1, 2),
        conv_transpose("stride_larger_than_kernel", (2, 3, 4), 3, 2, 3),
        conv_transpose("one_pixel", (4, 1, 2), 5, 3),
        conv_transpose("33_channels_stride_2", (33, 3, 4), 17, 3, 2, 1),
        conv_transpose("frozen", (2, 3, 4), 3, 4, 2, 1, frozen=True),
    ]


def pad(name, image, pads, mode="constant", value=None, **kw):
    """pads: (top, left, bottom, right)."""
    top, left, bottom, right = pads
    return Case(
        "pad2d_" + name, [image],
        lambda x, w, training: F.pad(x[0], (left, right, top, bottom), mode, value), **kw)


def pads():
    return [
        pad("zeros", (3, 4, 5), (1, 2, 0, 3)),
        pad("zeros_on_one_side", (2, 3, 4), (0, 0, 0, 2), batch=3),
        pad("constant", (2, 4, 3), (2, 0, 1, 1), value=-0.75),
        pad("reflect", (3, 4, 5), (1, 2, 3, 0), "reflect"),
        pad("reflect_on_one_side", (2, 3, 4), (0, 3, 0, 0), "reflect"),
        pad("reflect_as_far_as_it_goes", (2, 3, 4), (2, 3, 2, 3), "reflect"),
        pad("edge", (3, 4, 5), (1, 2, 3, 0), "replicate"),
        pad("edge_beyond_the_size", (2, 2, 3), (0, 4, 5, 1), "replicate"),
        pad("nothing", (2, 3, 4), (0, 0, 0, 0)),
        Case("pad2d_reflect_conv2d", [(2, 5, 4)],
             lambda x, w, training: F.conv2d(
                 F.pad(x[0], (1, 1, 1, 1), "reflect"), w["layer.weight"], w["layer.bias"]),
             {"layer.weight": (3, 2, 3, 3), "layer.bias": (3,)}),
    ]


def nearest(name, image, factor, **kw):
    return Case("upsample2d_nearest_" + name, [image],
                lambda x, w, training: F.interpolate(x[0], scale_factor=factor), **kw)


def bilinear(name, image, factor, **kw):
    return Case("upsample2d_bilinear_" + name, [image],
                lambda x, w, training: F.interpolate(
                    x[0], scale_factor=factor, mode="bilinear", align_corners=False), **kw)


def upsamples():
    return [
        nearest("2", (3, 3, 4), 2, batch=3),
        nearest("3", (2, 2, 3), 3),
        nearest("2x3", (2, 4, 3), (2, 3)),
        nearest("1x2", (2, 3, 4), (1, 2)),
        bilinear("2", (3, 3, 4), 2, batch=3),
        bilinear("3", (2, 3, 4), 3),
        bilinear("4", (2, 3, 2), 4),
        bilinear("2x3", (2, 4, 3), (2, 3)),
        bilinear("3x1", (2, 4, 3), (3, 1)),
        bilinear("of_a_column", (3, 4, 1), 2),
        Case("upsample2d_conv2d", [(2, 3, 4)],
             lambda x, w, training: F.conv2d(
                 F.interpolate(x[0], scale_factor=2), w["layer.weight"], w["layer.bias"], 1, 1),
             {"layer.weight": (3, 2, 3, 3), "layer.bias": (3,)}),
    ]


def all_cases():
    return conv_transposes() + pads() + upsamples()
