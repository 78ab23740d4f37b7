// deno-lint-ignore-file no-console
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "./free_port.ts";
import { isRoot } from "./is_root.ts";

async function isThere(command: string): Promise<boolean> {
  try {
    return (await new Deno.Command(command, { args: ["--version"], stdout: "null", stderr: "null" })
      .output()).code >= 0;
  } catch {
    return false;
  }
}

/** Whether a Slurm can be started here: Debian's `slurm-wlm` and `munge`, as root. */
export const HAS_SLURM: boolean = await (async () => {
  const programs = ["slurmctld", "slurmd", "munged", "mungekey"];
  const found = await Promise.all(programs.map(isThere));
  if (found.every(Boolean) && await isRoot()) return true;
  console.error("Skipped: the tests with a real Slurm need slurm-wlm and munge, and root.");
  return false;
})();

/** A Slurm of one machine, whose tools need `SLURM_CONF` in their environment. */
export interface Slurm extends AsyncDisposable {
  readonly environment: Record<string, string>;
}

/**
 * Starts a Slurm of its own: controller, node and keys in a folder, without accounts.
 *
 * @param folder Where its state lies; its path must be plain and short.
 * @param mostTasks Tasks that an array may have.
 */
export async function startSlurm(folder: string, mostTasks = 1000): Promise<Slurm> {
  const at = (name: string): string => join(folder, name);
  for (const name of ["ctld", "slurmd"]) await Deno.mkdir(at(name), { recursive: true });
  const host = hostname().split(".")[0];
  const settings = {
    ClusterName: "test",
    SlurmctldHost: `${host}(127.0.0.1)`,
    SlurmctldPort: freePort(),
    SlurmdPort: freePort(),
    SlurmUser: "root",
    AuthType: "auth/munge",
    AuthInfo: `socket=${at("munge.socket")}`,
    CredType: "cred/munge",
    StateSaveLocation: at("ctld"),
    SlurmdSpoolDir: at("slurmd"),
    SlurmctldPidFile: at("slurmctld.pid"),
    SlurmdPidFile: at("slurmd.pid"),
    SlurmctldLogFile: at("slurmctld.log"),
    SlurmdLogFile: at("slurmd.log"),
    ProctrackType: "proctrack/linuxproc",
    TaskPlugin: "task/none",
    JobAcctGatherType: "jobacct_gather/none",
    AccountingStorageType: "accounting_storage/none",
    SelectType: "select/cons_tres",
    SelectTypeParameters: "CR_Core_Memory",
    MpiDefault: "none",
    ReturnToService: 2,
    SchedulerParameters: "sched_interval=1,batch_sched_delay=1",
    KillWait: 30,
    MinJobAge: 3600,
    MaxArraySize: mostTasks + 1,
  };
  const cores = navigator.hardwareConcurrency;
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  lines.push(`NodeName=${host} NodeAddr=127.0.0.1 CPUs=${cores} RealMemory=4000 State=UNKNOWN`);
  lines.push(`PartitionName=main Nodes=${host} Default=YES MaxTime=INFINITE State=UP`, "");
  await Deno.writeTextFile(at("slurm.conf"), lines.join("\n"));
  const environment = { SLURM_CONF: at("slurm.conf") };
  await run("mungekey", ["--create", `--keyfile=${at("munge.key")}`], {});
  const daemons = [
    start("munged", [
      "--foreground",
      "--force",
      `--key-file=${at("munge.key")}`,
      `--socket=${at("munge.socket")}`,
      `--pid-file=${at("munge.pid")}`,
      `--seed-file=${at("munge.seed")}`,
      `--log-file=${at("munge.log")}`,
    ], {}),
  ];
  await waitFor(() => Deno.stat(at("munge.socket")).then(() => true, () => false));
  daemons.push(start("slurmctld", ["-D", "-f", at("slurm.conf")], environment));
  daemons.push(start("slurmd", ["-D", "-f", at("slurm.conf")], environment));
  await waitFor(async () => {
    const { stdout } = await new Deno.Command("sinfo", {
      args: ["-h", "-o", "%T"],
      env: environment,
      stderr: "null",
    }).output();
    return new TextDecoder().decode(stdout).includes("idle");
  });
  return {
    environment,
    [Symbol.asyncDispose]: async () => {
      for (const daemon of daemons.reverse()) {
        daemon.kill("SIGTERM");
        const timer = setTimeout(() => daemon.kill("SIGKILL"), 10_000);
        await daemon.status;
        clearTimeout(timer);
      }
    },
  };
}

function start(command: string, args: string[], env: Record<string, string>): Deno.ChildProcess {
  return new Deno.Command(command, { args, env, stdout: "null", stderr: "null" }).spawn();
}

async function run(command: string, args: string[], env: Record<string, string>): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, { args, env }).output();
  if (!success) throw new Error(`${command}: ${new TextDecoder().decode(stderr)}`);
}

async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !await isSo(); tries++) {
    if (tries === 150) throw new Error("Slurm did not start in time");
    await wait(200);
  }
}
