"""Golden trajectories of rate groups, and of a second phase that begins with a new optimizer.

As in plans.py, the truth is PyTorch in double precision, and the start is drawn anew until single
precision stays close.
"""

import numpy as np
import torch
import torch.nn.functional as F

from layers import deviation, generator
from plans import KEPT, OPTIMIZERS, SHAPES, STEPS, _net
from trajectories import BATCHES, TOLERANCE, _batches, _start

# path of a node: what its parameters make of the rate
FACTORS = {"conv": 0.1, "norm": 3.0}
SECOND_PHASE = 5


def _grouped(optimizer, weights):
    """One group per parameter, as param groups with a learning rate of their own."""
    engine = optimizer([{"params": [weight]} for weight in weights.values()])
    for group, name in zip(engine.param_groups, weights):
        group["lr"] *= FACTORS.get(name.rsplit(".", 1)[0], 1.0)
    return engine


def _phase(optimizer, weights, step, engine):
    """A first phase at one rate with momentum, then the optimizer with its groups, new."""
    if step == 1:
        return OPTIMIZERS["sgd"](list(weights.values()))
    return _grouped(optimizer, weights) if step == SECOND_PHASE + 1 else engine


def _groups(optimizer, weights, step, engine):
    return _grouped(optimizer, weights) if step == 1 else engine


PLANS = {"groups": _groups, "phase": _phase}


def _run(start, batches, optimizer, plan, dtype):
    weights = {n: torch.tensor(w, dtype=dtype, requires_grad=True) for n, w in start.items()}
    statistics = [torch.zeros(3, dtype=dtype), torch.ones(3, dtype=dtype)]
    result, losses, engine = {}, [], None
    for step in range(1, STEPS + 1):
        engine = plan(optimizer, weights, step, engine)
        batch = "batch%d/" % ((step - 1) % len(BATCHES))
        output = _net(torch.tensor(batches[batch + "input"], dtype=dtype), weights, statistics)
        value = F.cross_entropy(output, torch.tensor(batches[batch + "ids"]))
        engine.zero_grad()
        value.backward()
        engine.step()
        losses.append(value.item())
        if step in KEPT:
            for name, weight in weights.items():
                result["step%d/%s" % (step, name)] = weight.detach().numpy().copy()
    result["loss"] = np.array(losses)
    return result


def _every(start, batches):
    result = {}
    for optimizer_name, optimizer in OPTIMIZERS.items():
        for plan_name, plan in PLANS.items():
            exact = _run(start, batches, optimizer, plan, torch.float64)
            single = _run(start, batches, optimizer, plan, torch.float32)
            if any(deviation(single[key], exact[key]) > TOLERANCE / 5 for key in exact):
                return None
            name = "%s/%s/" % (optimizer_name, plan_name)
            result.update({name + key: v.astype(np.float32) for key, v in exact.items()})
    return result


def golden():
    for attempt in range(1000):
        rng = generator("rates %d" % attempt)
        batches, start = _batches(rng), _start(rng, SHAPES)
        batches = {n: b for n, b in batches.items() if n.endswith("input") or n.endswith("ids")}
        start["norm.weight"] = rng.uniform(0.5, 1.5, size=3).astype(np.float32)
        values = _every(start, batches)
        if values:
            start["norm.running_mean"] = np.zeros(3, np.float32)
            start["norm.running_var"] = np.ones(3, np.float32)
            return {**batches, **{"start/" + n: w for n, w in start.items()}, **values}
    raise SystemExit("no start suits all rates")
