import { type Checkpoint, FLOAT32, type Variable } from "./checkpoint.ts";
import { isLeftover } from "./is_leftover.ts";
import { quoted, unreadableModel } from "./unreadable_model.ts";
import { variableRole } from "./variable_role.ts";

/** Lengths of a shape; a free one is left open. */
type ShapeRule = readonly (number | undefined)[];

/** A checkpoint's variables by their roles, which are taken one after another. */
export class RoleBook {
  /** Role → variable, in the order in which they were taken. */
  readonly taken = new Map<string, Variable>();
  readonly #folder: string;
  readonly #variables: readonly Variable[];
  readonly #byRole = new Map<string, Variable>();

  /** @param checkpoint An opened checkpoint. */
  constructor(checkpoint: Checkpoint) {
    this.#folder = checkpoint.folder;
    this.#variables = checkpoint.variables.filter((variable) => !isLeftover(variable));
    for (const variable of this.#variables) {
      const role = variableRole(variable);
      if (role && !this.#byRole.has(role)) this.#byRole.set(role, variable);
    }
  }

  /** The names of the groups and of each one's blocks: as many as the variables speak of. */
  groups(): { group: string; blocks: string[] }[] {
    const lastBlocks: number[] = [];
    for (const role of this.#byRole.keys()) {
      const found = /^group(?:_(\d+))?\/block_(?:widen|(\d+))\//.exec(role);
      if (!found) continue;
      const [group, block] = [Number(found[1] ?? 0), Number(found[2] ?? 0)];
      if (group < this.#variables.length && block < this.#variables.length) {
        lastBlocks[group] = Math.max(lastBlocks[group] ?? 0, block);
      }
    }
    return Array.from({ length: Math.max(1, lastBlocks.length) }, (_, index) => ({
      group: index === 0 ? "group" : `group_${index}`,
      blocks: Array.from(
        { length: (lastBlocks[index] ?? 0) + 1 },
        (_, block) => block === 0 ? "block_widen" : `block_${block}`,
      ),
    }));
  }

  /**
   * Takes the variable that plays a role.
   *
   * @param role As {@linkcode variableRole} spells it.
   * @param rule The shape that it must have.
   * @returns The variable.
   * @throws {MegapteraError} `data` where it is missing, of another type or of another shape.
   */
  take(role: string, rule: ShapeRule): Variable {
    const variable = this.#byRole.get(role);
    if (!variable) {
      const count = `${this.#variables.length} variables were found`;
      throw this.#misfit(`its variable ${role} is missing (${count})`);
    }
    const { fullName, shape, dtype } = variable;
    if (dtype !== FLOAT32) {
      throw this.#misfit(`its variable ${quoted(fullName)} is not of type float32`);
    }
    const fits = shape.length === rule.length &&
      shape.every((length, axis) => length > 0 && length === (rule[axis] ?? length));
    if (!fits) {
      const expected = rule.map((length) => length ?? "any").join(", ");
      const found = shape.join(", ");
      throw this.#misfit(
        `its variable ${quoted(fullName)} has the shape [${found}] instead of [${expected}]`,
      );
    }
    this.taken.set(role, variable);
    return variable;
  }

  /**
   * Ends the matching.
   *
   * @throws {MegapteraError} `data` where a variable was not taken.
   */
  checkAllTaken(): void {
    const taken = new Set(this.taken.values());
    const extra = this.#variables.find((variable) => !taken.has(variable));
    if (!extra) return;
    const place = `${quoted(extra.fullName)} of shape [${extra.shape.join(", ")}]`;
    throw this.#misfit(`it has the unexpected variable ${place}`);
  }

  #misfit(reason: string): Error {
    return unreadableModel(
      this.#folder,
      `it is not a detector of the humpback family: ${reason}; a network of another family runs from ` +
        "a .onnx file (docs/detector.md)",
    );
  }
}
