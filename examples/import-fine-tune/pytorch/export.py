"""Writes the network that the example imports: `python3 export.py ../model/digits.onnx`.

Needs torch and scikit-learn. Trains on scikit-learn's handwritten digits, 8x8 pixels, enlarged to 28x28.
"""
import sys

import torch
from sklearn.datasets import load_digits
from torch import nn

torch.manual_seed(42)
digits = load_digits()
images = torch.tensor(digits.images, dtype=torch.float32).unsqueeze(1) / 16
images = nn.functional.interpolate(images, size=(20, 20), mode="bilinear", align_corners=False)
images = nn.functional.pad(images, (4, 4, 4, 4))
labels = torch.tensor(digits.target)

network = nn.Sequential(
    nn.Conv2d(1, 8, 3, padding=1, bias=False),
    nn.BatchNorm2d(8),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Conv2d(8, 16, 3, padding=1),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Linear(16 * 7 * 7, 10),
)
optimizer = torch.optim.Adam(network.parameters(), lr=0.003)
for epoch in range(10):
    for batch in torch.randperm(len(images)).split(32):
        loss = nn.functional.cross_entropy(network(images[batch]), labels[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(f"epoch {epoch + 1}: loss {loss.item():.4f}")

network.eval()
torch.onnx.export(
    network,
    torch.zeros(1, 1, 28, 28),
    sys.argv[1],
    input_names=["image"],
    output_names=["scores"],
    dynamic_axes={"image": {0: "batch"}, "scores": {0: "batch"}},
    opset_version=13,
)
