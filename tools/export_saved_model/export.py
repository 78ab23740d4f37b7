"""Exports networks of the humpback family as their makers do, and what TensorFlow scores with them.

    python export.py OUT AUDIO                the fixtures of tests/fixtures/saved_model
    python export.py OUT AUDIO CHECKPOINT     the published widths with a checkpoint's weights
"""

import json
import pathlib
import sys
import tarfile

import numpy as np
import tensorflow as tf

from detector import Detector, Geometry, PUBLISHED_WIDTHS, Widths, flattened

ACODET = Geometry(2_000.0, 53)
KEYS = ["input_sample_rate", "context_width_samples", "class_names"]


def fill(detector, seed, audio):
    """Makes weights up with which the scores of the audio go up and down."""
    random = np.random.default_rng(seed)
    for variable in detector.variables:
        name, shape = variable.name.split(":")[0], variable.shape
        if "rnn" in name:
            continue
        if name.endswith("moving_variance"):
            variable.assign(random.uniform(0.5, 1.5, shape))
        elif name.startswith("pcen"):
            variable.assign(variable + random.uniform(-0.05, 0.0, shape))
        elif name.endswith("kernel"):
            variable.assign(random.normal(0, (3 / np.prod(shape[:-1])) ** 0.5, shape))
        else:
            variable.assign(random.normal(0, 0.3, shape))
    scores = scores_of(detector, audio, 10_000)
    logits = np.log(scores / (1 - scores))
    dense = detector.layers[-1]
    dense.bias.assign(2 * (dense.bias - logits.mean()) / logits.std())
    dense.kernel.assign(2 * dense.kernel / logits.std())


def scores_of(detector, audio, step):
    return detector.score(tf.constant(audio[None, :, None]), step)["scores"][0, :, 0].numpy()


def copy(detector, checkpoint):
    """Takes weights from a checkpoint, by their full names."""
    graph = tf.compat.v1.train.NewCheckpointReader(checkpoint)
    from tensorflow.core.protobuf.trackable_object_graph_pb2 import TrackableObjectGraph

    objects = TrackableObjectGraph.FromString(graph.get_tensor("_CHECKPOINTABLE_OBJECT_GRAPH"))
    keys = {a.full_name: a.checkpoint_key for node in objects.nodes for a in node.attributes}
    for variable in detector.variables:
        variable.assign(graph.get_tensor(keys[variable.name.split(":")[0]]))


def save_published(detector, folder):
    """As the publisher: signatures `score` and `metadata`, variables in Keras's own tree."""
    signatures = {"score": detector.score, "metadata": detector.metadata}
    tf.saved_model.save(detector, folder, signatures=signatures)


def save_retrained(detector, folder):
    """As whoever trained on: `model.save`, with an optimizer and metrics left in it."""
    detector.compile(optimizer="adam", loss="mse", metrics=["mae"])
    window = detector.geometry.window
    detector.fit(tf.random.normal([2, window, 1]), tf.zeros([2, 1]), verbose=0)
    detector.save(folder)


class Encodings(tf.Module):
    """The published metadata in every type of number, as constants, cast, and through calls."""

    def signatures(self):
        types = [
            tf.float32, tf.float64, tf.float16, tf.bfloat16, tf.int32, tf.int64, tf.uint16,
            tf.uint32, tf.uint64,
        ]
        made = {dtype.name: self.constant(dtype) for dtype in types}
        made |= {f"{dtype.name}_cast": self.cast(dtype) for dtype in types}
        return made | {"called": self.called(), "array": self.array()}

    def function(self, rate, window, names=lambda: tf.constant(["Mn"])):
        @tf.function(input_signature=[])
        def give():
            return dict(zip(KEYS, [rate(), window(), names()]))

        return give

    def constant(self, dtype):
        return self.function(*(lambda n=n: tf.constant(n, dtype) for n in (10_000, 39_124)))

    def cast(self, dtype):
        return self.function(*(
            lambda n=n: tf.cast(tf.identity(tf.cast(tf.constant(n, dtype), tf.float64)), tf.int64)
            for n in (10_000, 39_124)
        ))

    def called(self):
        @tf.function
        def inner(value):
            return tf.stop_gradient(value), tf.cast(value, tf.int64)

        @tf.function
        def outer(value):
            return inner(value)[1]

        return self.function(*(lambda n=n: outer(tf.constant(n)) for n in (10_000.0, 39_124)))

    def array(self):
        """Different values are stored as content, equal ones once for all."""
        return self.function(
            lambda: tf.constant([10_000, 9_999], tf.int32),
            lambda: tf.constant(39_124, shape=[3]),
            lambda: tf.constant(["Mn", "Bm"]),
        )


def read_audio(path):
    """A WAV of 32-bit floats at 10 kHz."""
    data = pathlib.Path(path).read_bytes()
    start = data.index(b"data") + 8
    return np.frombuffer(data[start:], "<f4")


def pack(folder):
    with tarfile.open(f"{folder}.tar.gz", "w:gz") as archive:
        archive.add(folder, arcname=".")


def write(path, values):
    path.write_text(json.dumps({"made_with": f"TensorFlow {tf.__version__}", **values}, indent=1) + "\n")


def plain(tensor):
    """Values as JSON has them, always in a list."""
    values = np.atleast_1d(tensor.numpy())
    return [v.decode() if isinstance(v, bytes) else float(v) for v in values]


def write_scores(detector, audio, path):
    scores = {
        f"step_{step}": [round(float(x), 8) for x in scores_of(detector, audio, step)]
        for step in (10_000, 3_000)
    }
    write(path, {"audio": "song-10k.wav", **scores})


def main(out, audio, checkpoint=None):
    out, audio = pathlib.Path(out), read_audio(audio)
    if checkpoint:
        detector = Detector(Geometry(), PUBLISHED_WIDTHS)
        copy(detector, checkpoint)
    else:
        detector = Detector(Geometry(), Widths())
        fill(detector, 1, audio)
    save_published(detector, f"{out}/published")
    write_scores(detector, audio, out / "published.json")
    if not checkpoint:
        flattened(detector).save(f"{out}/flat")
        retrained = Detector(ACODET, Widths(1, ((1, 2, 1),)))
        flattened(retrained).save(f"{out}/flat-2khz")
        save_retrained(retrained, f"{out}/retrained-2khz")
        encodings = Encodings()
        signatures = encodings.signatures()
        tf.saved_model.save(encodings, f"{out}/encodings", signatures=signatures)
        write(out / "encodings.json", {
            name: {key: plain(value) for key, value in give().items()}
            for name, give in signatures.items()
        })
    for folder in out.iterdir():
        if folder.is_dir():
            pack(folder)


main(*sys.argv[1:])
