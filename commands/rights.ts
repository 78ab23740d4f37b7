import type { Submission } from "../batch/mod.ts";
import { isAddress } from "../core/mod.ts";

/** Programs that some command runs; deno itself may do all that its user may. */
const PROGRAMS = {
  local: [Deno.execPath()],
  slurm: ["sbatch", "squeue", "scontrol", "sacct", "scancel"],
  aws: [],
  push: ["docker", "podman"],
} as const;

/** Rights of its task that a run needs; those that are left out are needed. */
export interface Rights {
  /** To reach servers. */
  net?: boolean;
  /** To write files. */
  write?: boolean;
  /** To load native code. */
  ffi?: boolean;
  /** To run programs: those of a back end. */
  run?: readonly (keyof typeof PROGRAMS)[];
}

/** Rights that no command needs which neither scores nor hands over. */
const PLAIN = { ffi: false, run: [] } as const;

/** A command's options, by their names. */
type Options = Readonly<Record<string, unknown>>;

/**
 * Tells which rights a run needs, by what was asked for. A task's grants can't follow its arguments.
 *
 * @param command The command, as `model install`.
 * @param args Its arguments.
 * @param options Its options.
 */
export function rightsOf(command: string, args: readonly string[], options: Options): Rights {
  const net = isFar([...args, ...Object.values(options)]);
  switch (command) {
    case "score":
      return {
        // Where neither files nor a source are named, a site's is meant.
        net: net || args.length === 0 && options.source === undefined,
        ffi: options.engine !== "tfjs",
        run: [],
      };
    case "calls":
      return { ...PLAIN, net, write: options.sensitivity !== true };
    case "presence":
      return { ...PLAIN, net, write: options.out !== undefined };
    case "evaluate":
      return { ...PLAIN, net, write: options.saveCalibration !== undefined };
    case "report":
    case "scores export":
      return { ...PLAIN, net };
    case "verify":
    case "batch-verify":
      return { ...PLAIN, net, write: false };
    case "simulate":
    case "example":
      return { ...PLAIN, net: false };
    case "inspect":
    case "model show":
      return { ...PLAIN, net: false, write: false };
    case "demo":
      return { net: false, run: [] };
    case "model install":
      return { net: options.from === undefined, run: [] };
    case "model check":
      return { net: false, ffi: options.engine !== "tfjs", run: [] };
    case "batch-range": {
      const on = (options.on ?? "aws") as Submission["on"];
      if (options.dryRun) return { ...PLAIN, net: false, write: false };
      return {
        net: net || on === "aws" || options.source === undefined,
        // Jobs of before may be Slurm's.
        run: on === "aws" ? [] : [on, "slurm"],
      };
    }
    case "batch-retry":
      // What the output says of it is told later.
      return { ffi: false };
    case "batch-status":
    case "batch-logs":
    case "batch-cancel":
      return { net, ffi: false, run: ["slurm"] };
    case "batch-push":
      return { ...PLAIN, write: false, run: ["push"] };
    case "batch-setup":
    case "batch-teardown":
      return { ...PLAIN, write: false };
    case "batch-doctor": {
      const isOnAws = options.on === "aws";
      const run = options.on === "slurm" ? ["slurm" as const] : [];
      return { net: isOnAws || net, write: !isOnAws, ffi: false, run };
    }
    default:
      return {};
  }
}

/**
 * Gives back rights that a run does not need. Workers that are started afterwards have no more.
 *
 * @param rights The rights that it needs.
 */
export function giveBack({ net = true, write = true, ffi = true, run }: Rights): void {
  if (!net) Deno.permissions.revokeSync({ name: "net" });
  if (!write) Deno.permissions.revokeSync({ name: "write" });
  if (!ffi) Deno.permissions.revokeSync({ name: "ffi" });
  if (run === undefined) return;
  const needed = new Set<string>(run.flatMap((backEnd) => PROGRAMS[backEnd]));
  if (needed.size === 0) Deno.permissions.revokeSync({ name: "run" });
  for (const command of Object.values(PROGRAMS).flat()) {
    if (!needed.has(command)) Deno.permissions.revokeSync({ name: "run", command });
  }
}

/** Tells whether any of some values is an address that is not this machine's. */
export function isFar(values: readonly unknown[]): boolean {
  return values.some((value) =>
    typeof value === "string" && isAddress(value) && !/^file:/i.test(value)
  );
}
