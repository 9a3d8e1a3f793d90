#!/usr/bin/python3
"""Pillow's side of the picture benchmark: decode_and_resize.py threads|processes FOLDER

Each line that comes in starts one pass over all images of a folder on two threads or in two
processes, and is answered by the images per second.
"""
import sys
import time
from multiprocessing.pool import Pool, ThreadPool
from pathlib import Path

import numpy as np
from PIL import Image

WORKERS = 2


def share(paths):
    total = 0
    for path in paths:
        image = Image.open(path).convert("RGB").resize((224, 224), Image.BILINEAR)
        total += int(np.asarray(image)[0, 0, 0])
    return total


def main():
    way, folder = sys.argv[1:]
    paths = sorted(str(path) for path in Path(folder).rglob("*.jpg"))
    shares = [paths[first::WORKERS] for first in range(WORKERS)]
    with (Pool if way == "processes" else ThreadPool)(WORKERS) as pool:
        for _ in iter(lambda: sys.stdin.read(1), ""):
            start = time.perf_counter()
            pool.map(share, shares, chunksize=1)
            print(len(paths) / (time.perf_counter() - start), flush=True)


if __name__ == "__main__":
    main()
