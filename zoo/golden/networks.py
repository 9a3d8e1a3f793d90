"""Networks by the names of the zoo: torchvision's, and short definitions of what it lacks.

A network is a function (images, training, whether norms train) to outputs by name; its tensors
come from stream_weights.
"""

import torch
import torch.nn.functional as F
import torchvision.models
from torch import nn

from random_stream import RandomStream
import stream_weights

SEED = 11

TORCHVISION = {
    "alexnet-torchvision": "alexnet", "googlenet-bn": "googlenet",
    "squeezenet1_0": "squeezenet1_0", "squeezenet1_1": "squeezenet1_1",
    "vgg11": "vgg11", "vgg11-bn": "vgg11_bn", "vgg13": "vgg13", "vgg13-bn": "vgg13_bn",
    "vgg16": "vgg16", "vgg16-bn": "vgg16_bn", "vgg19": "vgg19", "vgg19-bn": "vgg19_bn",
    "resnet18": "resnet18", "resnet34": "resnet34", "resnet50": "resnet50",
    "resnet101": "resnet101", "resnet152": "resnet152", "mobilenet-v2": "mobilenet_v2",
}


# Deep residual networks would amplify rounding, squeeze and excitation most of all.
VARIANCES = {
    "resnet50": 2, "resnet101": 2, "resnet152": 2, "se-resnet50": 2, "senet154": 2}

# First weights take longer to draw than all else here, and are overwritten at once.
for init in ("kaiming_uniform_", "kaiming_normal_", "normal_", "uniform_", "trunc_normal_"):
    setattr(nn.init, init, lambda tensor, *_, **__: tensor)


def stream_of(name, attempt):
    return RandomStream.of(SEED).at_name(name).at(attempt)


def _mask(path, p, x):
    stream = RandomStream.of(SEED).at_name("dropout").at(1).at_name(path)
    return torch.tensor(stream_weights.dropout_mask(stream, p, tuple(x.shape))).to(x)


def _values(network, attempt, name, shape):
    return torch.tensor(stream_weights.values(
        stream_of(network, attempt), name, tuple(shape), VARIANCES.get(network, 1)))


class _Dropout(nn.Module):
    def __init__(self, path, p):
        super().__init__()
        self.path, self.p = path, p

    def forward(self, x):
        return x * _mask(self.path, self.p, x) if self.training else x


class Torchvision:
    """One of torchvision's modules with weights from the stream and the zoo's dropout masks."""

    def __init__(self, name, classes, attempt, dtype, change=None):
        build = getattr(torchvision.models, TORCHVISION[name])
        options = {"init_weights": False} if name == "googlenet-bn" else {}
        self.module = build(num_classes=classes, **options)
        if change:
            change(self.module)
        for path, part in list(self.module.named_modules()):
            if isinstance(part, nn.Dropout):
                parent = self.module.get_submodule(path.rpartition(".")[0])
                setattr(parent, path.rpartition(".")[2], _Dropout(path, part.p))
        tensors = {n: t for n, t in self.module.state_dict().items() if t.dim()}
        self.module.load_state_dict(
            {n: _values(name, attempt, n, t.shape) for n, t in tensors.items()}, strict=False)
        self.module.to(dtype)

    def single(self):
        self.module.float()
        return self

    def state(self):
        return {n: t for n, t in self.module.state_dict(keep_vars=True).items() if t.dim()}

    def __call__(self, x, training, norms=True):
        self.module.train(training)
        for part in self.module.modules():
            if isinstance(part, nn.BatchNorm2d):
                part.train(training and norms)
        outputs = self.module(x)
        if isinstance(outputs, tuple):
            return {"output": outputs[0], "aux2": outputs[1], "aux1": outputs[2]}
        return {"output": outputs}


