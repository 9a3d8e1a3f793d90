"""Golden training steps: the loss of a small batch, and what one step of gradient descent takes off
a few tensors of the network.

The truth is PyTorch in double precision. Weights are drawn anew until neither single precision nor
noise as large as rounding moves the gradients, so that no step hangs on the sign of a rounding.
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import networks
import stream_weights

TOLERANCE = 1e-4
AUXILIARY_WEIGHT = 0.3
NOISE = 3e-7
WATCHED, ELEMENTS = 8, 128


class Case:
    def __init__(self, shape, classes=7, frozen=(), norms="trained", first=0):
        self.shape, self.classes, self.frozen, self.norms = shape, classes, frozen, norms
        self.first = first


# A batch norm passes rounding on enlarged. In deep networks it then decides which side of a ReLU
# some value is on, and one value in a small last map moves all gradients by a hundredth. So those
# networks have two cases: one with norms frozen, and one in which statistics are watched and the
# last bias, which no such value moves.
CASES = {
    "alexnet-torchvision": Case((4, 3, 63, 79)),
    "vgg11-bn": Case((4, 3, 32, 48)),
    "googlenet-bn": Case((4, 3, 63, 79), norms="watched"),
    "googlenet-bn frozen": Case((2, 3, 63, 79), norms="frozen"),
    "squeezenet1_1": Case((4, 3, 47, 63)),
    "resnet18": Case((4, 3, 64, 48)),
    "mobilenet-v2": Case((4, 3, 64, 48), norms="watched"),
    "mobilenet-v2 frozen": Case((2, 3, 64, 48), norms="frozen"),
    "se-resnet50": Case((4, 3, 65, 48), norms="watched"),
    "se-resnet50 frozen": Case((2, 3, 65, 48), norms="frozen"),
    "xception": Case((4, 3, 71, 64), norms="watched"),
    "xception frozen": Case((2, 3, 71, 64), norms="frozen"),
    "mobilenet-v1": Case((4, 3, 64, 47), norms="watched"),
    "mobilenet-v1 frozen": Case((2, 3, 64, 47), norms="frozen"),
    # With its first weights some value hangs on a rounding after all: two engines are off by 2.4e-4.
    "unet": Case((1, 1, 188, 204), 2, first=1),
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


def _step(key, attempt, dtype, noise=None):
    """The loss, and by name the gradients of what is learned and the changes of statistics."""
    case, name = CASES[key], key.partition(" ")[0]
    net = networks.network(name, case.classes, attempt, dtype, CHANGES.get(name))
    image = stream_weights.images(networks.stream_of(name, attempt), case.shape)
    image = torch.tensor(image).to(dtype)
    if noise is not None:
        image = image * (1 + NOISE * torch.tensor(noise.normal(size=case.shape)))
    with torch.no_grad():
        net(image, False)
    norms = {n.rpartition(".")[0] for n in net.state() if n.endswith(".running_var")}
    frozen = {*case.frozen, *(norms if case.norms == "frozen" else ())}
    before = {n: t.detach().clone() for n, t in net.state().items() if ".running_" in n}
    loss = _loss(net(image, True, case.norms != "frozen"))
    state = {n: t for n, t in net.state().items() if n.rpartition(".")[0] not in frozen}
    learned = {n: t for n, t in state.items() if n not in before}
    result = dict(zip(learned, torch.autograd.grad(loss, list(learned.values()))))
    result.update({n: before[n] - t for n, t in state.items() if n in before})
    starts = {n: _part(t) for n, t in state.items()}
    return loss.item(), {n: _part(result[n]) for n in state}, starts


def _part(tensor):
    return tensor.detach().double().numpy().reshape(-1)[:ELEMENTS].copy()


def _off(actual, expected, names):
    return max(np.abs(actual[n] - expected[n]).max() / np.abs(expected[n]).max() for n in names)


def _watched(case, changes):
    """Spread over the network; a bias before a batch norm has no gradient to speak of."""
    sizes = {n: np.abs(c).max() for n, c in changes.items()}
    typical = np.median(list(sizes.values()))
    names = [n for n, s in sizes.items() if s > typical / 1000]
    if case.norms == "watched":
        names = [n for n in names if ".running_" in n or n == list(changes)[-1]]
    return [names[i] for i in np.linspace(0, len(names) - 1, WATCHED).astype(int)]


def _rate(changes, starts, names):
    """A power of two with which steps are as large as the weights, so that they stay exact."""
    ratio = max(
        np.abs(starts[n]).max() / np.abs(changes[n]).max() for n in names if ".running_" not in n)
    return 2.0 ** np.ceil(np.log2(ratio))


def _golden(key):
    case, name = CASES[key], key.partition(" ")[0]
    for attempt in range(case.first, 20):
        loss, changes, starts = _step(key, attempt, torch.float64)
        names = _watched(case, changes)
        others = [_step(key, attempt, torch.float32)]
        others += [_step(key, attempt, torch.float64, np.random.default_rng(i)) for i in range(2)]
        off = max(_off(other[1], changes, names) for other in others)
        print("%-20s attempt %d: loss %.4f, off by %.1e" % (key, attempt, loss, off), flush=True)
        if off <= TOLERANCE / 3:
            break
    else:
        raise SystemExit("every start of %s hangs on rounding" % key)
    rate = _rate(changes, starts, names)
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
