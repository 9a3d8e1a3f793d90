"""Writes float32 numbers and what PyTorch stores them as in 16 bits.

    /usr/bin/python3 golden_half.py OUT_DIR    writes OUT_DIR/half.csv

Each line has the bits of a float32, of its fp16 and of its bf16 number, in hexadecimal: every power of two, their neighbours, the halfway
points between neighbouring numbers of 16 bits and their neighbours, the ends of both ranges, and random bits.
"""

import pathlib
import sys

import numpy
import torch

RANDOM = 500


def halfway(narrow):
    """The float32 numbers between neighbouring numbers of 16 bits, given by the upper ones of their bits, and their neighbours."""
    wide = narrow.astype(numpy.uint32)
    return numpy.concatenate([wide - 1, wide, wide + 1])


def inputs():
    random = numpy.random.RandomState(7)
    powers = (numpy.arange(0, 255, dtype=numpy.uint32)) << 23
    some = random.randint(0, 0x7F80, 100).astype(numpy.uint32) << 16
    fp16 = random.randint(0x38800000 >> 13, 0x47800000 >> 13, 100).astype(numpy.uint32) << 13
    subnormal = ((random.randint(0, 1024, 100) + 0.5) * 2.0**-24).astype(numpy.float32).view(numpy.uint32)
    ends = numpy.array([65504, 65519.996, 65520, 65536, 3.3895314e38, 3.3961775e38, 3.4028235e38, 2.0**-25], numpy.float32).view(numpy.uint32)
    anything = random.randint(0, 0x7F800001, RANDOM).astype(numpy.uint32)
    parts = [halfway(powers[1:]), halfway(some + 0x8000), halfway(fp16 + 0x1000), halfway(subnormal), halfway(ends), anything]
    parts.append(numpy.array([0, 0x7F800000], numpy.uint32))
    bits = numpy.unique(numpy.concatenate(parts))
    bits = bits[bits <= 0x7F800000]
    return numpy.concatenate([bits, bits | 0x80000000])


def stored(bits, kind):
    return torch.from_numpy(bits.view(numpy.float32).copy()).to(kind).view(torch.int16).numpy().view(numpy.uint16)


def main():
    bits = inputs().astype(numpy.uint32)
    rows = zip(bits, stored(bits, torch.float16), stored(bits, torch.bfloat16))
    lines = ["%08x,%04x,%04x" % row for row in rows]
    (pathlib.Path(sys.argv[1]) / "half.csv").write_text("\n".join(lines) + "\n")


main()
