#!/usr/bin/python3
"""Makes the golden values of the conformance kit with PyTorch 1.13 (Debian: python3-torch).

    /usr/bin/python3 testkit/golden/make_golden.py

The same script makes the same bytes: inputs come from seeds made of the cases' names.
"""

from pathlib import Path

import torch

import curves
import layers
import losses
import plans
import rates
import safetensors
import trajectories

FILES = {
    "layers": layers.golden,
    "losses": losses.golden,
    "optimizers": trajectories.golden,
    "dropout": trajectories.dropout,
    "plans": plans.golden,
    "picture": plans.picture,
    "rates": rates.golden,
    "curves": curves.golden,
}


def main():
    torch.set_num_threads(1)
    folder = Path(__file__).parent.parent / "src/main/resources/dev/trifocal/testkit"
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in FILES.items():
        values = make()
        size = safetensors.write(folder / (name + ".safetensors"), values)
        print("%s: %d tensors, %d bytes" % (name, len(values), size))


if __name__ == "__main__":
    main()
