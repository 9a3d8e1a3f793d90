"""Norms within a sample, and slopes that are learned."""

import torch.nn.functional as F

from case import Case, around


def groups():
    def norm(name, shape, count, epsilon=1e-5, **kw):
        return Case(
            "group_norm" + name, [shape],
            lambda x, w, t: F.group_norm(
                x[0], count, w["layer.weight"], w["layer.bias"], epsilon),
            {"layer.weight": shape[:1], "layer.bias": shape[:1]}, **kw)

    return [
        norm("", (6, 3, 4), 2),
        norm("_one_group", (3, 4, 5), 1, batch=3),
        norm("_a_group_per_channel", (3, 4, 5), 3),
        norm("_of_a_vector", (6,), 2, batch=3),
        norm("_of_a_matrix", (4, 5), 2),
        norm("_epsilon", (6, 2, 3), 3, 0.2),
        norm("_far_from_zero", (4, 3, 5), 1,
             values=lambda rng, shape: 8 + rng.normal(size=shape)),
        norm("_frozen", (4, 3, 5), 2, frozen=True),
    ]


def neighbours():
    def norm(name, shape, size, alpha, beta=0.75, k=1.0, **kw):
        return Case(
            "local_response_norm_" + name, [shape],
            lambda x, w, t: F.local_response_norm(x[0], size, alpha, beta, k), **kw)

    return [
        norm("5", (8, 3, 4), 5, 2),
        norm("3_k_2_beta_half", (6, 2, 5), 3, 1.5, 0.5, 2, batch=3),
        norm("4", (7, 3, 2), 4, 2),
        norm("2", (5, 3, 4), 2, 1, 1, 1.5),
        norm("1", (3, 4, 5), 1, 0.8),
        norm("wider_than_the_channels", (3, 4, 2), 7, 3),
        norm("as_in_GoogLeNet", (8, 2, 3), 5, 1e-4),
    ]


def slopes():
    def prelu(name, shape, count, **kw):
        return Case(
            "prelu" + name, [shape], lambda x, w, t: F.prelu(x[0], w["layer.weight"]),
            {"layer.weight": (count,)}, values=around([0]), **kw)

    return [
        prelu("", (3, 4, 5), 1),
        prelu("_per_channel", (3, 4, 5), 3, batch=3),
        prelu("_of_a_vector", (9,), 1),
        prelu("_per_feature", (7,), 7, batch=3),
        prelu("_frozen", (4, 3, 2), 4, frozen=True),
    ]


def all_cases():
    return groups() + neighbours() + slopes()
