"""Numbers of tests/src/test/resources/programs/stats, from NumPy and SciPy. Run by hand; prints TFL rows."""
import numpy as np
from scipy.stats import zscore

x = np.array([[1.0, 2.5, -3.0, 4.0], [0.5, 0.5, 2.0, -1.0], [3.0, 1.0, 4.0, 1.0]])


def row(name, call, value):
    print(f'  ("{name}", {call}, {np.array2string(np.asarray(value), precision=12, separator=", ", max_line_width=10**6)}),'.replace("\n", ""))


row("cov", "stats.cov(x)", np.cov(x))
row("cov of columns", "stats.cov(x, rowvar=false)", np.cov(x, rowvar=False))
row("cov of a population", "stats.cov(x, correction=0)", np.cov(x, ddof=0))
row("cov of a vector", "stats.cov(x[0])", np.cov(x[0]))
row("corrcoef", "stats.corrcoef(x)", np.corrcoef(x))
row("corrcoef of columns", "stats.corrcoef(x, rowvar=false)", np.corrcoef(x, rowvar=False))
row("zscore", "stats.zscore(x)", zscore(x))
row("zscore along rows", "stats.zscore(x, axis=1, correction=1)", zscore(x, axis=1, ddof=1))
row("median", "stats.median(x, axis=1)", np.median(x, axis=1))
row("quantile", "stats.quantile(x, 0.3, axis=1)", np.quantile(x, 0.3, axis=1))
