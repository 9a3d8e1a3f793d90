"""PyTorch's side of Trifocal's networks. The number of threads must be set before this is imported."""

from torch import nn


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
