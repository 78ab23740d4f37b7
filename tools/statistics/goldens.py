"""Writes what SciPy, statsmodels and scikit-learn say.

pip install scipy==1.17.1 statsmodels==0.15.0 scikit-learn==1.9.1 pandas==3.1.1; then, from the repository's root:
python tools/statistics/goldens.py > tests/analysis/statistics/goldens.json
"""
import json

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import optimize, signal, stats
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

# Night and day of three months, two of them in part, heard unevenly: a month's days weigh as many as they
# would had all of it been heard. Again a regression with a level for each day.
dates = pd.date_range("2016-10-20", periods=75)
night = np.round(46000 + 60.0 * np.arange(75))
lengths = np.column_stack([night, 86400 - night])
heard = np.round(lengths * np.where(random.random((75, 2)) < 0.3, 0.01, random.random((75, 2))))
heard[40:44, 0] = 0
song = np.round(heard * random.random((75, 2)) * [0.6, 0.3])
harmonic = lambda values: values[:, 0] * values[:, 1] / np.maximum(values.sum(axis=1), 1e-300)
counts = (heard >= 0.02 * lengths).all(axis=1) & (heard > 0).all(axis=1)
table = pd.DataFrame({
    "month": dates.strftime("%Y-%m"),
    "there": harmonic(lengths),
    "heard": np.where(counts, harmonic(heard), 0),
})
total = table.groupby("month")[["there", "heard"]].transform("sum")
scale = (total.there / total.heard).to_numpy()[counts]
levels = np.tile(np.eye(counts.sum()), (2, 1))
months_apart = sm.WLS(
    (song[counts] / heard[counts]).T.ravel(),
    np.column_stack([np.repeat([1.0, 0.0], counts.sum()), levels]),
    weights=(heard[counts] * scale[:, None]).T.ravel(),
).fit().params[0]


def fitted(near, days, turns, above):
    """The form of the same first value and sum, and what of all correlations was lost."""
    spectrum = lambda d, share: sum(
        1 - share + share * (1 - d**2) / (1 - 2 * d * np.cos(t) + d**2) for t in turns
    )

    def form(lost):
        back = np.asarray(near) * (1 - lost) + lost
        if len(back) == 1:
            return float(np.clip(back[0], 0, 0.97)), 1.0
        excess = lambda d: (1 - d) / (1 - d ** len(back)) - back[0] / back.sum()
        daily = optimize.brentq(excess, 0, 0.97) if excess(0) > 0 > excess(0.97) else (
            0.97 if excess(0.97) >= 0 else 0.0)
        return daily, (min(1.0, back[0] / daily) if daily > 0 else 0.0)

    def taken(lost):
        daily, share = form(lost)
        lags = np.arange(1, days)
        mean = 1 + 2 * share * np.sum((1 - lags / days) * daily**lags)
        return min(0.9, (mean + spectrum(daily, share)) / days)

    if not above:
        return (0.0, 0.0), (1 + len(turns)) / days
    lost = optimize.fixed_point(lambda x: (x + taken(float(x))) / 2, (1 + len(turns)) / days,
                                xtol=1e-10, maxiter=5000, method="iteration")
    return form(float(lost)), float(lost)


