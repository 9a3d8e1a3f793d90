"""Learning rates of torch.optim.lr_scheduler.ReduceLROnPlateau, for ReduceOnPlateauTest.

    python3 api/src/test/python/golden_plateau.py > api/src/test/resources/dev/trifocal/trainer/plateau.txt

A line has mode, factor, patience, threshold, cooldown, min_lr, the values of the epochs, and the rate after
each of them; it starts at 0.1.
"""
import random

import torch

CASES = [
    ("min", 0.1, 10, 1e-4, 0, 0.0),
    ("min", 0.5, 2, 1e-4, 0, 0.0),
    ("min", 0.5, 0, 0.05, 3, 0.0),
    ("min", 0.3, 1, 0.02, 2, 0.004),
    ("max", 0.5, 2, 0.01, 0, 0.0),
    ("max", 0.2, 1, 1e-4, 1, 0.001),
    ("min", 0.01, 0, 0.5, 0, 0.0),
]


def main():
    draw = random.Random(7)
    for mode, factor, patience, threshold, cooldown, least in CASES:
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
        scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(
            optimizer, mode=mode, factor=factor, patience=patience, threshold=threshold,
            cooldown=cooldown, min_lr=least)
        values, rates = [], []
        for epoch in range(30):
            falling = max(0.3, 1 - epoch / 12) + draw.uniform(-0.08, 0.08)
            value = float("nan") if epoch in (9, 21) and mode == "min" else falling
            value = value if mode == "min" else 1.4 - value
            scheduler.step(value)
            values.append(repr(value).replace("nan", "NaN"))
            rates.append(repr(optimizer.param_groups[0]["lr"]))
        print(mode, factor, patience, threshold, cooldown, least, ",".join(values), ",".join(rates))


main()
