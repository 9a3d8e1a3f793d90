"""Golden outputs of whole networks in evaluation mode, one image each.

The truth is PyTorch in double precision; single precision must agree within a tenth of what the
test tolerates.
"""

import numpy as np
import torch

import networks
import stream_weights

TOLERANCE = 1e-4

# Sizes are not square, and odd where pools round; the published one where that is cheap.
SIZES = {
    "alexnet-torchvision": (224, 224),
    "googlenet-bn": (111, 95),
    "squeezenet1_0": (111, 95),
    "squeezenet1_1": (224, 224),
    "vgg11": (64, 48), "vgg11-bn": (64, 48), "vgg13": (64, 48), "vgg13-bn": (64, 48),
    "vgg16": (64, 48), "vgg16-bn": (64, 48), "vgg19": (64, 48), "vgg19-bn": (64, 48),
    "resnet18": (224, 224),
    "resnet34": (97, 80), "resnet50": (97, 80), "resnet101": (97, 80), "resnet152": (97, 80),
    "mobilenet-v2": (224, 224),
    "se-resnet50": (97, 80), "senet154": (97, 80), "xception": (97, 80),
    "mobilenet-v1": (97, 80), "unet-original": (188, 204), "fcn8s": (49, 70),
}
CLASSES = {"unet-original": 2, "fcn8s": 3}
CHANNELS = {"unet-original": 1}


def golden():
    result = {}
    for name, size in SIZES.items():
        shape = (1, CHANNELS.get(name, 3), *size)
        image = torch.tensor(stream_weights.images(networks.stream_of(name, 0), shape))
        net = networks.network(name, CLASSES.get(name, 1000))
        with torch.no_grad():
            exact = net(image.double(), False)["output"].numpy()
            single = net.single()(image, False)["output"].numpy()
        off = np.abs(exact - single).max() / np.abs(exact).max()
        print("%-20s deviates by %.3g, single precision by %.1e" % (name, exact.std(), off))
        if off > TOLERANCE / 10:
            raise SystemExit("rounding judges " + name)
        result[name + "/shape"] = np.array(shape, np.int64)
        result[name + "/classes"] = np.array([CLASSES.get(name, 1000)], np.int64)
        result[name + "/variance"] = np.array([networks.VARIANCES.get(name, 1)], np.float32)
        result[name + "/output"] = exact.astype(np.float32)
    return result
