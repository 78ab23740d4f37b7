import { join } from "node:path";
import { EXIT_CODES, MegapteraError, withoutSecrets } from "../core/mod.ts";
import {
  type Detector,
  googleFolder,
  loadDetector,
  readInstalledModel,
  RECIPES,
} from "../pipeline/detector/mod.ts";
import {
  openSource,
  openStorage,
  openTemporary,
  RemoteAccess,
  type Storage,
} from "../pipeline/places/mod.ts";
import { isRecordingLost, ScoreStore } from "../pipeline/scores/mod.ts";
import { hourRecord, planWorkers, scoreRange, sumOutcomes } from "../pipeline/scoring/mod.ts";
import { zonelessNote } from "../pipeline/timeline/mod.ts";
import type { Job } from "./job.ts";
import { readPlan } from "./keep_plan.ts";
import { listHours, openTrees, writeSeal } from "./list_hours.ts";
import { LogTail } from "./log_tail.ts";
import { checkFingerprint } from "./make_plan.ts";
import { shares } from "./plan.ts";
import { openPlanArchive, type PlanArchive } from "./plan_archive.ts";
import { logPath } from "./run_paths.ts";
import { readSubmission } from "./submission.ts";

/** Surroundings that a worker runs in. */
interface WorkPlace {
  /** Folder in which installed detectors are kept. */
  modelsFolder: string;
  signal: AbortSignal;
  /** Takes each log line, JSON. */
  log: (line: string) => void;
  /** Tells what an error means: its exit code and sentence. */
  explain: (error: unknown) => { exitCode: number; message: string };
}

/**
 * Scores one share of a plan, as `score` would, and seals it where every hour of it is there or is
 * known to have no audio. Its last log lines are kept in the output.
 *
 * @param job Which share.
 * @param place What it runs in.
 * @returns The exit code: 0 (recorded gaps included), 65 where an hour's audio is bad, or what
 * `explain` says of what ended it.
 */
export async function runShare(job: Job, place: WorkPlace): Promise<number> {
  const { endpoint } = job;
  // The end must still be written when the signal has come.
  const access = new RemoteAccess({
    endpoint,
    region: job.outRegion,
    regionOption: "--out-region",
  });
  const out = openStorage(job.out, access);
  const started = performance.now();
  let tail: LogTail | undefined;
  const log = (event: string, fields: Record<string, unknown>): void => {
    const time = new Date().toISOString();
    const line = withoutSecrets(JSON.stringify({ time, event, ...fields }));
    place.log(line);
    tail?.add(line);
  };
  let exitCode: number;
  try {
    const plan = await readPlan(out, job.run);
    const submission = await readSubmission(out, job.run, job.submission);
    const share = submission.shares[job.index];
    if (share === undefined) {
      throw new MegapteraError(
        "usage",
        `Cannot score share ${job.index} of submission ${job.submission} of ${job.run} as it has ` +
          `${submission.shares.length}, counted from 0.`,
      );
    }
    if (submission.isGivenUp) {
      throw new MegapteraError(
        "configuration",
        `Cannot score share ${share} of ${job.run} as submission ${job.submission} was cancelled or ` +
          "given up before its jobs were noted: another one scores it.",
      );
    }
    const hours = shares(plan)[share];
    tail = new LogTail(out, logPath(job.run, share, job.submission, job.attempt));
    log("start", { run: job.run, share, hours: hours.length, attempt: job.attempt });
    exitCode = await score({ job, place, plan, share, hours, out, access, log, submission });
  } catch (error) {
    const { exitCode: code, message } = place.explain(error);
    log("fault", { message });
    exitCode = code;
  }
  const seconds = Number(((performance.now() - started) / 1000).toFixed(3));
  log("end", { exit_code: exitCode, seconds });
  await tail?.flush().catch(() => {});
  access.close();
  return exitCode;
}

