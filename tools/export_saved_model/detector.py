"""The humpback network (docs/detector.md) as a Keras model of any widths, for any audio."""

import dataclasses

import tensorflow as tf

try:  # Keras 2, with which the published model was exported: a package of its own since TensorFlow 2.16
    import tf_keras as keras
except ImportError:
    from tensorflow import keras

MEL_BANDS = 64
WINDOW_FRAMES = 128
FRAME = 1024


@dataclasses.dataclass
class Geometry:
    """What audio a network is for: as published, or as AcoDet's retrained one."""

    rate_hz: float = 10_000.0
    hop: int = 300

    @property
    def window(self):
        return self.hop * (WINDOW_FRAMES - 1) + FRAME


@dataclasses.dataclass
class Widths:
    """Channels of the stem, and (inner, outer, blocks) of group, group_1, …."""

    stem: int = 2
    groups: tuple = ((2, 4, 1), (3, 6, 2))


PUBLISHED_WIDTHS = Widths(64, ((64, 256, 3), (128, 512, 4), (256, 1024, 6), (512, 2048, 3)))


class Chain(keras.layers.Layer):
    """Layers one after another, made when it is built so that their variables bear its name."""

    def __init__(self, name, make):
        super().__init__(name=name)
        self._make = make

    def build(self, input_shape):
        self.steps = self._make(input_shape[-1])

    def call(self, x):
        for step in self.steps:
            x = step(x)
        return x


class Block(keras.layers.Layer):
    """Two paths, added."""

    def __init__(self, inner, outer, stride, name):
        super().__init__(name=name)
        self._residual = Chain("residual_path", lambda width: (
            conv_norm(outer, 1, stride, "_residual") if width != outer else []
        ))
        self._main = Chain("main_path", lambda _: [
            *conv_norm(inner, 1, stride, "_bottleneck"), keras.layers.ReLU(),
            *conv_norm(inner, 3, 1, ""), keras.layers.ReLU(),
            *conv_norm(outer, 1, 1, "_output"),
        ])

    def call(self, x):
        return tf.nn.relu(self._main(x) + self._residual(x))


def conv_norm(width, size, stride, end):
    return [
        keras.layers.Conv2D(
            width, size, stride, padding="same", use_bias=False, name=f"conv{end}"
        ),
        keras.layers.BatchNormalization(
            epsilon=1e-4, scale=False, name=f"batch_normalization{end}"
        ),
    ]


class MelSpectrogram(keras.layers.Layer):
    def __init__(self, geometry):
        super().__init__(name="mel_spectrogram")
        self.geometry = geometry

    def call(self, waveform):
        spectrum = tf.abs(tf.signal.stft(tf.squeeze(waveform, 2), FRAME, self.geometry.hop))
        rate = self.geometry.rate_hz
        mel = tf.signal.linear_to_mel_weight_matrix(
            MEL_BANDS, FRAME // 2 + 1, rate, 0.0, rate / 2, name="matrix"
        )
        return tf.square(tf.tensordot(spectrum, mel, 1))


class Pcen(keras.layers.Layer):
    def __init__(self):
        super().__init__(name="pcen")

    def build(self, input_shape):
        for name, value in [("alpha", 0.98), ("delta", 2.0), ("root", 2.0)]:
            start = keras.initializers.Constant(value)
            setattr(self, name, self.add_weight(name, [MEL_BANDS], initializer=start))
        self.ema = keras.layers.SimpleRNN(
            MEL_BANDS,
            activation=None,
            use_bias=False,
            kernel_initializer=keras.initializers.Identity(0.025),
            recurrent_initializer=keras.initializers.Identity(0.975),
            return_sequences=True,
        )

    def call(self, x):
        smooth = self.ema(x, initial_state=x[:, 0])
        power = 1 / tf.maximum(self.root, 1)
        level = (1e-6 + smooth) ** tf.minimum(self.alpha, 1)
        return (x / level + self.delta) ** power - self.delta**power


def group(index, inner, outer, blocks):
    """Names as published: group, group_1, ...; block_widen, block_1, ..."""
    return Chain(f"group_{index}" if index else "group", lambda _: [
        Block(
            inner, outer,
            2 if index and not block else 1,
            f"block_{block}" if block else "block_widen",
        )
        for block in range(blocks)
    ])


def embedding_layers(widths):
    return [
        Chain("pre_blocks", lambda _: [
            keras.layers.Lambda(lambda x: tf.expand_dims(x, 3)),
            *conv_norm(widths.stem, 7, 1, ""),
            keras.layers.ReLU(),
            keras.layers.MaxPool2D(3, 2, padding="same"),
        ]),
        *(group(i, *sizes) for i, sizes in enumerate(widths.groups)),
        keras.layers.GlobalAveragePooling2D(),
    ]


class Detector(keras.Sequential):
    """The network with the signatures of the published one."""

    def __init__(self, geometry, widths):
        spectrogram, pcen = MelSpectrogram(geometry), Pcen()
        embed = Chain("embed", lambda _: embedding_layers(widths))
        super().__init__([spectrogram, pcen, embed, keras.layers.Dense(1, name="dense")])
        self.build([None, geometry.window, 1])
        self.geometry = geometry

    @tf.function(input_signature=[
        tf.TensorSpec([None, None, 1], tf.float32), tf.TensorSpec([], tf.int64),
    ])
    def score(self, waveform, context_step_samples):
        mel = self.layers[0](waveform)
        step = tf.cast(context_step_samples // self.geometry.hop, tf.int32)
        windows = tf.signal.frame(mel, WINDOW_FRAMES, step, axis=1)
        x = tf.reshape(windows, [-1, WINDOW_FRAMES, MEL_BANDS])
        for layer in self.layers[1:]:
            x = layer(x)
        return {"scores": tf.reshape(tf.sigmoid(x), [tf.shape(mel)[0], -1, 1])}

    @tf.function(input_signature=[])
    def metadata(self):
        return {
            "input_sample_rate": tf.cast(self.geometry.rate_hz, tf.int64),
            "context_width_samples": tf.cast(self.geometry.window, tf.int64),
            "class_names": tf.constant(["Mn"]),
        }


def flattened(detector):
    """The same layers in one row behind the window's samples, as AcoDet saves its FlatHBNA."""
    spectrogram, pcen, embed, dense = detector.layers
    return keras.Sequential([
        keras.layers.Input([detector.geometry.window]),
        keras.layers.Lambda(lambda x: tf.expand_dims(x, -1)),
        spectrogram, pcen, *embed.steps, dense,
        keras.layers.Activation("sigmoid"),
    ])
