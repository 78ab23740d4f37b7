import type { Variable } from "./checkpoint.ts";

const KEY_PARTS = /^(keras_api|optimizer|\.OPTIMIZER_SLOT|loss_tracker|save_counter)$/;
const OPTIMIZERS = /^(optimizer|training|adam\w*|adagrad|adadelta|nadam|rmsprop|sgd|ftrl)(_\d+)?$/i;
const COUNTERS = new RegExp(
  "^((true|false)_(positives|negatives)|total|count|iter|iterations?|decay|learning_rate|" +
    "save_counter|global_step)(_\\d+)?$",
);

/**
 * Says whether a variable was left over from training: an optimizer's, a metric's or a counter.
 * The key tells where the exporter kept its tree, the full name where it kept a plain list.
 *
 * @param variable Its key and full name.
 * @returns Whether it plays no part in the network.
 */
export function isLeftover({ key, fullName }: Pick<Variable, "key" | "fullName">): boolean {
  const parts = fullName.replace(/:\d+$/, "").split("/");
  return key.split("/").some((part) => KEY_PARTS.test(part)) ||
    parts.some((part) => OPTIMIZERS.test(part)) || COUNTERS.test(parts.at(-1)!);
}
