"""Golden training steps: the loss of a small batch, and what one step of gradient descent takes off
a few tensors of the network.

The truth is PyTorch in double precision. No engine's rounding may decide whether a step is right,
so images are drawn anew until what is watched stays within a tenth of what the test tolerates,

- in single precision, with oneDNN's convolutions and with PyTorch's own: they sum in different
  orders, and other engines have been seen three times as far off;
- with each decision next to a tie taken the other way (decisions.py): a ReLU's input close to zero
  or a max pool's two largest values close to each other, closer than twice the largest error that
  single precision makes in that layer. All are turned together, then random halves of them, so that
  two cannot hide each other.

A network that finds no such image stops the script: give it a smaller input, which has fewer ties,
or watch fewer of its tensors.
"""

import contextlib

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from decisions import Decisions, turns
import networks
import stream_weights

TOLERANCE = 1e-4
AUXILIARY_WEIGHT = 0.3
STEADY, MARGIN = TOLERANCE / 10, 2
WATCHED, ELEMENTS = 8, 128


class Case:
    """since: the first tensor that may be watched; first: the attempt to begin with"""

    def __init__(self, shape, classes=7, frozen=(), norms="trained", since="", first=0):
        self.shape, self.classes, self.frozen, self.norms = shape, classes, frozen, norms
        self.since, self.first = since, first


# A batch norm passes rounding on enlarged. In deep networks it then decides which side of a ReLU
# some value is on, and one value in a small last map moves all gradients by a hundredth. So those
# networks have two cases: one with norms frozen, and one in which statistics and the last bias are
# watched, which no such value moves, less the statistics that rounding itself moves too far.
CASES = {
    "alexnet-torchvision": Case((4, 3, 63, 79), first=1),
    "vgg11-bn": Case((4, 3, 32, 48), first=1),
    "googlenet-bn": Case((4, 3, 63, 79), norms="watched"),
    "googlenet-bn frozen": Case((2, 3, 33, 47), norms="frozen", first=2),
    "squeezenet1_1": Case((4, 3, 47, 63), first=4),
    "resnet18": Case((4, 3, 33, 24), first=5),
    "mobilenet-v2": Case((4, 3, 64, 48), norms="watched"),
    "mobilenet-v2 frozen": Case((2, 3, 33, 24), norms="frozen"),
    "se-resnet50": Case((4, 3, 65, 48), norms="watched"),
    "se-resnet50 frozen": Case((2, 3, 33, 24), norms="frozen", first=1),
    "xception": Case((4, 3, 71, 64), norms="watched"),
    "xception frozen": Case((2, 3, 31, 24), norms="frozen", first=2),
    "mobilenet-v1": Case((4, 3, 64, 47), norms="watched"),
    "mobilenet-v1 frozen": Case((2, 3, 45, 32), norms="frozen", first=1),
    # The smallest input that fits still has millions of decisions in its large maps, and some are
    # next to a tie in every image. They move what comes before them; from the deepest skip on,
    # nothing is moved.
    "unet-original": Case((1, 1, 188, 204), 2, since="conv_d3b_c.weight", first=2),
    "fcn8s": Case((2, 3, 33, 49), 3, ("fc6", "fc7")),
}


def _small_head(module):
    """Without VGG's two large dense layers, which AlexNet has too."""
    first, last = module.classifier[0], module.classifier[-1]
    module.classifier = nn.Linear(first.in_features, last.out_features)


CHANGES = {"vgg11-bn": _small_head}


def _labels(output):
    ids = torch.arange(output[:, 0].numel()) % output.shape[1]
    return ids.reshape(output[:, 0].shape)


def _loss(outputs):
    losses = {n: F.cross_entropy(o, _labels(o)) for n, o in outputs.items()}
    return sum(l * (1 if n == "output" else AUXILIARY_WEIGHT) for n, l in losses.items())


