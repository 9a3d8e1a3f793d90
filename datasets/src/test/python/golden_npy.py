"""Writes the golden .npy files of NpyTest with NumPy: python3 golden_npy.py <folder>

Every array is 2 x 3 and holds 0, 1, 2 / 100, 101, 102 (bool: i % 2), so that a wrong byte order,
type or axis shows. Made with NumPy 1.24.
"""
import sys
from pathlib import Path

import numpy as np
from numpy.lib import format as npy

folder = Path(sys.argv[1])
values = np.array([[0, 1, 2], [100, 101, 102]])


def write(name, array, version=(1, 0)):
    with open(folder / f"{name}.npy", "wb") as file:
        npy.write_array(file, array, version=version)


for code in ("i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8"):
    write(f"little_{code}", values.astype("<" + code))
    if code[1] != "1":
        write(f"big_{code}", values.astype(">" + code))
write("bool", values % 2 == 1)
write("version2", values.astype("<f4"), (2, 0))
write("version3", values.astype("<f4"), (3, 0))
write("scalar", np.array(7.5, "<f4"))
write("negative", np.array([-1, -2**31, 2**31 - 1], "<i4"))
write("large_u8", np.array([2**63], "<u8"))
write("fortran", np.asfortranarray(values.astype("<f4")))
write("empty", np.zeros((0, 3), "<f4"))
write("half", values.astype("<f2"))
write("complex", values.astype("<c8"))
write("record", np.zeros(2, [("a", "<f4"), ("b", "<i4")]))
