"""Writes multi-label.txt: logits and labels with what scikit-learn computes of them.

    python golden_multi_label.py > ../resources/dev/trifocal/metric/multi-label.txt

Each case: a line "samples classes", one line per sample with its logits and its labels, one line per class with average
precision (or "none"), precision, recall, F1 and support, and a line with the mean average precision, the macro averages
and the share of samples without a mistake. Logits are rounded, so that some are equal.
"""
import warnings

import numpy as np
from sklearn.metrics import accuracy_score, average_precision_score, precision_recall_fscore_support

warnings.filterwarnings("ignore")


def case(samples, classes, seed, step):
    stream = np.random.RandomState(seed)
    logits = np.round(stream.randn(samples, classes) * 2 / step) * step
    labels = (stream.rand(samples, classes) < 1 / (1 + np.exp(-logits / 2))).astype(int)
    labels[:, -1] = 0  # a class without samples
    predicted = logits > 0
    print(samples, classes)
    for row, marks in zip(logits, labels):
        print(*[repr(float(v)) for v in row], *marks)
    each = precision_recall_fscore_support(labels, predicted, zero_division=0)
    found = []
    for k in range(classes):
        average = average_precision_score(labels[:, k], logits[:, k]) if labels[:, k].any() else None
        found += [average] if average is not None else []
        print("none" if average is None else repr(float(average)), *[repr(float(v[k])) for v in each])
    macro = precision_recall_fscore_support(labels, predicted, average="macro", zero_division=0)
    print(repr(float(np.mean(found))), *[repr(float(v)) for v in macro[:3]], repr(float(accuracy_score(labels, predicted))))


case(12, 4, 3, 0.5)
case(40, 3, 5, 0.25)
case(25, 6, 7, 0.0625)
