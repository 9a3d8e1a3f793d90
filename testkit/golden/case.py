"""What a case of dev.trifocal.testkit.LayerCases is in PyTorch."""

import numpy as np


class Case:
    """f(inputs, weights, training) -> output, or a dict of outputs by name.

    Shapes are of one sample, the batch is in front.
    """

    def __init__(self, name, inputs, f, weights=None, batch=2, values=None, frozen=False):
        self.name, self.inputs, self.f = name, inputs, f
        self.weights, self.batch, self.frozen = weights or {}, batch, frozen
        self.values = values or (lambda rng, shape: rng.normal(size=shape))


def around(kinks):
    """Values on all sides of the kinks, some within 0.01 of them, none at them."""

    def values(rng, shape):
        result = rng.uniform(min(kinks) - 3, max(kinks) + 3, size=shape)
        for kink in kinks:
            near = np.abs(result - kink) < 1e-3
            result[near] = kink + 0.05
        edges = [kink + d for kink in kinks for d in (-0.01, 0.01, -0.1, 0.1)]
        result.reshape(-1)[: len(edges)] = edges
        return result

    return values


def ties(rng, shape):
    return rng.integers(1, 4, size=shape) / 2


def ties_of_images(rng, shape):
    """Ties within a channel; other channels have other values."""
    return ties(rng, shape) + rng.integers(0, 8, size=(*shape[:2], 1, 1)) / 4


def negative(rng, shape):
    return rng.uniform(-9, -3, size=shape)
