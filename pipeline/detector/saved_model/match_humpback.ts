import { MEL_BANDS } from "../front_end/mod.ts";
import type { Checkpoint, Variable } from "./checkpoint.ts";
import { RoleBook } from "./role_book.ts";

/** The variables of a convolution and its batch norm. */
export interface ConvVariables {
  readonly kernel: Variable;
  readonly beta: Variable;
  readonly mean: Variable;
  readonly variance: Variable;
}

/** The variables of a block. */
export interface BlockVariables {
  readonly residual?: ConvVariables;
  readonly main: readonly [bottleneck: ConvVariables, conv: ConvVariables, output: ConvVariables];
}

/** Variables of a detector of the humpback family, by the roles that they play. */
export interface DetectorVariables {
  readonly pcen: {
    readonly alpha: Variable;
    readonly delta: Variable;
    readonly root: Variable;
    readonly kernel: Variable;
    readonly recurrentKernel: Variable;
  };
  readonly stem: ConvVariables;
  readonly groups: readonly (readonly BlockVariables[])[];
  readonly dense: { readonly kernel: Variable; readonly bias: Variable };
  /** Role → variable, all of the above, from the input to the output. */
  readonly byRole: ReadonlyMap<string, Variable>;
}

/**
 * Matches a checkpoint's variables to their roles (docs/detector.md), by the parts of their full
 * names that tell, their shapes and their count. The number of groups and blocks, all widths and
 * the number of classes are those of the variables; leftovers of training are ignored.
 *
 * @param checkpoint An opened checkpoint.
 * @returns Which variable plays which role.
 * @throws {MegapteraError} `data` that names the first variable, from the input to the output, that
 * is missing or of another shape, or else the first that is unexpected.
 */
export function matchHumpback(checkpoint: Checkpoint): DetectorVariables {
  const book = new RoleBook(checkpoint);
  const vector = (name: string): Variable => book.take(`pcen/${name}`, [MEL_BANDS]);
  const matrix = (name: string): Variable => book.take(`pcen/${name}`, [MEL_BANDS, MEL_BANDS]);
  const pcen = {
    alpha: vector("alpha"),
    delta: vector("delta"),
    root: vector("root"),
    kernel: matrix("kernel"),
    recurrentKernel: matrix("recurrent_kernel"),
  };
  const stem = takeConv(book, "pre_blocks/conv", [7, 7, 1]);
  let width = stem.kernel.shape[3];
  const groups = book.groups().map(({ group, blocks }) =>
    blocks.map((block) => {
      const taken = takeBlock(book, `${group}/${block}`, width);
      width = taken.main[2].kernel.shape[3];
      return taken;
    })
  );
  const kernel = book.take("dense/kernel", [width, undefined]);
  const dense = { kernel, bias: book.take("dense/bias", [kernel.shape[1]]) };
  book.checkAllTaken();
  return { pcen, stem, groups, dense, byRole: book.taken };
}

function takeBlock(book: RoleBook, place: string, inputs: number): BlockVariables {
  const widens = place.endsWith("/block_widen");
  const residual = widens &&
    takeConv(book, `${place}/residual_path/conv_residual`, [1, 1, inputs]);
  // A block without a convolution in its shortcut gives out what it takes in.
  const outputs = residual ? residual.kernel.shape[3] : inputs;
  const main = `${place}/main_path`;
  const bottleneck = takeConv(book, `${main}/conv_bottleneck`, [1, 1, inputs]);
  const inner = bottleneck.kernel.shape[3];
  const conv = takeConv(book, `${main}/conv`, [3, 3, inner], inner);
  const output = takeConv(book, `${main}/conv_output`, [1, 1, inner], outputs);
  return { ...(residual && { residual }), main: [bottleneck, conv, output] };
}

function takeConv(
  book: RoleBook,
  place: string,
  shape: readonly [number, number, number],
  outputs?: number,
): ConvVariables {
  const kernel = book.take(`${place}/kernel`, [...shape, outputs]);
  const norm = place.replace(/conv([^/]*)$/, "batch_normalization$1");
  const vector = (kind: string): Variable => book.take(`${norm}/${kind}`, [kernel.shape[3]]);
  return {
    kernel,
    beta: vector("beta"),
    mean: vector("moving_mean"),
    variance: vector("moving_variance"),
  };
}
