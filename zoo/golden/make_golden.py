#!/usr/bin/python3
"""Makes the golden values of the zoo's networks with PyTorch 1.13 and torchvision 0.14 (Debian:
python3-torch, python3-torchvision).

    /usr/bin/python3 zoo/golden/make_golden.py

The same script makes the same bytes: weights and inputs come from streams made of names.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.append(str(ROOT / "testkit/golden"))

import torch

import explanations
import inference
import safetensors
import steps

FILES = {
    "inference": inference.golden, "steps": steps.golden, "explanations": explanations.golden}


def main():
    torch.set_num_threads(2)
    folder = ROOT / "apps/src/test/resources/dev/trifocal/apps/zoo"
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or FILES:
        values = FILES[name]()
        size = safetensors.write(folder / (name + ".safetensors"), values)
        print("%s: %d tensors, %d bytes" % (name, len(values), size))


if __name__ == "__main__":
    main()
