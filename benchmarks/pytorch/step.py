#!/usr/bin/python3
"""PyTorch's side of the step benchmark: a training step with Adam and cross-entropy, or a prediction.

Warms up, then prints the milliseconds per step, and the peak of the resident memory above that of
the idle process, as JSON.
"""

import argparse
import json
import os
import sys

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument(
    "model", help="mnist-cnn, unet, or a classifier of torchvision, such as resnet18")
parser.add_argument("--width", type=float, default=1, help="multiplier of the channels of unet")
parser.add_argument("--input", default="1x28x28", help="shape of one sample, such as 3x64x64")
parser.add_argument("--batch-size", type=int, default=32)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--steps", type=int, default=20)
parser.add_argument("--warm-up", type=int, default=10)
parser.add_argument("--channels-last", action="store_true")
parser.add_argument(
    "--inference", action="store_true", help="run predictions instead, without gradients")
options = parser.parse_args()
# Before the import, for what does not heed set_num_threads.
os.environ["OMP_NUM_THREADS"] = str(options.threads)

import time

import torch
from torch import nn

import networks


def refuse_reference_blas():
    """With Debian's default BLAS, dense layers take many times as long; a comparison would flatter."""
    with open("/proc/self/maps") as maps:
        if "/blas/libblas.so" in maps.read():
            sys.exit("PyTorch uses the reference BLAS: install libopenblas0-openmp")


def status(field):
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))


class Training:
    def __init__(self):
        self.layout = torch.channels_last if options.channels_last else torch.contiguous_format
        shape = [options.batch_size] + [int(size) for size in options.input.split("x")]
        self.images = torch.rand(shape).to(memory_format=self.layout)
        self.net = networks.network(options.model, options.width).train().to(memory_format=self.layout)
        self.optimizer = torch.optim.Adam(self.net.parameters(), lr=1e-3)
        self.loss = nn.CrossEntropyLoss()
        with torch.no_grad():
            logits = self.net(self.images[:2]).shape
        self.labels = torch.randint(0, logits[1], (options.batch_size, *logits[2:]))

    def run(self):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(self.net(self.images), self.labels)
        value = loss.item()
        loss.backward()
        self.optimizer.step()
        return value


class Inference:
    def __init__(self):
        self.layout = torch.channels_last if options.channels_last else torch.contiguous_format
        shape = [options.batch_size] + [int(size) for size in options.input.split("x")]
        self.images = torch.rand(shape).to(memory_format=self.layout)
        self.net = networks.network(options.model, options.width).eval().to(memory_format=self.layout)

    @torch.no_grad()
    def run(self):
        return self.net(self.images).sum().item()


def milliseconds_per_run(work, times):
    start = time.perf_counter()
    for _ in range(times):
        work.run()
    return (time.perf_counter() - start) * 1000 / times


def main():
    refuse_reference_blas()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    with open("/proc/self/clear_refs", "w") as clear:
        clear.write("5")
    idle = status("VmRSS:")
    work = Inference() if options.inference else Training()
    milliseconds_per_run(work, options.warm_up)
    milliseconds = milliseconds_per_run(work, options.steps)
    print(json.dumps({"milliseconds_per_step": milliseconds,
                      "peak_memory_bytes": status("VmHWM:") - idle}))


if __name__ == "__main__":
    main()
