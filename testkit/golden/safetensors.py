"""Writes safetensors files: a JSON header, then the elements, little-endian."""

import json
import struct

TYPES = {"float32": "F32", "int64": "I64"}


def write(path, arrays):
    """arrays: name to contiguous numpy array of float32 or int64."""
    header, offset = {}, 0
    for name, array in arrays.items():
        header[name] = {
            "dtype": TYPES[str(array.dtype)],
            "shape": list(array.shape),
            "data_offsets": [offset, offset + array.nbytes],
        }
        offset += array.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        for array in arrays.values():
            file.write(array.tobytes())
    return 8 + len(text) + offset
