"""Golden values of the losses: the loss and its gradient with respect to the logits."""

import numpy as np
import torch
import torch.nn.functional as F
from torchvision.ops import sigmoid_focal_loss

from layers import deviation, generator

WEIGHTS = [0.5, 2.0, 1.25, 0.75]


def _ids(rng, shape):
    return rng.integers(0, shape[1], size=(shape[0], *shape[2:]))


def _shares(rng, shape):
    values = rng.uniform(0.05, 1, size=shape)
    return (values / values.sum(1, keepdims=True)).astype(np.float32)


def _some_ignored(ignored):
    def labels(rng, shape):
        ids = _ids(rng, shape)
        ids.reshape(-1)[1::3] = ignored
        return ids

    return labels


def _probabilities(rng, shape):
    values = rng.uniform(0, 1, size=shape).astype(np.float32)
    values.reshape(-1)[:2] = [0, 1]
    return values


def _zeros_and_ones(rng, shape):
    return np.arange(shape[0]) % 2


def _cross_entropy(**options):
    def loss(z, labels):
        if "weight" in options:
            options["weight"] = torch.tensor(WEIGHTS, dtype=z.dtype)
        labels = labels.to(z.dtype) if labels.is_floating_point() else labels
        return F.cross_entropy(z, labels, **options)

    return loss


def _binary(z, labels):
    return F.binary_cross_entropy_with_logits(z, labels.to(z.dtype).reshape(z.shape))


def _mse(z, labels):
    return F.mse_loss(z, labels.to(z.dtype))


def _one_hot(z, labels):
    shares = F.one_hot(labels, z.shape[1]) if not labels.is_floating_point() else labels.movedim(1, -1)
    return shares.movedim(-1, 1).to(z.dtype)


def _huber(delta):
    return lambda z, labels: F.huber_loss(z, labels.to(z.dtype), delta=delta)


def _without(ignored, loss):
    """The loss of the labels that are not ignored, as if there were no others."""
    def rest(z, labels):
        counted = (labels != ignored).reshape(-1)
        return loss(z.movedim(1, -1).reshape(-1, z.shape[1])[counted], labels.reshape(-1)[counted])

    return rest


def _focal(gamma, weights=None):
    """Lin et al. 2017 on softmax, mean over the labels."""
    def loss(z, labels):
        logs = F.log_softmax(z, 1)
        shares = _one_hot(z, labels)
        if weights:
            shares = shares * torch.tensor(weights, dtype=z.dtype).reshape(-1, *[1] * (z.dim() - 2))
        return -(shares * (1 - logs.exp()) ** gamma * logs).sum(1).mean()

    return loss


def _binary_focal(z, labels):
    return sigmoid_focal_loss(z, labels.to(z.dtype), alpha=0.25, gamma=2, reduction="mean")


def _soft_dice(z, labels):
    predicted, labelled = F.softmax(z, 1), _one_hot(z, labels)
    area = lambda x: x.sum([axis for axis in range(x.dim()) if axis != 1])
    return 1 - ((2 * area(predicted * labelled) + 1) / (area(predicted) + area(labelled) + 1)).mean()


def _kl(z, labels):
    """Mean over the labels: of a batch, or of all its pixels."""
    pixels = z[0, 0].numel()
    return F.kl_div(F.log_softmax(z, 1), labels.to(z.dtype), reduction="batchmean") / pixels


def _shares_with_zeros(rng, shape):
    values = _shares(rng, shape)
    values[:, 0] = 0
    return values


def _normal(rng, shape):
    return rng.normal(size=shape).astype(np.float32)


