#!/usr/bin/python3
"""Writes what Pillow and torchvision make of pictures: golden_pictures.py <folder>

Value i of a picture, in the order [height, width, channel], is (i * 2654435761 mod 2^32) >> 24:
noise, so that a rounding in the wrong place shows. A line of resize.txt is the channels, the size
before and after, the CRC-32 of the result, and, where it is small, the result in hexadecimal.
A line of preparation.txt is the channels, the size, the shorter side, the size cut out, the CRC-32
of the bytes. Made with Pillow 9.4 and torchvision 0.14, with BILINEAR throughout.
"""
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image
from torchvision import transforms

SIZES = [
    # height, width, new height, new width
    (7, 10, 5, 7), (7, 10, 7, 3), (7, 10, 3, 10), (7, 10, 7, 10), (5, 4, 9, 11), (5, 4, 3, 11),
    (1, 1, 4, 3), (1, 10, 1, 3), (10, 1, 3, 1), (13, 17, 1, 1), (2, 3, 1, 2), (3, 2, 8, 1),
    (64, 48, 9, 7), (37, 53, 8, 8), (31, 29, 30, 28), (8, 8, 16, 16), (9, 9, 14, 5),
    (264, 337, 224, 224), (256, 375, 224, 224), (600, 401, 224, 224), (100, 120, 224, 224),
    (28, 28, 299, 299), (1, 5000, 1, 3), (3000, 2, 7, 2), (1080, 7, 64, 64),
]
CUTS = [
    # height, width, shorter side, height and width cut out
    (7, 10, 5, 4, 3), (264, 337, 256, 224, 224), (256, 341, 256, 224, 224),
    (333, 250, 256, 224, 224), (90, 500, 64, 57, 61), (500, 90, 73, 73, 50), (61, 61, 64, 64, 64),
]
SMALL = 300


def picture(channels, height, width):
    index = np.arange(height * width * channels, dtype=np.uint64)
    values = ((index * 2654435761 % 2**32) >> 24).astype(np.uint8)
    shape = (height, width) if channels == 1 else (height, width, channels)
    return Image.fromarray(values.reshape(shape))


def resized(channels, height, width, new_height, new_width):
    image = picture(channels, height, width).resize((new_width, new_height), Image.BILINEAR)
    values = np.asarray(image).tobytes()
    digits = values.hex() if len(values) <= SMALL else ""
    return f"{channels} {height} {width} {new_height} {new_width} {zlib.crc32(values)} {digits}"


def prepared(channels, height, width, side, cut_height, cut_width):
    way = transforms.Compose([
        transforms.Resize(side, transforms.InterpolationMode.BILINEAR),
        transforms.CenterCrop((cut_height, cut_width))])
    values = np.asarray(way(picture(channels, height, width))).tobytes()
    return f"{channels} {height} {width} {side} {cut_height} {cut_width} {zlib.crc32(values)}"


folder = Path(sys.argv[1])
for name, line, cases in (("resize", resized, SIZES), ("preparation", prepared, CUTS)):
    lines = [line(channels, *case).rstrip() for case in cases for channels in (1, 3)]
    (folder / f"{name}.txt").write_text("\n".join(lines) + "\n")
