"""Golden trajectories of training plans: clipped gradients, decay of weights only, a picture.

As in trajectories.py, the truth is PyTorch in double precision, and the start is drawn anew until
single precision stays close. Here also the clipping must bite in some steps and not in others.
"""

import numpy as np
import torch
import torch.nn.functional as F

from layers import deviation, generator
from trajectories import BATCHES, TOLERANCE, _batches, _start

STEPS = 10
KEPT = (1, 4, 10)
VALUE, NORM = 0.5, 2.2

OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, 0.02, momentum=0.9, weight_decay=0.1),
    "adam": lambda p: torch.optim.Adam(p, 0.01, weight_decay=0.1),
    "adamw": lambda p: torch.optim.AdamW(p, 0.01, weight_decay=0.5),
    "nadam": lambda p: torch.optim.NAdam(p, 0.01, weight_decay=0.1, foreach=True),
    "rmsprop": lambda p: torch.optim.RMSprop(p, 0.003, weight_decay=0.1),
    "adagrad": lambda p: torch.optim.Adagrad(p, 0.03, weight_decay=0.1),
}

SHAPES = {
    "conv.weight": (3, 2, 3, 3), "norm.weight": (3,), "norm.bias": (3,),
    "dense.weight": (4, 27), "dense.bias": (4,)}
PICTURE = {"picture.weight": (2, 6, 5), "conv.weight": (3, 2, 3, 3), "conv.bias": (3,)}


def _net(x, w, statistics):
    y = F.conv2d(x, w["conv.weight"], None, 1, 1)
    y = F.batch_norm(y, *statistics, w["norm.weight"], w["norm.bias"], True, 0.1, 1e-5)
    return F.linear(F.max_pool2d(F.relu(y), 2).flatten(1), w["dense.weight"], w["dense.bias"])


def _by_value(parameters):
    largest = max(p.grad.abs().max().item() for p in parameters)
    torch.nn.utils.clip_grad_value_(parameters, VALUE)
    return largest > VALUE


def _by_norm(parameters):
    return torch.nn.utils.clip_grad_norm_(parameters, NORM).item() > NORM


def _not(parameters):
    return False


def _together(parameters):
    return parameters


def _weights_only(parameters):
    return [
        {"params": [p for p in parameters if p.dim() > 1]},
        {"params": [p for p in parameters if p.dim() <= 1], "weight_decay": 0}]


# name: how gradients are clipped, how parameters are grouped
PLANS = {
    "value": (_by_value, _together),
    "norm": (_by_norm, _together),
    "weights": (_not, _weights_only),
    "norm_weights": (_by_norm, _weights_only),
}


def _run(start, batches, optimizer, plan, dtype):
    clip, group = plan
    weights = {n: torch.tensor(w, dtype=dtype, requires_grad=True) for n, w in start.items()}
    parameters = list(weights.values())
    statistics = [torch.zeros(3, dtype=dtype), torch.ones(3, dtype=dtype)]
    engine = optimizer(group(parameters))
    result, losses, bites = {}, [], 0
    for step in range(1, STEPS + 1):
        batch = "batch%d/" % ((step - 1) % len(BATCHES))
        output = _net(torch.tensor(batches[batch + "input"], dtype=dtype), weights, statistics)
        value = F.cross_entropy(output, torch.tensor(batches[batch + "ids"]))
        engine.zero_grad()
        value.backward()
        bites += clip(parameters)
        engine.step()
        losses.append(value.item())
        if step in KEPT:
            now = dict(weights)
            now["norm.running_mean"], now["norm.running_var"] = statistics
            for name, weight in now.items():
                result["step%d/%s" % (step, name)] = weight.detach().numpy().copy()
    result["loss"] = np.array(losses)
    return result, bites


def _trajectory(start, batches, optimizer, plan):
    """None where single precision leaves the trajectory, or clipping bites always or never."""
    exact, bites = _run(start, batches, optimizer, plan, torch.float64)
    single, _ = _run(start, batches, optimizer, plan, torch.float32)
    if plan[0] is not _not and not 2 <= bites <= STEPS - 2:
        return None
    if any(deviation(single[key], exact[key]) > TOLERANCE / 5 for key in exact):
        return None
    return {key: value.astype(np.float32) for key, value in exact.items()}


def _every(start, batches):
    result = {}
    for optimizer_name, optimizer in OPTIMIZERS.items():
        for plan_name, plan in PLANS.items():
            values = _trajectory(start, batches, optimizer, plan)
            if values is None:
                return None
            result.update(
                {"%s/%s/%s" % (optimizer_name, plan_name, k): v for k, v in values.items()})
    return result


def golden():
    for attempt in range(1000):
        rng = generator("plans %d" % attempt)
        batches, start = _batches(rng), _start(rng, SHAPES)
        batches = {n: b for n, b in batches.items() if n.endswith("input") or n.endswith("ids")}
        for name in start:
            if name == "norm.weight":
                start[name] = rng.uniform(0.5, 1.5, size=3).astype(np.float32)
        values = _every(start, batches)
        if values:
            start["norm.running_mean"] = np.zeros(3, np.float32)
            start["norm.running_var"] = np.ones(3, np.float32)
            return {**batches, **{"start/" + n: w for n, w in start.items()}, **values}
    raise SystemExit("no start suits all plans")


def _draw(start, target, optimizer, dtype):
    weights = {n: torch.tensor(w, dtype=dtype) for n, w in start.items()}
    picture = weights["picture.weight"].requires_grad_()
    engine = optimizer([picture])
    result, losses = {}, []
    for step in range(1, STEPS + 1):
        y = torch.tanh(F.conv2d(picture[None], weights["conv.weight"], weights["conv.bias"]))
        value = F.mse_loss(y, torch.tensor(target, dtype=dtype))
        engine.zero_grad()
        value.backward()
        engine.step()
        losses.append(value.item())
        if step in KEPT:
            result["step%d/picture.weight" % step] = picture.detach().numpy().copy()
    result["loss"] = np.array(losses)
    return result


def picture():
    """A picture that is trained alone, through a convolution that is frozen."""
    rng = generator("picture")
    start = _start(rng, PICTURE)
    target = rng.uniform(-0.9, 0.9, size=(1, 3, 4, 3)).astype(np.float32)
    result = {"target": target, **{"start/" + n: w for n, w in start.items()}}
    for name, optimizer in OPTIMIZERS.items():
        exact = _draw(start, target, optimizer, torch.float64)
        single = _draw(start, target, optimizer, torch.float32)
        if any(deviation(single[key], exact[key]) > TOLERANCE / 5 for key in exact):
            raise SystemExit("the picture hangs on rounding with " + name)
        result.update({name + "/" + key: v.astype(np.float32) for key, v in exact.items()})
    return result
