"""What a network decides on its way: which values a ReLU lets through, which one a max pool takes.

A gradient follows those decisions. One that rounding takes the other way moves it by a jump,
however small the rounding was. Next to a tie both ways give nearly the same output, so that outputs
stay as they are here, and gradients alone go the other way.
"""

import torch
import torch.nn.functional as F

HALVES = 6

REPLACED = ("relu", "relu6", "hardtanh", "max_pool2d")


class Decisions:
    """While entered, notes the decisions of each layer that makes some, in the order of the layers.

    turned: by the number of the layer, a mask of the decisions to take the other way
    inputs, gaps: by layer, what it sees, and how far each decision is from a tie
    """

    def __init__(self, turned=None):
        self.turned, self.inputs, self.gaps = turned or {}, [], []

    def __enter__(self):
        self.originals = {name: getattr(F, name) for name in REPLACED}
        for name in REPLACED:
            setattr(F, name, getattr(self, "_" + name))
        return self

    def __exit__(self, *_):
        for name, original in self.originals.items():
            setattr(F, name, original)

    def near(self, singles, factor):
        """By layer, decisions that are closer to a tie than factor times the largest difference
        between the layer's inputs here and in singles, which ran in single precision."""
        result = {}
        for i, (x, gaps) in enumerate(zip(self.inputs, self.gaps)):
            rounding = max((x - single.inputs[i]).abs().max() for single in singles)
            if (gaps < factor * rounding).any():
                result[i] = gaps < factor * rounding
        return result

    def _note(self, x, gaps):
        self.inputs.append(x)
        self.gaps.append(gaps)
        return self.turned.get(len(self.gaps) - 1, torch.tensor(False))

    def _hardtanh(self, x, low, high, inplace=False):
        values = x.detach()
        turned = self._note(values, torch.minimum((values - low).abs(), (values - high).abs()))
        passes = (values > low) & (values < high)
        return values.clamp(low, high) + (passes ^ turned) * (x - values)

    def _relu(self, x, inplace=False):
        return self._hardtanh(x, 0.0, float("inf"))

    def _relu6(self, x, inplace=False):
        return self._hardtanh(x, 0.0, 6.0)

    def _max_pool2d(self, x, kernel, stride=None, padding=0, dilation=1, ceil_mode=False,
                    return_indices=False):
        """Equal values are no tie: they are zeros of a ReLU, or one value that came two ways."""
        stride, values = stride or kernel, x.detach()
        height, width = x.shape[2:]
        h, w = self.originals["max_pool2d"](
            values[:1, :1], kernel, stride, padding, 1, ceil_mode).shape[2:]
        bottom, right = (max((n - 1) * stride + kernel - m - padding, 0)
                         for n, m in ((h, height), (w, width)))

        def windows(t, fill):
            t = F.pad(t, (padding, right, padding, bottom), value=fill)
            return t.unfold(2, kernel, stride).unfold(3, kernel, stride)[:, :, :h, :w].flatten(4)

        seen = windows(values, float("-inf"))
        places = windows(torch.arange(height * width).reshape(1, 1, height, width), -1)
        first, winner = seen.max(-1)
        second, runner_up = seen.masked_fill(seen == first[..., None], float("-inf")).max(-1)
        turned = self._note(values, first - second)
        taken = torch.where(turned, runner_up, winner)
        taken = places.expand_as(seen).gather(-1, taken[..., None])
        taken = x.flatten(2).gather(2, taken.flatten(2)).reshape(first.shape)
        return first + taken - taken.detach()


def turns(near):
    """Masks as Decisions turns them; first of all nothing."""
    yield {}
    if near:
        yield near
    if sum(mask.sum() for mask in near.values()) > 1:
        for i in range(HALVES):
            draw = torch.Generator().manual_seed(i)
            yield {layer: mask & (torch.rand(mask.shape, generator=draw) < 0.5)
                   for layer, mask in near.items()}