class Start:
    """A network before its step."""

    def __init__(self, key, dtype):
        self.case, self.name, self.dtype = CASES[key], key.partition(" ")[0], dtype
        self.net = networks.network(
            self.name, self.case.classes, 0, dtype, CHANGES.get(self.name))
        with torch.no_grad():
            self.net(self._image(0), False)
        norms = {_parent(n) for n in self.net.state() if n.endswith(".running_var")}
        frozen = {*self.case.frozen, *(norms if self.case.norms == "frozen" else ())}
        self.state = {n: t for n, t in self.net.state().items() if _parent(n) not in frozen}
        self.statistics = {
            n: t.detach().clone() for n, t in self.state.items() if ".running_" in n}
        self.values = {n: _part(t) for n, t in self.state.items()}

    def _image(self, attempt):
        stream = networks.stream_of(self.name, attempt)
        return torch.tensor(stream_weights.images(stream, self.case.shape)).to(self.dtype)

    def _loss(self, attempt):
        with torch.no_grad():
            for n, t in self.statistics.items():
                self.state[n].copy_(t)
        return _loss(self.net(self._image(attempt), True, self.case.norms != "frozen"))

    def decisions(self, attempt):
        with torch.no_grad(), Decisions() as result:
            self._loss(attempt)
        return result

    def step(self, attempt, names=None, decisions=contextlib.nullcontext()):
        """The loss, and by name the gradients of what is learned and the changes of statistics."""
        names = names or self.state
        with decisions:
            loss = self._loss(attempt)
        learned = [n for n in names if n not in self.statistics]
        changes = dict(zip(learned, torch.autograd.grad(loss, [self.state[n] for n in learned])))
        changes.update(
            {n: t - self.state[n] for n, t in self.statistics.items() if n in names})
        return loss.item(), {n: _part(changes[n]) for n in names}


def _parent(name):
    return name.rpartition(".")[0]


def _part(tensor):
    return tensor.detach().double().numpy().reshape(-1)[:ELEMENTS].copy()


def _off(actual, expected):
    return max(np.abs(actual[n] - e).max() / np.abs(e).max() for n, e in expected.items())


def _watched(case, changes, rounded):
    """Spread over the network; a bias before a batch norm has no gradient to speak of."""
    sizes = {n: np.abs(c).max() for n, c in changes.items()}
    typical = np.median(list(sizes.values()))
    names = [n for n, s in sizes.items() if s > typical / 1000]
    if case.norms == "watched":
        steady = [n for n in names if _off(rounded, {n: changes[n]}) < STEADY / 2]
        names = [n for n in steady if ".running_" in n] + [list(changes)[-1]]
    if case.since:
        last = list(changes)[list(changes).index(case.since):]
        names = [n for n in names if n in last]
    return [names[i] for i in np.linspace(0, len(names) - 1, WATCHED).astype(int)]


def _doubts(exact, single, attempt, expected):
    """How far from expected the watched changes are, for one way of rounding after the other."""
    def off(start, decisions):
        return _off(start.step(attempt, list(expected), decisions)[1], expected)

    singles = []
    for onednn in (True, False):
        with torch.backends.mkldnn.flags(enabled=onednn):
            singles.append(single.decisions(attempt))
    for turned in turns(exact.decisions(attempt).near(singles, MARGIN)):
        count = sum(int(mask.sum()) for mask in turned.values())
        yield "%d turned" % count, off(exact, Decisions(turned))
    for onednn in (True, False):
        with torch.backends.mkldnn.flags(enabled=onednn):
            yield "in single precision", off(single, Decisions())


def _hangs_on_rounding(key, attempt, doubts):
    worst = 0, ""
    for what, off in doubts:
        worst = max(worst, (off, what))
        if off > STEADY:
            break
    print("%-20s attempt %d: off by %.1e, %s" % (key, attempt, *worst), flush=True)
    return worst[0] > STEADY


def _rate(changes, starts, names):
    """A power of two with which steps are as large as the weights, so that they stay exact."""
    ratio = max(
        np.abs(starts[n]).max() / np.abs(changes[n]).max() for n in names if ".running_" not in n)
    return 2.0 ** np.ceil(np.log2(ratio))


def _golden(key):
    case, name = CASES[key], key.partition(" ")[0]
    exact, single = (Start(key, dtype) for dtype in (torch.float64, torch.float32))
    for attempt in range(case.first, case.first + 200):
        loss, changes = exact.step(attempt)
        names = _watched(case, changes, single.step(attempt)[1])
        watched = {n: changes[n] for n in names}
        if not _hangs_on_rounding(key, attempt, _doubts(exact, single, attempt, watched)):
            break
    else:
        raise SystemExit("every image of %s hangs on rounding" % key)
    rate = _rate(changes, exact.values, names)
    result = {
        "shape": np.array(case.shape, np.int64), "classes": np.array([case.classes], np.int64),
        "variance": np.array([networks.VARIANCES.get(name, 1)], np.float32),
        "attempt": np.array([attempt], np.int64), "rate": np.array([rate], np.float32),
        "loss": np.array([loss], np.float32)}
    for n in names:
        change = changes[n] * (1 if ".running_" in n else rate)
        result["change/" + n] = change.astype(np.float32)
    return {"%s/%s" % (key, n): v for n, v in result.items()}


def golden():
    result = {}
    for key in CASES:
        result.update(_golden(key))
    return result
