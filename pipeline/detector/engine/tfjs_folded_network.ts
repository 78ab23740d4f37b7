import type { ConvBn, HumpbackWeights } from "../saved_model/mod.ts";
import { foldBatchNorm, type FoldedConv } from "./fold_batch_norm.ts";

/** A bottleneck block whose batch norms are folded. */
export interface FoldedBlock {
  readonly stride: 1 | 2;
  readonly residual?: FoldedConv;
  readonly main: readonly [bottleneck: FoldedConv, conv: FoldedConv, output: FoldedConv];
}

/** Weights that the worker builds the network from. */
export interface FoldedNetwork {
  readonly stem: FoldedConv;
  readonly blocks: readonly FoldedBlock[];
  readonly dense: HumpbackWeights["dense"];
}

/**
 * Folds all batch norms into the convolutions before them.
 *
 * @param weights The network's variables; they are left as they are.
 * @returns The same network in copies of its weights, and those copies' buffers, which can be handed
 * over to a worker without being copied again.
 */
export function foldNetwork(
  weights: HumpbackWeights,
): { network: FoldedNetwork; buffers: ArrayBuffer[] } {
  const buffers: ArrayBuffer[] = [];
  const fold = (conv: ConvBn): FoldedConv => {
    const folded = foldBatchNorm(conv);
    buffers.push(folded.weights.buffer, folded.bias.buffer);
    return folded;
  };
  const { kernel, kernelShape, bias } = weights.dense;
  // Copied, as variables may be views of one buffer: a worker would be sent the whole of it.
  const dense = { kernel: kernel.slice(), kernelShape, bias: bias.slice() };
  buffers.push(dense.kernel.buffer, dense.bias.buffer);
  const stem = fold(weights.stem);
  const blocks = weights.groups.flat().map(({ stride, residual, main }): FoldedBlock => ({
    stride,
    ...(residual ? { residual: fold(residual) } : {}),
    main: [fold(main[0]), fold(main[1]), fold(main[2])],
  }));
  return { network: { stem, blocks, dense }, buffers };
}
