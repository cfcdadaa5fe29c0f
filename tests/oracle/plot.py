"""Writes resources/oracle/plot.json: histograms as NumPy counts them with bins="auto"."""

import json
import pathlib

import numpy as np

OUT = pathlib.Path(__file__).parent.parent / "src/test/resources/oracle/plot.json"

k = np.arange(500.0)
cases = {
    "waves": np.sin(k * 0.37) * k,
    "powers": 1.01**k,
    "few": np.array([1.0, 2.0, 2.5, 4.0]),
    "ints": np.array([1.0, 2.0, 2.0, 3.0, 3.0, 3.0, 9.0]),
}
found = {}
for name, values in cases.items():
    counts, edges = np.histogram(values, bins="auto")
    found[name] = {"values": values.tolist(), "counts": counts.tolist(), "edges": edges.tolist()}
OUT.write_text(json.dumps(found) + "\n")
