#!/usr/bin/python3
"""Writes the picture files of ImageFileTest, each with what Pillow reads in it beside it, as
NAME.expected.png: golden_pictures.py <folder>

Where a picture is transparent, white is put under it. Made with Pillow 9.4.
"""
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

HEIGHT, WIDTH = 21, 34
folder = Path(sys.argv[1])


def smooth(channels, most=255):
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH] / (HEIGHT, WIDTH)[1]
    waves = [np.sin(3 * x + 2 * c) * np.cos(4 * y + c) / 2 + 0.5 for c in range(channels)]
    return (np.stack(waves, -1) * most).astype(np.uint16 if most > 255 else np.uint8)


def expect(name):
    image = Image.open(folder / name)
    if image.mode == "I":
        values = np.asarray(image).astype(np.int64)
        image = Image.fromarray(((values * 255 + 32767) // 65535).astype(np.uint8))
    if image.mode in ("RGBA", "LA") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    image.convert("RGB").save(folder / f"{name}.expected.png")


def save(name, image, **options):
    image.save(folder / name, **options)
    expect(name)


colours = Image.fromarray(smooth(3))
gray = Image.fromarray(smooth(1)[:, :, 0])
inks = Image.fromarray(smooth(4), "CMYK")
save("colours.jpg", colours, quality=90)
save("fine.jpg", colours, quality=95, subsampling=0)
save("progressive.jpg", colours, quality=85, progressive=True)
save("gray.jpg", gray, quality=90)
swapped = ImageCms.createProfile("LAB")
save("profile.jpg", colours, quality=90,
     icc_profile=ImageCms.ImageCmsProfile(swapped).tobytes())
save("inks.jpg", inks, quality=95)
# The same data, said to be YCbCr and black.
data = bytearray((folder / "inks.jpg").read_bytes())
data[data.index(b"Adobe") + 11] = 2
(folder / "ycck.jpg").write_bytes(data)
expect("ycck.jpg")

save("colours.png", colours)
save("gray.png", gray)
save("black-and-white.png", gray.convert("1"))
save("gray16.png", Image.fromarray(smooth(1, 65535)[:, :, 0].astype(np.int32), "I"))
save("alpha.png", Image.fromarray(smooth(4), "RGBA"))
save("gray-alpha.png", Image.fromarray(smooth(2), "LA"))
palette = colours.quantize(16)
save("palette.png", palette)
save("palette-alpha.png", palette, transparency=3)
save("colours.bmp", colours)
save("palette.bmp", palette)
save("frames.gif", palette, save_all=True, append_images=[palette.rotate(180)])
save("alpha.gif", palette, transparency=2)
