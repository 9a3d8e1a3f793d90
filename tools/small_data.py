"""What the checks in this folder share: a small data set, the settings of a run on it, and what it must end with."""

import json
import pathlib
import random
import struct
import subprocess

TRIFOCAL = pathlib.Path(__file__).resolve().parent.parent / "trifocal"
SAME = ["%s/%s" % (state, file) for state in ("last", "best")
        for file in ("graph.json", "weights.safetensors", "optimizer.safetensors")]
SAME += ["model.onnx", "steps.jsonl"]
SAME_BUT_FOR_TIMES = ["last/state.json", "best/state.json", "history.json"]


def build():
    subprocess.run([str(TRIFOCAL), "backends"], check=True, stdout=subprocess.DEVNULL)


def npy(file, descr, shape, content):
    header = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }" % (descr, shape)
    header += " " * (-(len(header) + 11) % 64) + "\n"
    file.write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + content)


def write(folder, samples=320, side=28):
    """Writes gray images of ten classes; the same ones each time."""
    folder.mkdir(parents=True)
    dice = random.Random(7)
    npy(folder / "x.npy", "|u1", (samples, 1, side, side), dice.randbytes(samples * side * side))
    labels = struct.pack("<%dq" % samples, *(i % 10 for i in range(samples)))
    npy(folder / "y.npy", "<i8", (samples,), labels)


def settings(data, epochs, backend="onnx"):
    """LeNet-5, saved after every step."""
    return ["--data", str(data), "--epochs", str(epochs), "--batch-size", "32", "--checkpoint-every", "1",
            "--threads", "1", "--backend", backend]


def content(run):
    """What equal runs agree in, bit for bit."""
    result = {name: (run / name).read_bytes() for name in SAME}
    for name in SAME_BUT_FOR_TIMES:
        result[name] = untimed(json.loads((run / name).read_text()))
    return result


def untimed(value):
    """JSON without durations."""
    if isinstance(value, dict):
        return {key: untimed(inner) for key, inner in value.items() if key != "seconds"}
    return [untimed(inner) for inner in value] if isinstance(value, list) else value
