#!/usr/bin/python3
"""PyTorch's side of the MNIST record: trains mnist-cnn with Adam, then prints the test accuracy as JSON."""

import argparse
import gzip
import json
import os
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("folder", type=Path, help="folder with the four files of MNIST, gzipped")
parser.add_argument("--epochs", type=int, default=2)
parser.add_argument("--batch-size", type=int, default=32)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
# Before the import, for what does not heed set_num_threads.
os.environ["OMP_NUM_THREADS"] = str(options.threads)

import numpy
import torch
from torch import nn

from networks import mnist_cnn

TEST_BATCH = 500


def elements(name, header):
    with gzip.open(options.folder / name) as file:
        return numpy.frombuffer(file.read(), numpy.uint8, offset=header)


def samples(part):
    pixels = elements(part + "-images-idx3-ubyte.gz", 16).reshape(-1, 1, 28, 28)
    labels = elements(part + "-labels-idx1-ubyte.gz", 8)
    return (torch.from_numpy(pixels.astype(numpy.float32) / 255),
            torch.from_numpy(labels.astype(numpy.int64)))


def train(net, images, labels):
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
    loss = nn.CrossEntropyLoss()
    net.train()
    for _ in range(options.epochs):
        for batch in torch.randperm(len(images)).split(options.batch_size):
            optimizer.zero_grad(set_to_none=True)
            loss(net(images[batch]), labels[batch]).backward()
            optimizer.step()


def accuracy(net, images, labels):
    net.eval()
    with torch.no_grad():
        batches = zip(images.split(TEST_BATCH), labels.split(TEST_BATCH))
        right = sum((net(x).argmax(1) == y).sum().item() for x, y in batches)
    return right / len(images)


def main():
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    net = mnist_cnn()
    train(net, *samples("train"))
    print(json.dumps({"accuracy": accuracy(net, *samples("t10k"))}))


if __name__ == "__main__":
    main()
