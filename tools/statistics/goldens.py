"""Writes what SciPy, statsmodels and scikit-learn say.

pip install scipy==1.17.1 statsmodels==0.15.0 scikit-learn==1.9.1; then, from the repository's root:
python tools/statistics/goldens.py > tests/analysis/statistics/goldens.json
"""
import json

import numpy as np
import statsmodels.api as sm
from scipy import signal, stats
from scipy.linalg import toeplitz
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
means = np.round(random.normal(0.4, 0.1, 6), 4)
low, high = stats.t.interval(0.95, 5, means.mean(), stats.sem(means))

# A difference on the same days is the effect of the class in a regression of the day's proportions on
# class and day, weighed by effort.
pairs = 25
first_effort = np.round(random.uniform(20, 100, pairs), 1)
second_effort = np.round(random.uniform(1, 60, pairs), 1)
second_effort[[4, 11]] = 0
first_part = np.round(first_effort * random.uniform(0, 1, pairs), 2)
second_part = np.round(second_effort * random.uniform(0, 1, pairs), 2)
both = second_effort > 0
count = int(both.sum())
y = np.concatenate([(first_part / first_effort)[both], second_part[both] / second_effort[both]])
design = np.column_stack([np.repeat([1.0, 0.0], count), np.tile(np.eye(count), (2, 1))])
weights = np.concatenate([first_effort[both], second_effort[both]])
paired = sm.WLS(y, design, weights=weights).fit().params[0]

# Sums of days that are correlated as share * daily**lag: a quadratic form; and their spectrum, as that
# of AR(1) noise of variance `share` and of white noise.
weighed = np.round(random.uniform(0, 2, 12), 2)
forms = []
for daily, share in [(0.6, 1.0), (0.9, 0.7), (0.97, 0.2), (0.0, 0.0)]:
    correlation = share * daily ** np.arange(12)
    correlation[0] = 1
    turns = 2 * np.pi * np.array([1, 1, 2, 2, 3, 3]) / 365.25
    _, response = signal.freqz([np.sqrt(share * (1 - daily**2))], [1, -daily], worN=turns)
    forms.append({
        "daily": daily,
        "share": share,
        "variance": float(weighed @ toeplitz(correlation) @ weighed),
        "spectrum": float(np.sum(np.abs(response) ** 2 + 1 - share)),
    })

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
    "acf": plain(acf(series, nlags=40, adjusted=True, fft=False)),
    "holed": plain(holed),
    "holedAcf": plain(
        acf(holed, nlags=40, adjusted=True, fft=False, missing="conservative")
    ),
    "holm": blocks,
    "kappas": kappas,
    "blockMeans": means.tolist(),
    "interval": [float(low), float(high)],
    "paired": {
        "first": {"part": first_part.tolist(), "effort": first_effort.tolist()},
        "second": {"part": second_part.tolist(), "effort": second_effort.tolist()},
        "difference": float(paired),
    },
    "forms": {"weights": weighed.tolist(), "turns": turns.tolist(), "of": forms},
}, indent=1))
