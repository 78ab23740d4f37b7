"""Trains the demo detector. Usage: train.py DATA_FOLDER CHECKPOINT_FOLDER (see README.md)."""

import math
import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

import numpy as np
import tensorflow as tf

from measure import average_precision, report
from network import Network

SEED = 1
EPOCHS = 6
BATCH = 64
PEAK_RATE = 4e-3
DECAY = 1e-3


def make_reproducible():
    """The same bytes on every run; sums are split by the number of threads, so it is fixed."""
    tf.keras.utils.set_random_seed(SEED)
    tf.config.experimental.enable_op_determinism()
    tf.config.threading.set_intra_op_parallelism_threads(2)
    tf.config.threading.set_inter_op_parallelism_threads(2)


def targets(seconds_of_song):
    """Half a window of song is the border; a second to either side of it grows less sure."""
    return np.clip((seconds_of_song - 0.96) / 2, 0, 1).astype(np.float32)


def scores_of(network, windows):
    """Scores [n] of windows [n, 128, 64]."""
    parts = [
        tf.sigmoid(network.logits(tf.constant(windows[i : i + 256].astype(np.float32)), False))
        for i in range(0, len(windows), 256)
    ]
    return np.concatenate(parts)


def train(network, windows, wanted):
    """Adam with decoupled weight decay (Loshchilov and Hutter 2019) and one cycle of rates."""
    names = [name for name, variable in network.by_name.items() if variable.trainable]
    weights = [network.by_name[name] for name in names]
    firsts = [tf.Variable(tf.zeros_like(w)) for w in weights]
    seconds = [tf.Variable(tf.zeros_like(w)) for w in weights]

    @tf.function
    def step(x, y, rate, count):
        with tf.GradientTape() as tape:
            logits = network.logits(x, training=True)
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(y, logits))
        gradients = tape.gradient(loss, weights)
        for name, w, g, m, v in zip(names, weights, gradients, firsts, seconds):
            m.assign(0.9 * m + 0.1 * g)
            v.assign(0.999 * v + 0.001 * g * g)
            move = (m / (1 - 0.9**count)) / (tf.sqrt(v / (1 - 0.999**count)) + 1e-7)
            decay = DECAY if name.endswith("kernel") else 0.0
            w.assign_sub(rate * (move + decay * w))
        return loss

    order = np.random.default_rng(SEED)
    steps = len(windows) // BATCH
    total = EPOCHS * steps
    count = 0
    for epoch in range(EPOCHS):
        shuffled = order.permutation(len(windows))
        losses = []
        for i in range(steps):
            rows = shuffled[i * BATCH : (i + 1) * BATCH]
            count += 1
            warm = min(1, count / (0.1 * total))
            rate = PEAK_RATE * warm * 0.5 * (1 + math.cos(math.pi * count / total))
            x = tf.constant(windows[rows].astype(np.float32))
            losses.append(step(x, wanted[rows], tf.constant(rate), tf.constant(float(count))))
        yield epoch, float(np.mean(losses))


def main(data, checkpoint):
    make_reproducible()
    load = lambda name: np.load(os.path.join(data, f"{name}.npy"))
    windows, truth = load("train_windows"), load("train_truth")
    check, check_truth = load("check_windows"), load("check_truth")
    # dead audio is no song
    windows[::200] *= (truth[::200, 0, 0] > 0)[:, None, None]
    network = Network(SEED)
    start = time.time()
    for epoch, loss in train(network, windows, targets(truth[:, 0, 0])):
        precision = average_precision(scores_of(network, check), check_truth[:, 1, 0] >= 0.5)
        print(f"epoch {epoch + 1}: loss {loss:.4f}, average precision {precision:.4f}", flush=True)
    print(f"trained in {time.time() - start:.0f} s")
    os.makedirs(os.path.join(checkpoint, "variables"), exist_ok=True)
    network.save(os.path.join(checkpoint, "variables", "variables"))
    for line in report(scores_of(network, load("held_out_windows")), load("held_out_truth")):
        print(line)


if __name__ == "__main__":
    main(*sys.argv[1:])
