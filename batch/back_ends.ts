import type { Storage } from "../pipeline/places/mod.ts";

/** Settings of a back end by the names of their options, as a submission keeps them. */
type Settings = Readonly<Record<string, string>>;

/**
 * Back ends by the name that `--on` takes: a new one is a folder and a line here. Each is loaded only
 * where it is used.
 */
export const BACK_ENDS = {
  local: {
    /** Its name in sentences. */
    title: "this machine",
    /** Whether it rents machines by the hour, at the prices of the dated table. */
    isRented: false,
    /** Loads what makes its runner. */
    load: async () => {
      const { LocalRunner } = await import("./local/mod.ts");
      return (_: Settings, out: Storage) => new LocalRunner(out, navigator.hardwareConcurrency);
    },
  },
  slurm: {
    title: "Slurm",
    isRented: false,
    load: async () => {
      const { SlurmRunner } = await import("./slurm/mod.ts");
      return (settings: Settings, out: Storage) => new SlurmRunner(settings, out);
    },
  },
  aws: {
    title: "AWS Batch",
    isRented: true,
    load: async () => {
      const { AwsRunner } = await import("./aws/mod.ts");
      return (settings: Settings, out: Storage) => new AwsRunner(settings, out);
    },
  },
};

/** Name of a back end. */
export type BackEndName = keyof typeof BACK_ENDS;
