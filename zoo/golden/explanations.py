"""Golden heat maps of whole networks: what dev.trifocal.explain makes of one image each.

The truth is PyTorch in double precision. Images are drawn anew until neither rounding nor any
decision next to a tie (decisions.py) moves the maps of gradients by a tenth of what the test
tolerates, as in steps.py.
"""

import contextlib

import numpy as np
import torch

from decisions import Decisions, turns
import networks
import stream_weights

TOLERANCE = 1e-4
STEADY, MARGIN = TOLERANCE / 10, 2
CLASSES, LABEL, STEPS, WINDOW, STRIDE = 5, 2, 2, 16, 8

# The size of the image, the module whose value Grad-CAM explains, and the attempt to begin with.
CASES = {
    "resnet18": ((48, 64), "layer4.1", 2),
    "squeezenet1_1": ((63, 47), "classifier.2", 4),
    "mobilenet-v2": ((64, 48), "features.18", 47),
}


def _gradient(net, image, module):
    """The value of a module and the gradient of the label's logit."""
    seen = []
    hook = net.module.get_submodule(module).register_forward_hook(
        lambda _, __, y: seen.append(y.clone()) or seen[0])
    logit = net(image, False)["output"][0, LABEL]
    hook.remove()
    return seen[0][0], torch.autograd.grad(logit, seen[0])[0][0]


def _grad_cam(value, gradient):
    return (gradient.mean((1, 2))[:, None, None] * value).sum(0).clamp(min=0)


def _layer_cam(value, gradient):
    return (gradient.clamp(min=0) * value).sum(0).clamp(min=0)


def _integrated_gradients(net, image):
    total = torch.zeros_like(image)
    for step in range(STEPS):
        point = ((step + 0.5) / STEPS * image).requires_grad_()
        logit = net(point, False)["output"][0, LABEL]
        total += torch.autograd.grad(logit, point)[0]
    return (image * total / STEPS)[0].sum(0)


def _starts(size):
    """Squares until one reaches the end."""
    starts = [0]
    while starts[-1] + WINDOW < size:
        starts.append(starts[-1] + STRIDE)
    return starts


def _occlusion(net, image):
    falls, counts = torch.zeros_like(image[0, 0]), torch.zeros_like(image[0, 0])
    with torch.no_grad():
        whole = net(image, False)["output"][0, LABEL]
        for top in _starts(image.shape[2]):
            for left in _starts(image.shape[3]):
                place = slice(top, top + WINDOW), slice(left, left + WINDOW)
                hidden = image.clone()
                hidden[(0, slice(None), *place)] = 0
                falls[place] += whole - net(hidden, False)["output"][0, LABEL]
                counts[place] += 1
    return falls / counts


def _gradient_maps(net, image, module, decisions=contextlib.nullcontext()):
    with decisions:
        value, gradient = _gradient(net, image, module)
        maps = {
            "grad-cam": _grad_cam(value, gradient),
            "layer-cam": _layer_cam(value, gradient),
            "integrated-gradients": _integrated_gradients(net, image),
        }
    return {n: m.detach().double().numpy() for n, m in maps.items()}


def _decisions(net, image, module):
    result = Decisions()
    _gradient_maps(net, image, module, result)
    return result


def _off(actual, expected):
    return max(np.abs(actual[n] - m).max() / np.abs(m).max() for n, m in expected.items())


def _doubts(name, attempt, image, module, expected):
    """How far off the maps are, for one way of rounding after the other."""
    exact, single = (networks.network(name, CLASSES, attempt, t)
                     for t in (torch.float64, torch.float32))
    singles = []
    for onednn in (True, False):
        with torch.backends.mkldnn.flags(enabled=onednn):
            singles.append(_decisions(single, image, module))
            yield _off(_gradient_maps(single, image, module), expected)
    near = _decisions(exact, image.double(), module).near(singles, MARGIN)
    for turned in turns(near):
        yield _off(_gradient_maps(exact, image.double(), module, Decisions(turned)), expected)


def _golden(name, size, module, first):
    for attempt in range(first, first + 100):
        shape = (1, 3, *size)
        image = torch.tensor(stream_weights.images(networks.stream_of(name, attempt), shape))
        net = networks.network(name, CLASSES, attempt)
        maps = _gradient_maps(net, image.double(), module)
        if not all(m.any() for m in maps.values()):
            print("%-14s attempt %d: nothing adds to the score" % (name, attempt))
            continue
        worst = 0
        for off in _doubts(name, attempt, image, module, maps):
            worst = max(worst, off)
            if worst > STEADY:
                break
        print("%-14s attempt %d: off by %.1e" % (name, attempt, worst), flush=True)
        if worst <= STEADY:
            maps["occlusion"] = _occlusion(net, image.double()).numpy()
            return attempt, maps
    raise SystemExit("every image of %s hangs on rounding" % name)


def golden():
    result = {}
    for name, (size, module, first) in CASES.items():
        attempt, maps = _golden(name, size, module, first)
        result[name + "/shape"] = np.array((1, 3, *size), np.int64)
        result[name + "/classes"] = np.array([CLASSES], np.int64)
        result[name + "/attempt"] = np.array([attempt], np.int64)
        result[name + "/variance"] = np.array([networks.VARIANCES.get(name, 1)], np.float32)
        for method, values in maps.items():
            result["%s/%s" % (name, method)] = values.astype(np.float32)
    return result
