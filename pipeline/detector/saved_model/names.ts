/** Parts of a name that say which layer of the network a variable belongs to. */
const PLACE =
  /(?:^|\/)(group(?:_\d+)?)\/(block_widen|block_\d+)\/(?:main_path|residual_path)\/([^/]+)\/([^/]+)$/;
const STEM = /(?:^|\/)pre_blocks\/(conv|batch_normalization)\/([^/]+)$/;
const PCEN = /(?:^|\/)pcen\/(?:[^/]+\/)*(alpha|delta|root|kernel|recurrent_kernel)$/;
const DENSE = /(?:^|\/)(?:dense|logits|classifier)(?:_\d+)?\/(kernel|bias)$/;

/** Variables that training leaves behind and the network does without. */
const LEFTOVER =
  /keras_api\/metrics|optimizer|\.OPTIMIZER_SLOT|save_counter|(?:^|\/)(?:Adam|RMSprop|SGD|Momentum)\b/i;

/**
 * What a variable is to the network, by the parts of its full name that say so; leading prefixes,
 * `:0` and the layers between `pcen` and its matrices vary with the TensorFlow that exported it.
 *
 * @param fullName The full name.
 * @returns A role such as `group_1/block_2/conv_bottleneck/kernel`, `stem/conv/kernel`, `pcen/alpha`
 * or `dense/bias`; nothing where the name says none.
 *
 * @example
 * ```ts
 * console.assert(roleOf("model/pcen/ema/kernel:0") === "pcen/kernel");
 * ```
 */
export function roleOf(fullName: string): string | undefined {
  const name = fullName.replace(/:\d+$/, "");
  const place = PLACE.exec(name);
  if (place) return place.slice(1).join("/");
  const stem = STEM.exec(name);
  if (stem) return `stem/${stem[1]}/${stem[2]}`;
  const pcen = PCEN.exec(name);
  if (pcen) return `pcen/${pcen[1]}`;
  const dense = DENSE.exec(name);
  return dense ? `dense/${dense[1]}` : undefined;
}

/** Whether a variable is left over from training. */
export function isLeftover(key: string, fullName: string): boolean {
  return LEFTOVER.test(key) || LEFTOVER.test(fullName);
}
