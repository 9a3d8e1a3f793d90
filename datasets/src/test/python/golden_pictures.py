#!/usr/bin/python3
"""Writes the picture files of ImageFileTest, each with what Pillow reads in it beside it, as
NAME.expected.png: golden_pictures.py <folder>

Where a picture is transparent, white is put under it. Made with Pillow 9.4.
"""
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

HEIGHT, WIDTH = 21, 34
folder = Path(sys.argv[1])


def smooth(channels, most=255):
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH] / (HEIGHT, WIDTH)[1]
    waves = [np.sin(3 * x + 2 * c) * np.cos(4 * y + c) / 2 + 0.5 for c in range(channels)]
    return (np.stack(waves, -1) * most).astype(np.uint16 if most > 255 else np.uint8)


def expect(name):
    image = Image.open(folder / name)
    if image.format != "TIFF":  # which Pillow stands up itself
        image = ImageOps.exif_transpose(image)
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


def segments(data):
    """The segments in front of the first scan, and what follows."""
    at, found = 2, []
    while data[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(data[at + 2:at + 4], "big")
        found.append(bytes(data[at:end]))
        at = end
    return found, bytes(data[at:])


def jpeg(name, found, rest, between=b""):
    (folder / name).write_bytes(b"\xff\xd8" + b"".join(s + between for s in found) + rest)
    expect(name)


# Who says that three channels are colours: JFIF, Adobe, the channels' names, nobody.
jfif = b"\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
adobe = b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0"
found, rest = segments((folder / "fine.jpg").read_bytes())
bare = [s for s in found if s[1] != 0xE0]
names = [s.replace(b"\3\1\x11\0\2\x11\1\3\x11\1", b"\3R\x11\0G\x11\1B\x11\1") for s in bare]
named = rest.replace(b"\3\1\0\2\x11\3\x11", b"\3R\0G\x11B\x11", 1)
jpeg("adobe-rgb.jpg", [adobe + b"\0"] + bare, rest)
jpeg("adobe-luma.jpg", [adobe + b"\1"] + names, named)
jpeg("jfif-adobe-rgb.jpg", [jfif, adobe + b"\0"] + bare, rest)
jpeg("rgb-names.jpg", names, named)
jpeg("no-names.jpg", bare, rest)
jpeg("stray-bytes.jpg", found, rest, b"\0ab\xff\0\xff\xff")

exif = Image.Exif()
exif[0x0112] = 6
save("lying.png", colours, exif=exif.tobytes())
text = PngImagePlugin.PngInfo()
profile = b"Exif\0\0" + exif.tobytes()[6:]
text.add_text("Raw profile type exif", f"\nexif\n{len(profile):8}\n{profile.hex()}\n", zip=True)
save("lying-profile.png", colours, pnginfo=text)
text = PngImagePlugin.PngInfo()
text.add_itxt("XML:com.adobe.xmp", '<rdf:Description tiff:Orientation="8"/>')
save("lying-xmp.png", colours, pnginfo=text)


def gif(name, height, width, top, left, **options):
    """A first frame at a place of a canvas."""
    palette.save(folder / name, **options)
    data = bytearray((folder / name).read_bytes())
    at = 13 + 3 * (2 << (data[10] & 7))
    while data[at] == 0x21:
        at += 2
        while data[at]:
            at += 1 + data[at]
        at += 1
    data[6:10] = width.to_bytes(2, "little") + height.to_bytes(2, "little")
    data[at + 1:at + 5] = left.to_bytes(2, "little") + top.to_bytes(2, "little")
    data[11] = 5
    (folder / name).write_bytes(data)
    expect(name)


gif("small-frame.gif", 40, 50, 7, 12)
gif("small-frame-alpha.gif", 40, 50, 7, 12, transparency=2)
gif("frame-beyond.gif", 20, 30, 7, 12)

save("lossless.webp", colours, lossless=True)
save("lossy.webp", colours, quality=90)
save("alpha.webp", Image.fromarray(smooth(4), "RGBA"), lossless=True, exact=True)
save("lying.webp", colours, lossless=True, exif=exif.tobytes())
save("profile.webp", colours, lossless=True, icc_profile=ImageCms.ImageCmsProfile(
    ImageCms.createProfile("sRGB")).tobytes().replace(b"rXYZ", b"tXYZ", 1).replace(
    b"gXYZ", b"rXYZ", 1).replace(b"tXYZ", b"gXYZ", 1))
save("frames.webp", colours, lossless=True, save_all=True, append_images=[colours.rotate(180)])
for kind in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"):
    save(f"{kind}.tif", colours, compression=kind)
for kind in ("group3", "group4"):
    save(f"{kind}.tif", gray.convert("1"), compression=kind)
save("gray.tif", gray)
save("palette.tif", palette)
save("inks.tif", inks)
save("alpha.tif", Image.fromarray(smooth(4), "RGBA"))
save("lying.tif", colours, tiffinfo={0x0112: 6})
save("pages.tif", colours, save_all=True, append_images=[colours.rotate(180)])
Image.fromarray(smooth(1)[:, :, 0] * np.float32(1.5) - 30).save(folder / "floats.tif")
