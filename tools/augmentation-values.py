#!/usr/bin/python3
"""Values of torchvision and Pillow that the tests of dev.trifocal.datasets.augment expect.

Prints one line for each case: what was done, the amount, and a SHA-256 of the bytes that came out. The picture is
9 rows by 14 columns; its bytes are (37 * i + i * i // 7) % 256 for i from 0.
"""
import hashlib

import numpy
import torchvision.transforms.functional as F
from PIL import Image
from torchvision.transforms import InterpolationMode

i = numpy.arange(9 * 14 * 3)
picture = Image.fromarray(((37 * i + i * i // 7) % 256).astype(numpy.uint8).reshape(9, 14, 3))


def show(what, amount, result):
    print(what, amount, hashlib.sha256(numpy.asarray(result).tobytes()).hexdigest())


for name in ("brightness", "contrast", "saturation"):
    for amount in (0.0, 0.35, 0.8, 1.0, 1.2, 2.5):
        show(name, amount, getattr(F, "adjust_" + name)(picture, amount))
for amount in (-0.5, -0.13, 0.0, 0.05, 0.31, 0.5):
    show("hue", amount, F.adjust_hue(picture, amount))
for amount in (-90.0, -33.3, -7.5, 0.0, 12.25, 90.0, 180.0):
    show("rotate", amount, F.rotate(picture, amount, InterpolationMode.BILINEAR))
for amount in ((0, 0), (3, -2), (-5, 4)):
    moved = F.affine(picture, 0, list(amount), 1, [0.0, 0.0], InterpolationMode.BILINEAR)
    show("translate", "%d/%d" % amount, moved)
show("flip", 1, F.hflip(picture))