VECTOR, IMAGE = (4,), (4, 3, 5)
# name: shape of one sample, labels, loss, size of the logits
CASES = {
    "ids": (VECTOR, _ids, _cross_entropy(), 2),
    "shares": (VECTOR, _shares, _cross_entropy(), 2),
    "smoothed_ids": (VECTOR, _ids, _cross_entropy(label_smoothing=0.1), 2),
    "smoothed_shares": (VECTOR, _shares, _cross_entropy(label_smoothing=0.2), 2),
    "weighted_ids": (VECTOR, _ids, _cross_entropy(weight=0), 2),
    "weighted_shares": (VECTOR, _shares, _cross_entropy(weight=0), 2),
    "ignoring_ids": (VECTOR, _some_ignored(2), _cross_entropy(ignore_index=2), 2),
    "everything_at_once": (VECTOR, _some_ignored(-1),
                           _cross_entropy(label_smoothing=0.1, weight=0, ignore_index=-1), 2),
    "large_logits": (VECTOR, _ids, _cross_entropy(), 80),
    "pixel_ids": (IMAGE, _ids, _cross_entropy(), 2),
    "pixel_shares": (IMAGE, _shares, _cross_entropy(), 2),
    "pixels_at_once": (IMAGE, _some_ignored(255),
                       _cross_entropy(label_smoothing=0.1, weight=0, ignore_index=255), 2),
    "binary": (VECTOR, _probabilities, _binary, 2),
    "binary_ids": ((1,), _zeros_and_ones, _binary, 2),
    "binary_large_logits": (VECTOR, _probabilities, _binary, 80),
    "binary_image": (IMAGE, _probabilities, _binary, 2),
    "squares": (VECTOR, _normal, _mse, 2),
    "squares_of_an_image": (IMAGE, _normal, _mse, 2),
    "huber": (VECTOR, _normal, _huber(1.0), 2),
    "huber_of_an_image": (IMAGE, _normal, _huber(0.5), 2),
    "focal": (VECTOR, _ids, _focal(2), 2),
    "focal_weighted": (VECTOR, _ids, _focal(1.5, WEIGHTS), 2),
    "focal_pixels": (IMAGE, _ids, _focal(2), 2),
    "focal_large_logits": (VECTOR, _ids, _focal(2), 40),
    "binary_focal": (VECTOR, _probabilities, _binary_focal, 2),
    "binary_focal_image": (IMAGE, _probabilities, _binary_focal, 2),
    "soft_dice": (VECTOR, _ids, _soft_dice, 2),
    "soft_dice_pixels": (IMAGE, _ids, _soft_dice, 2),
    "soft_dice_shares": (IMAGE, _shares, _soft_dice, 2),
    "focal_ignoring_pixels": (
        IMAGE, _some_ignored(255), _without(255, _focal(2, WEIGHTS)), 2),
    "soft_dice_ignoring_pixels": (IMAGE, _some_ignored(255), _without(255, _soft_dice), 2),
    "cross_entropy_and_soft_dice": (
        IMAGE, _some_ignored(255),
        lambda z, y: F.cross_entropy(z, y, ignore_index=255) + _without(255, _soft_dice)(z, y), 2),
    "kl_divergence": (VECTOR, _shares, _kl, 2),
    "kl_divergence_with_zeros": (VECTOR, _shares_with_zeros, _kl, 2),
    "kl_divergence_pixels": (IMAGE, _shares, _kl, 2),
}


def _evaluate(loss, logits, labels, dtype):
    z = torch.tensor(logits, dtype=dtype, requires_grad=True)
    value = loss(z, torch.tensor(labels))
    value.backward()
    return value.detach().numpy(), z.grad.numpy()


def golden():
    result = {}
    for name, (shape, labels, loss, size) in CASES.items():
        rng = generator("loss " + name)
        logits = (size * rng.normal(size=(5, *shape))).astype(np.float32)
        given = labels(rng, logits.shape)
        value, gradient = _evaluate(loss, logits, given, torch.float64)
        single = _evaluate(loss, logits, given, torch.float32)
        if deviation(single[0], value) > 5e-6 or deviation(single[1], gradient) > 5e-5:
            raise SystemExit(name + " judges rounding")
        result[name + "/logits"] = logits
        result[name + "/labels"] = np.array(given, order="C")
        result[name + "/loss"] = value.astype(np.float32)
        result[name + "/gradient"] = gradient.astype(np.float32)
    return result
