#!/usr/bin/python3
"""Writes what scikit-learn says of predictions: golden_metrics.py <folder>

noise(i), within [0, 1), is h / 2^32, where a = i * 2654435761 mod 2^32, b = (a ^ a >> 15) * 2246822519 mod 2^32
and h = b ^ b >> 13. The label of sample n is
floor(K * noise(7919 * n + 1)^2), so that classes are uneven. The logit of class k is
8 * noise(n * U + k) - 4 for U units, rounded down to a multiple of 1/8 where the case says "coarse",
and 2 more for the class of the label; with one unit, 2 more or less. A line of metrics.txt is the
case: "coarse" or "fine", samples, units; then accuracy, top-2, precision, recall, F1 and AUC.
Made with scikit-learn 1.2.1.
"""
import sys
from pathlib import Path

import numpy as np
from sklearn import metrics

CASES = [
    ("coarse", 60, 1), ("coarse", 500, 1), ("fine", 300, 1), ("fine", 4000, 1), ("coarse", 80, 2), ("fine", 700, 2),
    ("fine", 90, 3), ("fine", 1200, 3), ("fine", 400, 10), ("fine", 3000, 10), ("fine", 900, 37),
]


def noise(i):
    modulus = np.uint64(2 ** 32)
    a = i.astype(np.uint64) * np.uint64(2654435761) % modulus
    b = (a ^ a >> np.uint64(15)) * np.uint64(2246822519) % modulus
    return (b ^ b >> np.uint64(13)) / 2.0 ** 32


def case(coarse, samples, units):
    classes = max(2, units)
    n = np.arange(samples)
    labels = np.floor(classes * noise(7919 * n + 1) ** 2).astype(int)
    logits = 8 * noise(np.arange(samples * units)).reshape(samples, units) - 4
    if coarse == "coarse":
        logits = np.floor(logits * 8) / 8
    if units == 1:
        logits[:, 0] += np.where(labels == 1, 2, -2)
    else:
        logits[n, labels] += 2
    return logits, labels


def values(logits, labels):
    units = logits.shape[1]
    if units == 1:
        predicted = (logits[:, 0] > 0).astype(int)
        top = 1.0
        auc = metrics.roc_auc_score(labels, logits[:, 0])
        average = "binary"
    else:
        predicted = logits.argmax(1)
        share = np.exp(logits)
        share /= share.sum(1, keepdims=True)
        top = 1.0 if units == 2 else metrics.top_k_accuracy_score(labels, logits, k=2, labels=range(units))
        auc = (metrics.roc_auc_score(labels, logits[:, 1] - logits[:, 0]) if units == 2
               else metrics.roc_auc_score(labels, share, multi_class="ovr", average="macro"))
        average = "macro"
    scores = [score(labels, predicted, average=average, zero_division=0)
              for score in (metrics.precision_score, metrics.recall_score, metrics.f1_score)]
    return [metrics.accuracy_score(labels, predicted), top, *scores, auc]


lines = [" ".join([kind, str(samples), str(units), *(repr(float(x)) for x in values(*case(kind, samples, units)))])
         for kind, samples, units in CASES]
(Path(sys.argv[1]) / "metrics.txt").write_text("\n".join(lines) + "\n")