def batch_means(part, effort):
    """Estimate, error, degrees of freedom, 95 % interval on the logit scale and trust (docs/statistics.md)."""
    days = len(part)
    day = np.arange(days)
    ratio = part.sum() / effort.sum()
    influence = (part - ratio * effort) / effort.mean()
    if days >= 330:
        waves = [2 * np.pi * k / 365.25 for k in (1, 1, 2, 2, 3, 3)]
        columns = [f(w * day) for w, f in zip(waves, [np.cos, np.sin] * 3)]
    elif days >= 60:
        waves = [np.pi * (i + 1) / days for i in range(round(6 * days / 365.25))]
        columns = [np.cos(w * (day + 0.5)) for w in waves]
    else:
        waves, columns = [], []
    rest = influence
    if waves:
        design = effort[:, None] * np.column_stack([np.ones(days), *columns])
        rest = influence - design @ np.linalg.lstsq(design, influence, rcond=None)[0]
    known = effort > 0
    n = int(known.sum())
    correlation = acf(np.where(known, rest, np.nan), nlags=days // 3, adjusted=True, fft=False,
                      missing="conservative")
    limit = 1.96 / np.sqrt(n)
    below = np.flatnonzero(correlation[1:] < limit)
    reach = int(below[0]) + 1 if len(below) else len(correlation)
    form, lost = fitted(correlation[1:reach], n, waves, correlation[1] > limit)
    slow = lambda f: f[1] * f[0] / (1 - f[0])
    if n < 75:
        high, high_lost = fitted([correlation[1] + 2.33 / np.sqrt(n)], n, waves, True)
        if slow(high) > slow(form):
            form, lost = high, high_lost
    daily, share = form
    lags = np.arange(1, min(15, len(correlation)))
    growth = 1 + 2 * np.sum((1 - lags / 15) * (correlation[lags] * (1 - lost) + lost))
    asked = max(15, reach)
    length = next(b for b in range(asked, 3, -1) if days // b >= 6 + len(waves))
    blocks = days // length
    edges = np.append(np.arange(blocks) * length, days)
    sums = np.array([rest[a:b].sum() for a, b in zip(edges, edges[1:])])
    matrix = toeplitz(np.append(1, share * daily ** np.arange(1, days)))
    variance = lambda a, b: effort[a:b] @ matrix[a:b, a:b] @ effort[a:b]
    within = sum(variance(a, b) for a, b in zip(edges, edges[1:]))
    spectrum = sum(1 - share + share * (1 - daily**2) / (1 - 2 * daily * np.cos(w) + daily**2)
                   for w in waves)
    left = blocks - 1 - len(waves)
    expected = within - variance(0, days) / blocks - effort @ effort / blocks * spectrum
    squared = np.sum(sums**2) * variance(0, days) / max(expected, 0.5 * within * left / blocks)
    independent = np.sum(rest**2) * n / (n - 1 - len(waves))
    error = np.sqrt(max(squared, independent)) / days
    equal = (3 * np.sum(sums**2) ** 2 / np.sum(sums**4) - 2) * left / blocks
    freedom = max(min(2, left), min(left, equal))
    half = stats.t.ppf(0.975, freedom) * error / (ratio * (1 - ratio))
    middle = np.log(ratio / (1 - ratio))
    counted = min(n, 3 * np.sum(rest**2) ** 2 / np.sum(rest**4))
    surely = growth * np.exp(1.645 * np.sqrt(20 / counted))
    sound = counted * (1 - daily) >= 75 and surely < 2 and length == asked
    low, high = 1 / (1 + np.exp(-np.array([middle - half, middle + half])))
    return {
        "part": part.tolist(),
        "effort": effort.tolist(),
        "ratio": float(ratio),
        "daily": float(daily),
        "error": float(error),
        "freedom": float(freedom),
        "low": float(low),
        "high": float(high),
        "trust": "sound" if sound else "approximate",
    }


ratios = []
for days, correlation in [(400, 0.05), (400, 0.8), (150, 0.6), (40, 0.3)]:
    strength = signal.lfilter([np.sqrt(1 - correlation**2)], [1, -correlation],
                              random.normal(size=days))
    season = 1.2 * np.cos(2 * np.pi * (np.arange(days) - 140) / 365.25)
    level = 1 / (1 + np.exp(1 - season - 0.8 * strength))
    effort = np.round(86400 * np.where(random.random(days) < 0.1, 0, random.uniform(0.5, 1, days)))
    ratios.append(batch_means(np.round(level * effort), effort))

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
    "months": {
        "lengths": lengths.tolist(),
        "heard": heard.tolist(),
        "song": song.tolist(),
        "difference": float(months_apart),
    },
    "ratios": ratios,
    "forms": {"weights": weighed.tolist(), "turns": turns.tolist(), "of": forms},
}, indent=1))