class Written:
    """A function below, which asks for its tensors as it goes."""

    def __init__(self, name, classes, attempt, dtype):
        self.name, self.classes, self.attempt, self.dtype = name, classes, attempt, dtype
        self.tensors = {}

    def single(self):
        self.tensors = {n: t.float() for n, t in self.tensors.items()}
        return self

    def state(self):
        return self.tensors

    def __call__(self, x, training, norms=True):
        self.training, self.norms = training, training and norms
        return {"output": WRITTEN[self.name](self, x)}

    def tensor(self, name, *shape):
        if name not in self.tensors:
            value = _values(self.name, self.attempt, name, shape).to(self.dtype)
            self.tensors[name] = value.requires_grad_(".running_" not in name)
        return self.tensors[name]

    def conv(self, x, path, maps, kernel, stride=1, padding=0, groups=1, bias=False):
        weight = self.tensor(path + ".weight", maps, x.shape[1] // groups, kernel, kernel)
        b = self.tensor(path + ".bias", maps) if bias else None
        return F.conv2d(x, weight, b, stride, padding, groups=groups)

    def up(self, x, path, maps, kernel, stride, bias):
        weight = self.tensor(path + ".weight", x.shape[1], maps, kernel, kernel)
        b = self.tensor(path + ".bias", maps) if bias else None
        return F.conv_transpose2d(x, weight, b, stride)

    def norm(self, x, path, epsilon=1e-5, momentum=0.1):
        weight, bias = (self.tensor(path + n, x.shape[1]) for n in (".weight", ".bias"))
        mean, var = (self.tensor(path + n, x.shape[1]) for n in (".running_mean", ".running_var"))
        return F.batch_norm(x, mean, var, weight, bias, self.norms, momentum, epsilon)

    def dense(self, x, path):
        x = x.flatten(1)
        weight = self.tensor(path + ".weight", self.classes, x.shape[1])
        return F.linear(x, weight, self.tensor(path + ".bias", self.classes))

    def drop(self, x, path, p):
        return x * _mask(path, p, x) if self.training else x


def _gate(net, y, path):
    maps = y.shape[1]
    x = y.mean((2, 3), keepdim=True)
    x = F.relu(net.conv(x, path + ".fc1", maps // 16, 1, bias=True))
    return y * torch.sigmoid(net.conv(x, path + ".fc2", maps, 1, bias=True))


def _se_unit(net, x, path, maps, stride, convs, projection):
    y = x
    for i, (factor, kernel, strided, groups) in enumerate(convs, 1):
        y = net.conv(
            y, "%s.conv%d" % (path, i), factor * maps, kernel, stride if strided else 1,
            kernel // 2, groups)
        y = net.norm(y, "%s.bn%d" % (path, i))
        y = F.relu(y) if i < 3 else y
    if path.endswith(".0"):
        kernel = projection if stride == 2 else 1
        x = net.conv(x, path + ".downsample.0", 4 * maps, kernel, stride, kernel // 2)
        x = net.norm(x, path + ".downsample.1")
    return F.relu(_gate(net, y, path + ".se_module") + x)


def _se(net, x, depths, convs, projection):
    x = F.max_pool2d(x, 3, 2, ceil_mode=True)
    for stage, depth in enumerate(depths):
        for i in range(depth):
            path = "layer%d.%d" % (stage + 1, i)
            stride = 2 if stage and not i else 1
            x = _se_unit(net, x, path, 64 << stage, stride, convs, projection)
    return x.mean((2, 3))


def se_resnet50(net, x):
    x = F.relu(net.norm(net.conv(x, "layer0.conv1", 64, 7, 2, 3), "layer0.bn1"))
    convs = ((1, 1, True, 1), (1, 3, False, 1), (4, 1, False, 1))
    return net.dense(_se(net, x, (3, 4, 6, 3), convs, 1), "last_linear")


def senet154(net, x):
    for i, (maps, stride) in enumerate(((64, 2), (64, 1), (128, 1)), 1):
        x = net.conv(x, "layer0.conv%d" % i, maps, 3, stride, 1)
        x = F.relu(net.norm(x, "layer0.bn%d" % i))
    convs = ((2, 1, False, 1), (4, 3, True, 64), (4, 1, False, 1))
    x = _se(net, x, (3, 8, 36, 3), convs, 3)
    return net.dense(net.drop(x, "dropout", 0.2), "last_linear")


def _separable(net, x, path, maps):
    x = net.conv(x, path + ".conv1", x.shape[1], 3, 1, 1, x.shape[1])
    return net.conv(x, path + ".pointwise", maps, 1)


def _xception_block(net, x, path, maps, shrinks, first):
    y, place = x, 0
    for i, m in enumerate(maps):
        if first or i:
            y, place = F.relu(y), place + 1
        y = net.norm(
            _separable(net, y, "%s.rep.%d" % (path, place), m), "%s.rep.%d" % (path, place + 1))
        place += 2
    if not shrinks:
        return y + x
    skip = net.norm(net.conv(x, path + ".skip", maps[-1], 1, 2), path + ".skipbn")
    return F.max_pool2d(y, 3, 2, 1) + skip


def xception(net, x):
    x = F.relu(net.norm(net.conv(x, "conv1", 32, 3, 2), "bn1"))
    x = F.relu(net.norm(net.conv(x, "conv2", 64, 3), "bn2"))
    blocks = [(128, 128), (256, 256), (728, 728)] + 8 * [(728, 728, 728)] + [(728, 1024)]
    for i, maps in enumerate(blocks, 1):
        x = _xception_block(net, x, "block%d" % i, maps, len(maps) == 2, i > 1)
    for i, maps in ((3, 1536), (4, 2048)):
        x = F.relu(net.norm(_separable(net, x, "conv%d" % i, maps), "bn%d" % i))
    return net.dense(net.drop(x.mean((2, 3)), "dropout", 0.5), "fc")


def _same(x, stride):
    """TensorFlow's padding of a 3x3 window: an odd row or column at the bottom or right."""
    pads = []
    for n in reversed(x.shape[2:]):
        total = max((-(-n // stride) - 1) * stride + 3 - n, 0)
        pads += [total // 2, total - total // 2]
    return F.pad(x, pads)


def mobilenet_v1(net, x):
    def unit(x, path, maps, kernel, stride=1, groups=1):
        padded = _same(x, stride) if kernel == 3 else x
        x = net.conv(padded, path + "0", maps, kernel, stride, 0, groups)
        return F.relu6(net.norm(x, path + "1", 1e-3, 0.01))

    x = unit(x, "features.0.", 32, 3, 2)
    steps = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)] + 5 * [(512, 1)]
    for i, (maps, stride) in enumerate(steps + [(1024, 2), (1024, 1)], 1):
        x = unit(x, "features.%d.conv.0." % i, x.shape[1], 3, stride, x.shape[1])
        x = unit(x, "features.%d.conv.1." % i, maps, 1)
    return net.dense(x.mean((2, 3)), "classifier")


def unet_original(net, x):
    def conv(x, name, level):
        return F.relu(net.conv(x, name, 64 << level, 3, bias=True))

    skips = []
    for d in range(5):
        x = conv(conv(x, "conv_d%da_b" % d, d), "conv_d%db_c" % d, d)
        x = net.drop(x, "dropout_d%dc" % d, 0.5) if d > 2 else x
        skips.append(x)
        x = F.max_pool2d(x, 2) if d < 4 else x
    for d in (3, 2, 1, 0):
        name = "upconv_d4c_u3a" if d == 3 else "upconv_u%dd_u%da" % (d + 1, d)
        x = F.relu(net.up(x, name, 64 << d, 2, 2, True))
        (top, left), (h, w) = (((a - b) // 2 for a, b in zip(skips[d].shape[2:], x.shape[2:])),
                               x.shape[2:])
        x = torch.cat([x, skips[d][:, :, top: top + h, left: left + w]], 1)
        x = conv(conv(x, "conv_u%db_c" % d, d), "conv_u%dc_d" % d, d)
    return net.conv(x, "conv_u0d_score", net.classes, 1, bias=True)


def _upscore(net, x, name, factor, like):
    h, w = like.shape[2:]
    start = factor // 2
    y = net.up(x, name, x.shape[1], 2 * factor, factor, False)
    return y[:, :, start: start + h, start: start + w]


def fcn8s(net, image):
    x, number, pools = image, 0, []
    for maps, depth in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        for _ in range(depth):
            x = F.relu(net.conv(x, "features.%d" % number, maps, 3, 1, 1, bias=True))
            number += 2
        x, number = F.max_pool2d(x, 2, ceil_mode=True), number + 1
        pools.append(x)
    for i, (name, kernel) in enumerate((("fc6", 7), ("fc7", 1))):
        x = F.relu(net.conv(x, name, 4096, kernel, 1, kernel // 2, bias=True))
        x = net.drop(x, name + "_dropout", 0.5)
    x = net.conv(x, "score_fr", net.classes, 1, bias=True)
    for name, pool, score in (
            ("upscore2", pools[3], "score_pool4"), ("upscore_pool4", pools[2], "score_pool3")):
        x = _upscore(net, x, name, 2, pool) + net.conv(pool, score, net.classes, 1, bias=True)
    return _upscore(net, x, "upscore8", 8, image)


WRITTEN = {
    "se-resnet50": se_resnet50, "senet154": senet154, "xception": xception,
    "mobilenet-v1": mobilenet_v1, "unet-original": unet_original, "fcn8s": fcn8s,
}


def network(name, classes, attempt=0, dtype=torch.float64, change=None):
    if name in TORCHVISION:
        return Torchvision(name, classes, attempt, dtype, change)
    return Written(name, classes, attempt, dtype)
