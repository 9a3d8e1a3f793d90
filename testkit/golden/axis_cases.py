"""Axes renamed, reordered, cut and folded; matrices multiplied. Axis 0 of an array is the batch."""

import torch
import torch.nn.functional as F

from case import Case, ties_of_images


def shapes():
    def reshape(name, before, after, **kw):
        return Case("reshape_" + name, [before], lambda x, w, t: x[0].reshape(-1, *after), **kw)

    def transpose(name, shape, order, **kw):
        axes = (0, *(axis + 1 for axis in order))
        return Case("transpose_" + name, [shape], lambda x, w, t: x[0].permute(axes), **kw)

    return [
        reshape("vector_to_image", (24,), (2, 3, 4)),
        reshape("image_to_matrix", (3, 4, 5), (3, 20), batch=3),
        reshape("channels", (4, 3, 5), (2, 6, 5)),
        reshape("to_four_axes", (2, 3, 4), (2, 3, 2, 2)),
        reshape("drops_ones", (5, 1, 1), (5,)),
        transpose("channels_last", (3, 4, 5), (1, 2, 0)),
        transpose("channels_first", (4, 5, 3), (2, 0, 1), batch=3),
        transpose("height_and_width", (2, 4, 5), (0, 2, 1)),
        transpose("backwards", (2, 3, 4), (2, 1, 0)),
        transpose("matrix", (3, 5), (1, 0)),
        transpose("four_axes", (2, 3, 4, 5), (2, 0, 3, 1)),
        transpose("nothing", (2, 3, 4), (0, 1, 2)),
        Case("pixel_shuffle", [(12, 3, 4)], lambda x, w, t: F.pixel_shuffle(x[0], 2)),
    ]


def slices():
    def cut(name, shape, axis, start, end, step=1, **kw):
        where = (slice(None),) * (axis + 1) + (slice(start, end, step),)
        return Case(name, [shape], lambda x, w, t: x[0][where], **kw)

    return [
        cut("slice_channels", (5, 3, 4), 0, 1, 4),
        cut("slice_rows", (2, 6, 4), 1, 2, 5, batch=3),
        cut("slice_columns_step_2", (2, 3, 7), 2, 1, 7, 2),
        cut("slice_rows_step_3", (2, 7, 4), 1, 0, 7, 3),
        cut("slice_channels_step_2", (5, 2, 3), 0, 0, 5, 2),
        cut("slice_one_row", (2, 4, 5), 1, 2, 3),
        cut("slice_everything", (2, 3, 4), 2, 0, 4),
        cut("slice_of_a_vector", (9,), 0, 1, 8, 3),
        cut("slice_of_a_matrix", (3, 5), 1, 1, 3),
        Case("slices_that_overlap", [(2, 5, 4)],
             lambda x, w, t: x[0][:, :, 0:3] * x[0][:, :, 2:5]),
    ]


def reductions():
    functions = {"sum": torch.sum, "mean": torch.mean, "max": torch.amax, "min": torch.amin}

    def reduce(name, shape, *axes, **kw):
        function = functions[name.split("_")[0]]
        where = tuple(axis + 1 for axis in axes)
        return Case(
            "reduce_" + name, [shape], lambda x, w, t: function(x[0], where, keepdim=True), **kw)

    return [
        reduce("sum_channels", (3, 4, 5), 0),
        reduce("sum_pixels", (3, 4, 5), 1, 2, batch=3),
        reduce("sum_everything", (2, 3, 4), 0, 1, 2),
        reduce("mean_rows", (3, 4, 5), 1),
        reduce("mean_channels_and_columns", (3, 4, 5), 0, 2),
        reduce("mean_of_a_vector", (7,), 0, batch=3),
        reduce("max_columns", (3, 4, 5), 2),
        reduce("max_channels_and_rows", (3, 4, 5), 0, 1),
        reduce("max_ties", (3, 4, 5), 0, 2, values=ties_of_images),
        reduce("max_of_a_matrix", (4, 6), 1),
        reduce("min_channels", (3, 4, 5), 0),
        reduce("min_ties", (3, 4, 5), 1, 2, values=ties_of_images, batch=3),
        reduce("min_everything", (2, 3, 4), 0, 1, 2),
    ]


def softmaxes():
    return [
        Case("softmax_rows", [(2, 4, 5)], lambda x, w, t: F.softmax(x[0], 2)),
        Case("softmax_columns", [(3, 4, 5)], lambda x, w, t: F.softmax(x[0], 3), batch=3),
        Case("softmax_of_a_matrix", [(3, 5)], lambda x, w, t: F.softmax(x[0], 2)),
        Case("log_softmax_rows", [(2, 4, 5)], lambda x, w, t: F.log_softmax(x[0], 2), batch=3),
        Case("log_softmax_columns", [(3, 4, 5)], lambda x, w, t: F.log_softmax(x[0], 3)),
        Case("log_softmax_of_a_matrix", [(3, 5)], lambda x, w, t: F.log_softmax(x[0], 2)),
        Case("concat_rows", [(2, 4, 6), (2, 3, 6)], lambda x, w, t: torch.cat(x, 2)),
        Case("concat_columns", [(2, 3, 6), (2, 3, 1), (2, 3, 4)], lambda x, w, t: torch.cat(x, 3)),
        Case("concat_of_matrices", [(3, 2), (3, 4)], lambda x, w, t: torch.cat(x, 2)),
    ]


def products():
    def product(name, *inputs, **kw):
        return Case(name, list(inputs), lambda x, w, t: x[0] @ x[1], **kw)

    return [
        product("matmul", (3, 4), (4, 5)),
        product("matmul_of_stacks", (2, 3, 4), (2, 4, 5), batch=3),
        product("matmul_of_stacked_stacks", (2, 3, 2, 4), (2, 3, 4, 1)),
        product("matmul_of_a_row_and_a_column", (1, 6), (6, 1)),
        Case("matmul_with_its_transpose", [(3, 5)],
             lambda x, w, t: x[0] @ x[0].transpose(1, 2)),
        Case("attention", [(4, 3), (5, 3), (5, 2)],
             lambda x, w, t: F.softmax(x[0] @ x[1].transpose(1, 2), 2) @ x[2]),
    ]


def all_cases():
    return shapes() + slices() + reductions() + softmaxes() + products()
