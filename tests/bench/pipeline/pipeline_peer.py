"""The same pipeline as pipeline.tfl in PyTorch, with two workers: pipeline_peer.py FOLDER [WORKERS] [EPOCHS]

PNG files are decoded with PIL where it is installed, else with zlib and NumPy, which is faster for such small images.
"""
import os
import sys
import time
import zlib

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset

try:
    from PIL import Image
except ImportError:
    Image = None


def decode(path):
    if Image is not None:
        return np.asarray(Image.open(path))
    with open(path, "rb") as file:
        data = file.read()
    at, packed = 8, b""
    while at < len(data):
        length = int.from_bytes(data[at:at + 4], "big")
        kind = data[at + 4:at + 8]
        if kind == b"IHDR":
            width = int.from_bytes(data[at + 8:at + 12], "big")
        elif kind == b"IDAT":
            packed += data[at + 8:at + 8 + length]
        at += 12 + length
    rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(-1, width + 1)
    assert (rows[:, 0] == 1).all(), "only the filter that TFL writes"
    return np.cumsum(rows[:, 1:], axis=1, dtype=np.uint8)


class Digits(Dataset):
    def __init__(self, folder):
        self.files = [os.path.join(folder, name) for name in sorted(os.listdir(folder))]

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        wide = np.zeros((32, 32), np.uint8)
        wide[2:30, 2:30] = decode(self.files[index])
        dy, dx, side = (int(torch.randint(0, n, ())) for n in (5, 5, 2))
        x = wide[dy:dy + 28, dx:dx + 28]
        x = x[:, ::-1] if side == 0 else x
        return torch.from_numpy(x.astype(np.float32) / 127.5 - 1.0)


if __name__ == "__main__":
    workers = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    epochs = int(sys.argv[3]) if len(sys.argv) > 3 else 4
    torch.set_num_threads(1)
    loader = DataLoader(Digits(sys.argv[1]), batch_size=64, shuffle=True, num_workers=workers,
                        persistent_workers=workers > 0)
    for epoch in range(epochs):
        start, count, total = time.perf_counter(), 0, 0.0
        for x in loader:
            count += len(x)
            total += float(x.sum())
        seconds = time.perf_counter() - start
        print(f"{count / seconds:.0f} images/s ({count} images, mean {total / (count * 784):.4f})")
