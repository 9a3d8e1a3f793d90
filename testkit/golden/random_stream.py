"""dev.trifocal.random.RandomStream and DropoutMask, word for word."""

import numpy as np

MASK = (1 << 64) - 1
WEYL = 0x9E3779B97F4A7C15


def mix(z):
    z &= MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


class RandomStream:
    def __init__(self, key):
        self.key = key & MASK

    @staticmethod
    def of(seed):
        return RandomStream(mix(seed + WEYL))

    def at_name(self, name):
        value = self.key
        for byte in name.encode():
            value = (mix(value ^ byte) + WEYL) & MASK
        return RandomStream(mix(value ^ len(name)))

    def at(self, index):
        return RandomStream(mix(mix(self.key + WEYL) ^ mix(index * WEYL + 1)))

    def uniform(self, index):
        return (mix(self.key + (index + 1) * WEYL) >> 40) * 2.0**-24


def dropout_mask(seed, step, path, p, shape):
    stream = RandomStream.of(seed).at_name("dropout").at(step).at_name(path)
    kept = np.float32(1 / (1 - p))
    values = [0 if stream.uniform(i) < p else kept for i in range(int(np.prod(shape)))]
    return np.array(values, np.float32).reshape(shape)
