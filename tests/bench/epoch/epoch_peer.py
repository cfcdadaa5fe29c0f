"""The same network and epoch in PyTorch: python3 epoch_peer.py FOLDER_OF_MNIST"""
import gzip
import sys
import time

import numpy as np
import torch
from torch import nn

torch.set_num_threads(2)
torch.manual_seed(1)


def idx(name, skip):
    with gzip.open(f"{sys.argv[1]}/{name}") as file:
        return np.frombuffer(file.read(), np.uint8, offset=skip)


x = torch.tensor(idx("train-images-idx3-ubyte.gz", 16).reshape(-1, 1, 28, 28) / np.float32(255))
y = torch.tensor(idx("train-labels-idx1-ubyte.gz", 8).astype(np.int64))
model = nn.Sequential(
    nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(),
    nn.MaxPool2d(2), nn.Flatten(), nn.Dropout(0.3), nn.Linear(32 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, 10))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
for epoch in range(3):
    start = time.perf_counter()
    order = torch.randperm(len(x))
    total = 0.0
    for at in range(0, len(x), 128):
        rows = order[at:at + 128]
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x[rows]), y[rows])
        loss.backward()
        optimizer.step()
        total += loss.detach() * len(rows)
    print(f"epoch {epoch + 1}: loss {total / len(x):.4f}, {time.perf_counter() - start:.2f} s")
