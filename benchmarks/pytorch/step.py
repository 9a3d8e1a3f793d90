#!/usr/bin/python3
"""PyTorch's side of the step benchmark: mnist-cnn, batch 32, two threads, Adam.

Warms up, then prints the milliseconds per step as JSON.
"""

import argparse
import json
import os

THREADS = 2
# Before the import, for what does not heed set_num_threads.
os.environ["OMP_NUM_THREADS"] = str(THREADS)

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
    parser = argparse.ArgumentParser(description="Times PyTorch's training step of mnist-cnn.")
    parser.add_argument("--steps", type=int, default=20)
    steps = parser.parse_args().steps
    torch.set_num_threads(THREADS)
    training = Training()
    training.milliseconds_per_step(WARM_UP)
    print(json.dumps({"milliseconds_per_step": training.milliseconds_per_step(steps)}))


if __name__ == "__main__":
    main()
