"""The demo detector: the published humpback network, narrow and shallow (docs/detector.md)."""

import tensorflow as tf

EPSILON = 1e-4
MOMENTUM = 0.98
MEL_BANDS = 64

STEM = 8
# (inner width, outer width, blocks) of group, group_1, group_2, group_3
GROUPS = [(8, 16, 1), (16, 32, 1), (32, 64, 2), (48, 96, 2)]


class Network(tf.Module):
    """Variables by their published names, and the layers that use them."""

    def __init__(self, seed):
        super().__init__()
        self.by_name = {}
        self._random = tf.random.Generator.from_seed(seed)
        self._add_pcen()
        self._add_conv("embed/pre_blocks", "conv", "batch_normalization", (7, 7, 1, STEM))
        width = STEM
        for group, (inner, outer, blocks) in enumerate(GROUPS):
            for block in range(blocks):
                self._add_block(block_path(group, block), width, inner, outer, block == 0)
                width = outer
        self._add("dense/kernel", tf.zeros([width, 1]))
        self._add("dense/bias", tf.zeros([1]))

    def _add(self, name, value, trainable=True):
        self.by_name[name] = tf.Variable(value, trainable=trainable, name=name)

    def _add_pcen(self):
        """The front end's constants as they start out; windows come with PCEN applied."""
        identity = tf.eye(MEL_BANDS)
        for name, value in [
            ("alpha", tf.fill([MEL_BANDS], 0.98)),
            ("delta", tf.fill([MEL_BANDS], 2.0)),
            ("root", tf.fill([MEL_BANDS], 2.0)),
            ("simple_rnn/simple_rnn_cell/kernel", 0.025 * identity),
            ("simple_rnn/simple_rnn_cell/recurrent_kernel", 0.975 * identity),
        ]:
            self._add(f"pcen/{name}", value, trainable=False)

    def _add_conv(self, path, conv, norm, shape):
        deviation = (2 / (shape[0] * shape[1] * shape[2])) ** 0.5
        self._add(f"{path}/{conv}/kernel", self._random.normal(shape, stddev=deviation))
        zeros, ones = tf.zeros([shape[3]]), tf.ones([shape[3]])
        self._add(f"{path}/{norm}/beta", zeros)
        self._add(f"{path}/{norm}/moving_mean", zeros, trainable=False)
        self._add(f"{path}/{norm}/moving_variance", ones, trainable=False)

    def _add_block(self, path, width, inner, outer, widen):
        if widen:
            self._add_conv(
                f"{path}/residual_path", "conv_residual", "batch_normalization_residual",
                (1, 1, width, outer),
            )
        main = f"{path}/main_path"
        self._add_conv(
            main, "conv_bottleneck", "batch_normalization_bottleneck", (1, 1, width, inner)
        )
        self._add_conv(main, "conv", "batch_normalization", (3, 3, inner, inner))
        self._add_conv(main, "conv_output", "batch_normalization_output", (1, 1, inner, outer))

    def _conv(self, x, path, conv, norm, stride, training):
        # TensorFlow's SAME at stride 2 takes a 1x1 convolution's even places, as VALID does.
        x = tf.nn.conv2d(x, self.by_name[f"{path}/{conv}/kernel"], stride, "SAME")
        mean = self.by_name[f"{path}/{norm}/moving_mean"]
        variance = self.by_name[f"{path}/{norm}/moving_variance"]
        if training:
            batch_mean, batch_variance = tf.nn.moments(x, [0, 1, 2])
            mean.assign(MOMENTUM * mean + (1 - MOMENTUM) * batch_mean)
            variance.assign(MOMENTUM * variance + (1 - MOMENTUM) * batch_variance)
            mean, variance = batch_mean, batch_variance
        beta = self.by_name[f"{path}/{norm}/beta"]
        return tf.nn.batch_normalization(x, mean, variance, beta, None, EPSILON)

    def _block(self, x, path, stride, widen, training):
        shortcut = x
        if widen:
            shortcut = self._conv(
                x, f"{path}/residual_path", "conv_residual", "batch_normalization_residual",
                stride, training,
            )
        main = f"{path}/main_path"
        x = tf.nn.relu(self._conv(
            x, main, "conv_bottleneck", "batch_normalization_bottleneck", stride, training
        ))
        x = tf.nn.relu(self._conv(x, main, "conv", "batch_normalization", 1, training))
        x = self._conv(x, main, "conv_output", "batch_normalization_output", 1, training)
        return tf.nn.relu(x + shortcut)

    def logits(self, windows, training):
        """PCEN windows [n, 128, 64] -> logits [n]."""
        x = windows[..., tf.newaxis]
        x = self._conv(x, "embed/pre_blocks", "conv", "batch_normalization", 1, training)
        x = tf.nn.max_pool2d(tf.nn.relu(x), 3, 2, "SAME")
        for group, (_, _, blocks) in enumerate(GROUPS):
            for block in range(blocks):
                stride = 2 if group > 0 and block == 0 else 1
                x = self._block(x, block_path(group, block), stride, block == 0, training)
        features = tf.reduce_mean(x, [1, 2])
        return (features @ self.by_name["dense/kernel"] + self.by_name["dense/bias"])[:, 0]

    def save(self, prefix):
        """A checkpoint of nothing but the variables; their full names stand in its object graph."""
        tf.train.Checkpoint(variables=list(self.by_name.values())).write(prefix)


def block_path(group, block):
    """Names as published: group, group_1, ...; block_widen, block_1, ..."""
    group_name = f"group_{group}" if group else "group"
    block_name = f"block_{block}" if block else "block_widen"
    return f"embed/{group_name}/{block_name}"
