#!/usr/bin/python3
"""PyTorch's side of the segmentation benchmark: trains a U-Net and prints losses and mean IoU as JSON.

    segmentation.py start FILE --classes N [--width X]     writes initial weights
    segmentation.py train FOLDER FILE --classes N ...      trains from them

FOLDER has train, validation and test pairs in images/ and masks/ of train, val and test. Samples
are taken in the order of their names. Adam, cross-entropy without the void class.
"""

import argparse
import json
import os
import struct
import sys
import time
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
commands = parser.add_subparsers(dest="command", required=True)
start = commands.add_parser("start")
train = commands.add_parser("train")
train.add_argument("folder", type=Path)
for command in (start, train):
    command.add_argument("file", type=Path)
    command.add_argument("--classes", type=int, required=True)
    command.add_argument("--width", type=float, default=1)
train.add_argument("--void", type=int, default=255)
train.add_argument("--epochs", type=int, default=2)
train.add_argument("--batch-size", type=int, default=8)
train.add_argument("--lr", type=float, default=1e-3)
train.add_argument("--threads", type=int, default=2)
options = parser.parse_args()
os.environ["OMP_NUM_THREADS"] = str(getattr(options, "threads", 2))

import numpy as np
import torch
from PIL import Image
from torch import nn

import networks

sys.path.append(str(Path(__file__).parent.parent.parent / "testkit/golden"))
import safetensors


def unet():
    torch.manual_seed(1)
    return networks.UNet(3, options.classes, options.width)


def names(net):
    """Trifocal's names of the tensors, by PyTorch's."""
    parts = {"0": "conv1", "1": "bn1", "3": "conv2", "4": "bn2"}
    result = {}
    for name in net.state_dict():
        words = name.split(".")
        if words[-1] == "num_batches_tracked":
            continue
        if words[0] == "score":
            result[name] = "outc.conv." + words[-1]
        elif words[0] == "up":
            result[name] = "up%d.up.%s" % (int(words[1]) + 1, words[-1])
        else:
            level = int(words[1])
            block = "up%d" % (level + 1) if words[0] == "merge" else (
                "down%d" % level if level else "inc")
            result[name] = "%s.%s.%s" % (block, parts[words[2]], words[-1])
    return result


def load(net):
    content = options.file.read_bytes()
    size = struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8:8 + size])
    state = net.state_dict()
    for name, known in names(net).items():
        first, last = header[known]["data_offsets"]
        values = np.frombuffer(content[8 + size + first:8 + size + last], np.float32)
        state[name] = torch.tensor(values.reshape(header[known]["shape"]))
    net.load_state_dict(state)


def samples(part):
    images, masks = [], []
    for file in sorted((options.folder / part / "images").iterdir()):
        images.append(np.asarray(Image.open(file).convert("RGB"), np.float32) / 255)
        mask = options.folder / part / "masks" / (file.stem + ".png")
        masks.append(np.asarray(Image.open(mask), np.int64))
    return torch.tensor(np.stack(images)).permute(0, 3, 1, 2).contiguous(), torch.tensor(np.stack(masks))


def mean_iou(net, images, masks):
    table = torch.zeros(options.classes, options.classes, dtype=torch.long)
    with torch.no_grad():
        for i in range(0, len(images), options.batch_size):
            best = net(images[i:i + options.batch_size]).argmax(1)
            labels = masks[i:i + options.batch_size]
            counted = labels != options.void
            pairs = labels[counted] * options.classes + best[counted]
            table += torch.bincount(pairs, minlength=options.classes ** 2).reshape(table.shape)
    hits = table.diag().double()
    either = table.sum(0) + table.sum(1) - table.diag()
    return (hits / either)[either > 0].mean().item()


def run():
    torch.set_num_threads(options.threads)
    net = unet()
    load(net)
    images, masks = samples("train")
    optimizer = torch.optim.Adam(net.parameters(), lr=options.lr)
    loss = nn.CrossEntropyLoss(ignore_index=options.void)
    losses, seconds = [], []
    for _ in range(options.epochs):
        net.train()
        begin = time.perf_counter()
        for i in range(0, len(images), options.batch_size):
            optimizer.zero_grad()
            value = loss(net(images[i:i + options.batch_size]), masks[i:i + options.batch_size])
            value.backward()
            optimizer.step()
            losses.append(value.item())
        seconds.append(time.perf_counter() - begin)
    net.eval()
    print(json.dumps(
        {"losses": losses, "seconds": seconds, "test_mean_iou": mean_iou(net, *samples("test"))}))


if options.command == "start":
    first = unet()
    known = names(first)
    safetensors.write(options.file, {
        known[name]: value.numpy().copy()
        for name, value in first.state_dict().items() if name in known})
else:
    run()
