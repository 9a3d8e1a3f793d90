#!/usr/bin/python3
"""PyTorch's side of the step benchmark: a training step with Adam and cross-entropy.

Warms up, then prints the milliseconds per step as JSON.
"""

import argparse
import json
import os

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("model", help="mnist-cnn, or a classifier of torchvision, such as resnet18")
parser.add_argument("--input", default="1x28x28", help="shape of one sample, such as 3x64x64")
parser.add_argument("--batch-size", type=int, default=32)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--steps", type=int, default=20)
parser.add_argument("--warm-up", type=int, default=10)
parser.add_argument("--channels-last", action="store_true")
options = parser.parse_args()
# Before the import, for what does not heed set_num_threads.
os.environ["OMP_NUM_THREADS"] = str(options.threads)

import time

import torch
from torch import nn

from networks import mnist_cnn


def network(name):
    if name == "mnist-cnn":
        return mnist_cnn()
    import torchvision

    return getattr(torchvision.models, name)()


class Training:
    def __init__(self):
        torch.manual_seed(1)
        layout = torch.channels_last if options.channels_last else torch.contiguous_format
        shape = [options.batch_size] + [int(size) for size in options.input.split("x")]
        self.net = network(options.model).train().to(memory_format=layout)
        self.optimizer = torch.optim.Adam(self.net.parameters(), lr=1e-3)
        self.loss = nn.CrossEntropyLoss()
        self.images = torch.rand(shape).to(memory_format=layout)
        classes = 10 if options.model == "mnist-cnn" else 1000
        self.labels = torch.randint(0, classes, (options.batch_size,))

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
    torch.set_num_threads(options.threads)
    training = Training()
    training.milliseconds_per_step(options.warm_up)
    print(json.dumps({"milliseconds_per_step": training.milliseconds_per_step(options.steps)}))


if __name__ == "__main__":
    main()
