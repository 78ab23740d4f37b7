"""How well scores tell song from everything else."""

import numpy as np

KINDS = ["song", "ship", "rain", "tone", "clicks", "rumble", "knocks"]
LEVEL = len(KINDS)


def average_precision(scores, positive):
    """Mean of the precision at each true second, best score first; ties count as one."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(positive[order])
    # a score that occurs more than once counts with all that have it
    last = np.searchsorted(-scores[order], -scores[order], side="right") - 1
    precision = hits[last] / (last + 1)
    return float(np.sum(precision * positive[order]) / np.sum(positive))


def report(scores, truth):
    """Lines on scores [n] against truth [n, 2, 8], window by window a second apart."""
    window, middle = truth[:, 0], truth[:, 1]
    song = middle[:, 0] >= 0.5
    found = scores >= 0.5
    lines = [
        f"seconds {len(scores)}, of song {song.sum()}",
        f"average precision {average_precision(scores, song):.4f}",
        f"at 0.5: precision {song[found].mean():.4f}, recall {found[song].mean():.4f}",
    ]
    clear = (window[:, 0] >= 1) | (window[:, 0] == 0)
    lines.append(
        "windows with 1 s of song or more against those with none: average precision "
        f"{average_precision(scores[clear], window[clear, 0] >= 1):.4f}"
    )
    for low, high in [(4, 8), (8, 12), (12, 16), (16, 20)]:
        at = song & (middle[:, LEVEL] >= low) & (middle[:, LEVEL] < high)
        lines.append(f"song at {low} to {high} dB: found {found[at].mean():.4f} of {at.sum()} s")
    others = window[:, 1:LEVEL] > 0
    silent = window[:, 0] == 0
    alone = silent & ~others.any(axis=1)
    lines.append(f"noise alone: {found[alone].mean():.4f} of {alone.sum()} s taken for song")
    for index, kind in enumerate(KINDS[1:]):
        only = silent & others[:, index]
        lines.append(f"{kind}, no song: {found[only].mean():.4f} of {only.sum()} s taken for song")
        at = others[:, index]
        lines.append(
            f"{kind}, with and without song: average precision "
            f"{average_precision(scores[at], song[at]):.4f}"
        )
    return lines
