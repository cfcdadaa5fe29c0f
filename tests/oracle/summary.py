"""Writes resources/oracle/summary.json: histograms as TensorBoard's histogram/summary_v2.py defines them."""

import json
import pathlib

import numpy as np

OUT = pathlib.Path(__file__).parent.parent / "src/test/resources/oracle/summary.json"


def buckets(values, count):
    """Rows of left edge, right edge and count; intervals of one width between the extremes."""
    values = np.asarray(values, dtype=np.float64).ravel()
    if values.size == 0:
        return np.zeros((count, 3))
    low, high = values.min(), values.max()
    if low == high:
        rows = np.array([[low, low, 0.0]] * count)
        rows[-1, 2] = values.size
        return rows
    at = np.minimum(np.floor((values - low) / ((high - low) / count)).astype(int), count - 1)
    edges = np.linspace(low, high, count + 1)
    return np.stack([edges[:-1], edges[1:], np.bincount(at, minlength=count)], axis=1)


k = np.arange(1000)
waves = np.sin(k * 0.37) * k
cases = {
    "waves": buckets(waves, 30),
    "waves10": buckets(waves, 10),
    "ints": buckets([1, 2, 2, 3, 3, 3], 4),
    "same": buckets([2.5] * 5, 3),
    "empty": buckets([], 2),
    "holes": buckets([1.0, 2.0, 3.0], 2),
}
OUT.write_text(json.dumps({name: rows.ravel().tolist() for name, rows in cases.items()}, indent=1) + "\n")
