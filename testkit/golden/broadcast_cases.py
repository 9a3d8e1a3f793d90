"""Inputs that are repeated along axes, sources that are learned, and several outputs."""

import torch
import torch.nn.functional as F

from case import Case

IMAGE = (3, 4, 5)


def meetings():
    def add(name, *inputs, **kw):
        return Case("add_broadcast_" + name, list(inputs), lambda x, w, t: sum(x), **kw)

    def multiply(name, *inputs, **kw):
        return Case("multiply_broadcast_" + name, list(inputs), lambda x, w, t: x[0] * x[1], **kw)

    return [
        add("channels", IMAGE, (3, 1, 1)),
        add("pixels", IMAGE, (1, 4, 5), batch=3),
        add("one_number", IMAGE, (1, 1, 1)),
        add("channels_first", (3, 1, 1), IMAGE),
        add("both_sides", (3, 1, 5), (1, 4, 1)),
        add("matrices", (3, 1), (1, 4)),
        add("three", (3, 1, 1), (1, 4, 1), (1, 1, 5)),
        multiply("pixels", IMAGE, (1, 4, 5)),
        multiply("one_number", IMAGE, (1, 1, 1), batch=3),
        multiply("rows", IMAGE, (1, 4, 1)),
        multiply("channels_first", (3, 1, 1), IMAGE),
        multiply("both_sides", (3, 1, 5), (1, 4, 1)),
        multiply("matrices", (1, 5), (4, 1)),
        Case("multiply_by_own_mean", [IMAGE], lambda x, w, t: x[0] * x[0].mean(1, keepdim=True)),
    ]


def sources():
    """The learned values have no batch axis."""

    def learned(name, inputs, shape, f, more=None, **kw):
        weights = {"layer.weight": shape, **(more or {})}
        batch = kw.pop("batch", 2 if inputs else 1)
        return Case("learned_" + name, inputs,
                    lambda x, w, t: f(x, w["layer.weight"].unsqueeze(0), w), weights, batch, **kw)

    conv = {"conv.weight": (3, 2, 3, 3), "conv.bias": (3,)}
    return [
        learned("added", [IMAGE], IMAGE, lambda x, p, w: x[0] + p, batch=3),
        learned("channels", [IMAGE], (3, 1, 1), lambda x, p, w: x[0] + p),
        learned("gate", [IMAGE], (1, 4, 5), lambda x, p, w: p * x[0]),
        learned("matrix", [(3, 4)], (4, 2), lambda x, p, w: x[0] @ p),
        learned("frozen", [IMAGE], (3, 1, 1), lambda x, p, w: x[0] * p, frozen=True),
        learned("alone", [], IMAGE, lambda x, p, w: p),
        learned("picture", [], (2, 5, 4),
                lambda x, p, w: torch.tanh(F.conv2d(p, w["conv.weight"], w["conv.bias"])), conv),
        learned("used_twice", [], (2, 3), lambda x, p, w: p * p),
    ]


def outputs():
    def two(x, w, training):
        side = F.conv2d(x[0], w["side.weight"], w["side.bias"], 1, 1)
        return {"output": torch.tanh(side) * x[1], "side": side}

    def way(x, w, training):
        layer = F.linear(x[0], w["layer.weight"], w["layer.bias"])
        return {"output": torch.tanh(layer) + layer, "layer": layer}

    return [
        Case("two_inputs_two_outputs", [(2, 4, 5), IMAGE], two,
             {"side.weight": (3, 2, 3, 3), "side.bias": (3,)}),
        Case("an_output_on_the_way_to_another", [(7,)], way,
             {"layer.weight": (4, 7), "layer.bias": (4,)}),
    ]


def all_cases():
    return meetings() + sources() + outputs()
