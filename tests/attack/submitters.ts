import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Ended } from "../helpers/command_line.ts";
import { MadeUpBatch } from "../helpers/made_up_batch.ts";
import { ObjectServer } from "../helpers/object_server.ts";
import type { SeededRandom } from "../helpers/seeded_random.ts";
import { startSlurm } from "../helpers/slurm.ts";
import type { ProcessPool } from "./process_pool.ts";
import type { SubmitterJob } from "./submitter.ts";

/** Shares of the run that submitters contend for, an hour each. */
const SHARES = 3;
/** Steps of another one that a submitter starts after: what it asks of a server, or does in a folder. */
const MOST_STEPS = { far: 30, near: 60 };

/** Where a submitter is killed on its way. */
export const STEPS = [
  "before the submission is written",
  "after the submission is written",
  "before its jobs are taken",
  "after its jobs are taken",
  "before its jobs are noted",
  "after its jobs are noted",
] as const;
export type Step = typeof STEPS[number];

/** Told of a request before it takes effect, and after it, before who asked is told. */
type Gate = (request: IncomingMessage, when: "before" | "after") => Promise<void>;

/** A back end that submitters contend for, whose jobs never end by themselves. */
export interface Arena extends AsyncDisposable {
  readonly on: "local" | "slurm" | "aws";
  /** Where a bucket `sea` is, and what waits for an hour's recording waits for ever. */
  readonly server: ObjectServer;
  /** Gates of what is asked by some, by the key that they sign with. */
  readonly gates: Map<string, Gate>;
  /** What a submitter finds in its environment. */
  readonly environment: Record<string, string>;
  /** What a submitter finds there that is to be killed when it has its jobs taken. */
  killedAt(step: Step): Record<string, string>;
  /** Submissions of a run that jobs are at work on, or wait for. */
  living(run: string): Promise<string[]>;
}

const never = (): Promise<never> => new Promise(() => {});

async function startServer(): Promise<Pick<Arena, "server" | "gates">> {
  const server = await ObjectServer.start();
  const gates = new Map<string, Gate>();
  server.gate = async (request, when) => {
    if (/^\/sea\/[^/]*\/2021/.test(request.url!) && request.method === "GET") await never();
    await gateOf(gates, request)?.(request, when);
  };
  return { server, gates };
}

