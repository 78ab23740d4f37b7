"""Writes goldens.json: what SciPy and statsmodels say.

pip install scipy==1.17.1 statsmodels==0.15.0; then: python statistics_goldens.py > goldens.json
"""
import json

import numpy as np
from scipy import stats
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.multitest import multipletests
from statsmodels.tsa.stattools import acf

random = np.random.default_rng(20260101)


def plain(values):
    return [None if np.isnan(v) else float(v) for v in np.asarray(values, float)]


series = np.zeros(200)
for i in range(1, 200):
    series[i] = 0.85 * series[i - 1] + random.normal()
series = np.round(series, 3)
holed = series.copy()
holed[[3, 4, 5, 50, 120, 121, 199]] = np.nan

influence = random.normal(size=24)
blocks = [
    {"chances": chances, "adjusted": plain(multipletests(chances, method="holm")[1])}
    for chances in ([0.01, 0.04, 0.03], [0.2, 0.0001, 0.9, 0.011, 0.011, 0.5], [0.6])
]
kappas = []
for _ in range(3):
    a = random.integers(0, 2, 60)
    b = np.where(random.random(60) < 0.8, a, 1 - a)
    kappas.append({"a": a.tolist(), "b": b.tolist(), "kappa": float(cohen_kappa_score(a, b))})

# Batch means of independent blocks without a season is the one-sample t interval of the blocks.
means = np.round(random.normal(0.4, 0.1, 9), 4)
low, high = stats.t.interval(0.95, 8, means.mean(), stats.sem(means))

print(json.dumps({
    "software": "scipy 1.17.1, statsmodels 0.15.0, scikit-learn 1.9.1",
    "quantiles": [
        [p, nu, float(stats.t.ppf(p, nu))]
        for p in (0.6, 0.9, 0.975, 0.9995)
        for nu in (1, 2, 2.5, 5, 11, 23.7, 47, 200, 5000)
    ],
    "twoSided": [
        [t, nu, float(2 * stats.t.sf(t, nu))]
        for t in (0.1, 1, 2.5, 6, 20)
        for nu in (1, 3.3, 11, 47, 400)
    ],
    "below": [[t, nu, float(stats.t.cdf(t, nu))] for t in (-3, -0.5, 0, 0.7, 4) for nu in (2, 9.5)],
    "series": plain(series),
    "acf": plain(acf(series, nlags=40, fft=False)),
    "holed": plain(holed),
    "holedAcf": plain(acf(holed, nlags=40, fft=False, missing="conservative")),
    "holm": blocks,
    "kappas": kappas,
    "blockMeans": means.tolist(),
    "interval": [float(low), float(high)],
}, indent=1))
