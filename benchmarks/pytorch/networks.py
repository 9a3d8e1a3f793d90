"""The networks of the benchmarks that torchvision lacks, as Trifocal's zoo defines them."""

import torch
from torch import nn


def network(name, width=1):
    if name == "mnist-cnn":
        return mnist_cnn()
    if name == "unet":
        return UNet(3, 2, width)
    import torchvision

    return getattr(torchvision.models, name)()


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


def convolutions(inputs, outputs):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(),
        nn.Conv2d(outputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU())


class UNet(nn.Module):
    """U-Net with padded convolutions and batch normalization."""

    def __init__(self, channels, classes, width=1):
        super().__init__()
        widths = [round(16 * width) << level for level in range(5)]
        self.down = nn.ModuleList(
            convolutions(inputs, outputs) for inputs, outputs in zip([channels] + widths, widths))
        self.up = nn.ModuleList(
            nn.ConvTranspose2d(2 * width, width, 2, stride=2) for width in widths[-2::-1])
        self.merge = nn.ModuleList(
            convolutions(2 * width, width) for width in widths[-2::-1])
        self.score = nn.Conv2d(widths[0], classes, 1)

    def forward(self, x):
        skips = []
        for level, down in enumerate(self.down):
            x = down(x if level == 0 else nn.functional.max_pool2d(x, 2))
            skips.append(x)
        skips.pop()
        for up, merge in zip(self.up, self.merge):
            skip, x = skips.pop(), up(x)
            x = nn.functional.pad(x, [0, skip.shape[3] - x.shape[3], 0, skip.shape[2] - x.shape[2]])
            x = merge(torch.cat([skip, x], 1))
        return self.score(x)
