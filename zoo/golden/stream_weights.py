"""Values for every tensor of a network, made from RandomStream by the tensor's name.

dev.trifocal.apps.zoo.NamedRandomWeights makes the same ones, bit by bit. Deviations are He's, so that
nothing fades or blows up on its way through a deep network.
"""

import numpy as np

from random_stream import WEYL

CHUNK = 1 << 22


def _mix(z):
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def uniforms(stream, shape):
    """RandomStream.uniform of all elements, in double precision."""
    count = int(np.prod(shape))
    result = np.empty(count)
    for start in range(0, count, CHUNK):
        index = np.arange(start + 1, min(start + CHUNK, count) + 1, dtype=np.uint64)
        bits = _mix(np.uint64(stream.key) + index * np.uint64(WEYL))
        result[start: start + CHUNK] = (bits >> np.uint64(40)) * 2.0**-24
    return result.reshape(shape)


def values(stream, name, shape, variance):
    """variance: the least of the running ones; more of it damps what residual units add."""
    u = uniforms(stream.at_name(name), shape)
    if name.endswith("running_var"):
        result = variance * (1 + u)
    elif name.endswith("running_mean"):
        result = 0.4 * u - 0.2
    elif len(shape) > 1:
        result = (2 * u - 1) * np.sqrt(6 / np.prod(shape[1:]))
    elif name.endswith("weight"):
        result = 0.5 + u
    else:
        result = 0.2 * u - 0.1
    return result.astype(np.float32)


def images(stream, shape):
    return (4 * uniforms(stream.at_name("input"), shape) - 2).astype(np.float32)


def dropout_mask(stream, p, shape):
    """dev.trifocal.train.DropoutMask, the stream being that of the seed, the step and the path."""
    kept = np.float32(1 / (1 - p))
    return np.where(uniforms(stream, shape) < p, np.float32(0), kept)