interface ShareWork {
  job: Job;
  place: WorkPlace;
  plan: Awaited<ReturnType<typeof readPlan>>;
  submission: Awaited<ReturnType<typeof readSubmission>>;
  share: number;
  hours: readonly number[];
  out: Storage;
  access: RemoteAccess;
  log: (event: string, fields: Record<string, unknown>) => void;
}

async function score(work: ShareWork): Promise<number> {
  const { job, place, plan, share, hours, out, access, log } = work;
  const { signal, modelsFolder } = place;
  const detectors: Detector[] = [];
  let opened: PlanArchive | undefined;
  try {
    const { model } = plan.detector;
    if (model === "google" && job.modelFrom !== undefined) {
      if (await fetchModel(job.modelFrom, modelsFolder, access)) {
        log("model", { from: job.modelFrom });
      }
    }
    const { workers, threads } = planWorkers(hours.length, work.submission.vcpus, {});
    for (let n = 0; n < workers; n++) {
      detectors.push(await loadDetector({ model, threads, engine: "auto", modelsFolder }));
    }
    const [detector] = detectors;
    checkFingerprint(plan, detector);
    if (detector.notice !== undefined) log("notice", { message: detector.notice });
    const { sampleRateHz: detectorRateHz } = detector;
    const { endpoint, source } = job;
    opened = await openPlanArchive(plan, { detectorRateHz, endpoint, source, signal });
    const { archive } = opened;
    const zoneless = zonelessNote(archive.zonelessNames);
    if (zoneless !== undefined) log("notice", { message: zoneless });
    for (const message of archive.notes) log("note", { message });
    const trees = openTrees(job.out, plan, access);
    const outcomes = await scoreRange({
      archive,
      hours,
      detectors,
      recipe: RECIPES[plan.recipe],
      gain: plan.gain,
      channel: plan.channel,
      stores: trees.map((tree) => new ScoreStore(tree)),
      signal,
      onHour: (outcome) => log("hour", hourRecord(outcome)),
    });
    const { hours: counts, effort_s } = sumOutcomes(outcomes);
    log("summary", {
      hours: counts,
      effort_s,
      bytes_fetched: opened.access.bytesFetched,
      recoveries: Object.fromEntries([...opened.access.recoveries, ...access.recoveries]),
    });
    // Trying again would not help where an hour's audio is bad.
    if (counts.failed > 0) return EXIT_CODES.data;
    const isLost = outcomes.some(({ noEffort }) => isRecordingLost(noEffort));
    await writeSeal(out, plan.run, share, await listHours(trees, hours), isLost);
    return EXIT_CODES.complete;
  } finally {
    for (const { engine } of detectors) engine.close();
    opened?.[Symbol.dispose]();
  }
}

/** Files of an installed detector, the record last: without it nothing is installed. */
const FILES = ["network.onnx", "model.json"];
const PIECE_BYTES = 8 << 20;

/**
 * Fetches the published detector as `model install` left it on another machine, unless it is
 * installed. What came is checked by its SHA-256 when it is loaded.
 *
 * @param from The folder with its two files: on disk or `s3://bucket/prefix`.
 * @param modelsFolder Where detectors are installed.
 * @param access How S3 is asked.
 * @returns Whether it was fetched.
 * @throws {MegapteraError} Where it can't be had.
 */
export async function fetchModel(
  from: string,
  modelsFolder: string,
  access: RemoteAccess,
): Promise<boolean> {
  const folder = googleFolder(modelsFolder);
  if (await readInstalledModel(folder)) return false;
  await Deno.mkdir(folder, { recursive: true });
  for (const name of FILES) {
    const source = await openSource(`${from.replace(/\/+$/, "")}/${name}`, access);
    // Other workers of this machine may be fetching the same.
    const { file, temporary } = await openTemporary(join(folder, name));
    try {
      for (let at = 0; at < source.sizeBytes; at += PIECE_BYTES) {
        const bytes = await source.read(at, PIECE_BYTES);
        for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
      }
      await file.sync();
      await Deno.rename(temporary, join(folder, name));
    } finally {
      source.close();
      await Deno.remove(temporary).catch(() => {});
      file.close();
    }
  }
  return true;
}
