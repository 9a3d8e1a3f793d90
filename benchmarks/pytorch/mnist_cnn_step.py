#!/usr/bin/python3
"""PyTorch's side of the step benchmark: mnist-cnn, batch 32, two threads, Adam.

Warms up, prints "ready", then answers each line "run K" on standard input with the milliseconds
per step over K steps. Between commands it sleeps on standard input.
"""

import os

THREADS = 2
# Before the import, for what does not heed set_num_threads.
os.environ["OMP_NUM_THREADS"] = str(THREADS)
# Sleeping threads, not spinning ones, while the other side runs.
os.environ["OMP_WAIT_POLICY"] = "PASSIVE"

import sys
import time

import torch
from torch import nn

BATCH = 32
WARM_UP = 10


def mnist_cnn():
    return nn.Sequential(
        nn.Conv2d(1, 64, 3, padding=1), nn.ReLU(),
        nn.Conv2d(64, 64, 3, padding=1), nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(64, 128, 3, padding=1), nn.ReLU(),
        nn.Conv2d(128, 128, 3, padding=1), nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(128 * 7 * 7, 100), nn.ReLU(), nn.Dropout(0.5),
        nn.Linear(100, 50), nn.ReLU(), nn.Dropout(0.5),
        nn.Linear(50, 10))


class Training:
    def __init__(self):
        torch.manual_seed(1)
        self.net = mnist_cnn().train()
        self.optimizer = torch.optim.Adam(self.net.parameters(), lr=1e-3)
        self.loss = nn.CrossEntropyLoss()
        self.images = torch.rand(BATCH, 1, 28, 28)
        self.labels = torch.randint(0, 10, (BATCH,))

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(self.net(self.images), self.labels)
        value = loss.item()
        loss.backward()
        self.optimizer.step()
        return value

    def milliseconds_per_step(self, steps):
        start = time.perf_counter()
        for _ in range(steps):
            self.step()
        return (time.perf_counter() - start) * 1000 / steps


def main():
    torch.set_num_threads(THREADS)
    training = Training()
    training.milliseconds_per_step(WARM_UP)
    print("ready", flush=True)
    for line in sys.stdin:
        command, _, count = line.partition(" ")
        if command != "run" or not count.strip().isdigit() or int(count) == 0:
            sys.exit("unknown command: " + line.strip())
        print("%.3f" % training.milliseconds_per_step(int(count)), flush=True)


if __name__ == "__main__":
    main()