function gateOf(gates: ReadonlyMap<string, Gate>, request: IncomingMessage): Gate | undefined {
  return gates.get(/Credential=([^/]*)\//.exec(request.headers.authorization ?? "")?.[1] ?? "");
}

/** This machine: supervisors whose workers wait for a recording. */
export async function localArena(): Promise<Arena> {
  const { server, gates } = await startServer();
  return {
    on: "local",
    server,
    gates,
    environment: {},
    killedAt: () => ({}),
    living: supervisorsOf,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Supervisors of a run that live, found by their environment: their processes' numbers. */
async function supervisorsOf(run: string): Promise<string[]> {
  // One grep for all processes, as this is asked again and again.
  const find = 'for p in $(grep -slzxF "MEGAPTERA_RUN=$1" /proc/[0-9]*/environ); do ' +
    "p=${p%/environ}; grep -qsaF commands/batch_supervisor.ts $p/cmdline && echo ${p#/proc/}; done";
  const args = ["-c", find, "sh", run];
  const { stdout } = await new Deno.Command("sh", { args, stderr: "null" }).output();
  return new TextDecoder().decode(stdout).split("\n").filter((line) => line !== "");
}

/** AWS Batch, made up. */
export async function awsArena(): Promise<Arena> {
  const { server, gates } = await startServer();
  const batch = await MadeUpBatch.start();
  batch.gate = async (request, when) => await gateOf(gates, request)?.(request, when);
  return {
    on: "aws",
    server,
    gates,
    environment: { AWS_ENDPOINT_URL_BATCH: batch.origin },
    killedAt: () => ({}),
    living: (run) =>
      Promise.resolve(batch.living.filter(({ name }) => name.includes(run)).map(({ id }) => id)),
    [Symbol.asyncDispose]: async () => {
      await batch[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** A real Slurm, on which a job that takes all of it keeps the others waiting. */
export async function slurmArena(folder: string): Promise<Arena> {
  const { server, gates } = await startServer();
  // Arrays of two at most: a submission takes two.
  const slurm = await startSlurm(join(folder, "slurm"), 2);
  const { environment } = slurm;
  const run = async (program: string, ...args: string[]): Promise<string> => {
    const { stdout } = await new Deno.Command(program, { args, env: environment }).output();
    return new TextDecoder().decode(stdout);
  };
  await run("sbatch", "--exclusive", "--output=/dev/null", "--job-name=all", "--wrap=sleep 99999");
  // Its parent is the submitter.
  const tools = join(folder, "tools");
  await Deno.mkdir(tools);
  const real = (await run("which", "sbatch")).trim();
  const script = '#!/bin/sh\n[ "$KILLED" != before ] || { kill -9 $PPID; exit 1; }\n' +
    `answer=$('${real}' "$@") || exit\n[ "$KILLED" != after ] || kill -9 $PPID\necho "$answer"\n`;
  await Deno.writeTextFile(join(tools, "sbatch"), script, { mode: 0o755 });
  return {
    on: "slurm",
    server,
    gates,
    environment: { ...environment, PATH: `${tools}:${Deno.env.get("PATH")}` },
    killedAt: (step): Record<string, string> => {
      const when = /^(before|after) its jobs are taken$/.exec(step)?.[1];
      return when === undefined ? {} : { KILLED: when };
    },
    living: async (of) => {
      const states = "--states=PENDING,RUNNING,CONFIGURING";
      const lines = (await run("squeue", "--noheader", states, "--format=%F|%j")).split("\n");
      const names = new Map<string, string>();
      const doubles: string[] = [];
      for (const line of lines) {
        const [id, name] = line.split("|");
        if (!name?.startsWith(`megaptera-${of}-`)) continue;
        if ((names.get(name) ?? id) !== id) doubles.push(`${name} again`);
        names.set(name, id);
      }
      return [...new Set([...names.keys()].map((name) => name.replace(/-\d+$/, ""))), ...doubles];
    },
    [Symbol.asyncDispose]: async () => {
      await slurm[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** A round in an arena: an output of its own, and the commands that reach it. */
export class Round {
  readonly #arena: Arena;
  readonly #pool: ProcessPool<SubmitterJob, Ended>;
  readonly #random: SeededRandom;
  readonly #folder: string;
  readonly #name: string;
  readonly #isFar: boolean;
  readonly #where: string[];
  #run = "";

  /**
   * @param arena Where.
   * @param pool Runs submitters.
   * @param random Chooses.
   * @param folder The test's own.
   * @param name Tells it from other rounds in the same arena.
   * @param isFar Whether its output is in the bucket, and not a folder.
   */
  constructor(
    arena: Arena,
    pool: ProcessPool<SubmitterJob, Ended>,
    random: SeededRandom,
    folder: string,
    name: string,
    isFar: boolean,
  ) {
    this.#arena = arena;
    this.#pool = pool;
    this.#random = random;
    this.#folder = folder;
    this.#name = name;
    this.#isFar = isFar;
    const out = isFar ? `s3://sea/${name}` : join(folder, name);
    this.#where = ["--out", out, "--endpoint", arena.server.origin, "--out-region", "us-west-2"];
  }

  /** Some submitters at once hand over the same run: one does, and the others find it at work. */
  async race(submitters: number, command: "batch-range" | "batch-retry"): Promise<void> {
    if (command === "batch-retry") {
      this.#handedOver(await this.#end("batch-range"));
      await this.#cancel();
    }
    const starts = Array.from({ length: submitters - 1 }, () => this.#someSteps());
    using steps = this.#follow("first");
    const first = this.#end(command, "first");
    const others = starts.map(async (start) => {
      await Promise.race([steps.after(start), first]);
      return await this.#end(command);
    });
    const ended = await Promise.all([first, ...others]);
    for (const { code, err } of ended) assert.equal(code, 0, err);
    const said = ended.map(({ out }) => /^(Submitted|Nothing is started)/m.exec(out)?.[1]);
    assert.deepEqual(said.toSorted(), [
      ...Array(submitters - 1).fill("Nothing is started"),
      "Submitted",
    ]);
    await this.#seenAndCancelled();
  }

  /** One submitter is killed at a step, and another comes at about the same time. */
  async kill(step: Step): Promise<void> {
    const killing = new AbortController();
    using steps = this.#follow("victim", (at) => {
      if (at !== step) return Promise.resolve();
      killing.abort();
      return never();
    });
    const victim = this.#job("batch-range", "victim", this.#arena.killedAt(step));
    const first = this.#pool.run(victim, killing.signal);
    await Promise.race([steps.after(this.#someSteps()), first]);
    const second = await this.#end("batch-range");
    await first;
    assert.equal(second.code, 0, second.err);
    const living = await this.#arena.living(this.#run);
    if (living.length === 0) {
      // Nobody knows yet that it is lost: its shares wait, until they are freed or it is found out.
      assert.match(second.out, /Nothing is started[^]*was started \d+ s ago and is not finished/);
      const seen = await this.#end("batch-status");
      assert.match(seen.out, new RegExp(`jobs {4}0 running, ${SHARES} waiting`), seen.err);
      const freed = await this.#end("batch-cancel");
      assert.match(freed.out, new RegExp(`Asked ${SHARES} jobs`), freed.err);
      this.#handedOver(await this.#end("batch-retry"));
    }
    await this.#seenAndCancelled();
  }

  /** A submitter that sleeps through its run's end finds it noted, and takes its jobs back. */
  async freeze(): Promise<void> {
    const asleep = Promise.withResolvers<void>();
    const woken = Promise.withResolvers<void>();
    using _ = this.#follow("sleeper", async (at) => {
      if (at !== "after the submission is written") return;
      asleep.resolve();
      await woken.promise;
    });
    const sleeper = this.#end("batch-range", "sleeper");
    await asleep.promise;
    const freed = await this.#end("batch-cancel");
    assert.match(freed.out, new RegExp(`Asked ${SHARES} jobs`), freed.err);
    const again = this.#random.below(2) === 0;
    if (again) this.#handedOver(await this.#end("batch-retry"));
    woken.resolve();
    const { code, err } = await sleeper;
    assert.equal(code, 75);
    assert.match(err, /was cancelled or given up meanwhile/);
    if (!again) this.#handedOver(await this.#end("batch-retry"));
    await this.#seenAndCancelled();
  }

  #handedOver({ code, out, err }: Ended): void {
    assert.equal(code, 0, err);
    assert.match(out, new RegExp(`^Submitted ${SHARES} jobs`, "m"));
  }

  /** Exactly one array lives; status sees it, and cancel ends it. */
  async #seenAndCancelled(): Promise<void> {
    const lives = await this.#until((living) => living.length <= 1);
    assert.equal(lives.length, 1, `living: ${lives}`);
    const { out, err } = await this.#end("batch-status");
    const [, running, waiting] = /jobs {4}(\d+) running, (\d+) waiting/.exec(out) ?? [];
    assert.equal(Number(running) + Number(waiting), SHARES, out + err);
    await this.#cancel();
  }

  async #cancel(): Promise<void> {
    const { code, out, err } = await this.#end("batch-cancel");
    assert.equal(code, 0, err);
    // Who was killed between two arrays had handed over the first.
    assert.match(out, /Asked [1-3] jobs?/);
    const left = await this.#until((living) => living.length === 0);
    assert.deepEqual(left, []);
  }

  async #until(isSo: (living: string[]) => boolean): Promise<string[]> {
    let living = await this.#arena.living(this.#run);
    for (let tries = 0; tries < 600 && !isSo(living); tries++) {
      await wait(100);
      living = await this.#arena.living(this.#run);
    }
    return living;
  }

  async #end(command: string, name = "other"): Promise<Ended> {
    const ended = (await this.#pool.run(this.#job(command, name)))!;
    this.#run = /\d{8}-\d{8}-[0-9a-f]{8}/.exec(ended.out)?.[0] ?? this.#run;
    return ended;
  }

  #job(command: string, name: string, more: Record<string, string> = {}): SubmitterJob {
    // Of its own, so that the run is.
    const source = `${this.#arena.server.origin}/sea/${this.#name}/{YYYYMMDD}_{HH}0000.wav`;
    const range = command !== "batch-range" ? [] : [
      ...["--start", "2021-01-01", "--stop", "2021-01-01T03Z", "--model", "demo"],
      ...["--core-seconds", "1800", "--source", source, "--on", this.#arena.on],
    ];
    const yes = command === "batch-range" || command === "batch-retry" ? ["--yes"] : [];
    return {
      args: [command, ...range, ...yes, ...this.#where],
      cacheFolder: this.#folder,
      environment: {
        MEGAPTERA_CACHE: this.#folder,
        AWS_ACCESS_KEY_ID: `${name}-${this.#name}`,
        AWS_SECRET_ACCESS_KEY: "secret",
        AWS_REGION: "us-west-2",
        ...this.#arena.environment,
        ...more,
      },
    };
  }

  #someSteps(): number {
    return this.#random.below(this.#isFar ? MOST_STEPS.far : MOST_STEPS.near);
  }

  /**
   * Follows a submitter's steps, by what it asks of a server, or does in a folder.
   *
   * @param name The submitter.
   * @param told Told of steps of handing over, and waited for.
   */
  #follow(name: string, told: (step: Step) => Promise<void> = async () => {}): Steps {
    const steps = new Steps(this.#isFar ? undefined : join(this.#folder, this.#name));
    this.#arena.gates.set(`${name}-${this.#name}`, async ({ method, url }, when) => {
      if (this.#isFar) steps.count();
      if (url === "/v1/submitjob") await told(`${when} its jobs are taken`);
      if (method !== "PUT") return;
      if (/\/submissions\//.test(url!)) await told(`${when} the submission is written`);
      if (/\/outcomes\//.test(url!)) await told(`${when} its jobs are noted`);
    });
    return steps;
  }
}

/** Counts steps of a submitter, so that another one starts after some. */
class Steps implements Disposable {
  #done = 0;
  readonly #waiting: { after: number; start: () => void }[] = [];
  readonly #watcher: Deno.FsWatcher | undefined;

  /** @param folder Where something that is done counts as a step. */
  constructor(folder?: string) {
    // It is not there yet.
    this.#watcher = folder === undefined ? undefined : Deno.watchFs(dirname(folder));
    if (folder !== undefined) this.#watch(folder);
  }

  count(): void {
    this.#done++;
    for (const { after, start } of this.#waiting) if (this.#done >= after) start();
  }

  /** Waits until so many steps are done. */
  after(steps: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.#done >= steps) resolve();
    else this.#waiting.push({ after: steps, start: resolve });
    return promise;
  }

  async #watch(folder: string): Promise<void> {
    for await (const { paths } of this.#watcher!) {
      if (paths.some((path) => path.startsWith(`${folder}/`))) this.count();
    }
  }

  [Symbol.dispose](): void {
    this.#watcher?.close();
  }
}
