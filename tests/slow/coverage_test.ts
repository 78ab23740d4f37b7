import assert from "node:assert/strict";
import type { Line } from "../../bench/coverage/campaign.ts";

/** A tenth of the campaign whose output is `docs/coverage.txt`, in two halves at once. */
const lines = (await Promise.all(
  [["own", "bouts", "slow 0.95", "long"], ["rare", "slow 0.85", "slow 0.98", "uneven"]].map(run),
)).flat();

function run(worlds: string[]): Promise<Line[]> {
  const worker = new Worker(new URL("./coverage_worker.ts", import.meta.url), { type: "module" });
  return new Promise<Line[]>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(worlds);
  }).finally(() => worker.terminate());
}

/** Sums over lines. */
function sums(
  some: readonly Line[],
  trusts: readonly string[],
): { intervals: number; covered: number; size: number } {
  const held = some.flatMap(({ byTrust }) => trusts.flatMap((trust) => byTrust[trust] ?? []));
  const sum = (name: "intervals" | "covered" | "tests" | "rejected"): number =>
    held.reduce((total, one) => total + one[name], 0);
  return {
    intervals: sum("intervals"),
    covered: sum("covered") / sum("intervals"),
    size: sum("rejected") / sum("tests"),
  };
}

const worlds = [...new Set(lines.map(({ world }) => world))];
const whats = [...new Set(lines.map(({ what }) => what))];
const ALL = ["sound", "approximate"];
/** Of 400 replicates 8 in 100; a tenth of them scatters by two more. */
const MOST_REJECTED = 0.1;

for (const world of worlds) {
  const some = lines.filter((line) => line.world === world);

  Deno.test(`${world}: what says sound covers the truth 9 times in 10`, () => {
    for (const what of whats) {
      const { intervals, covered } = sums(some.filter((line) => line.what === what), ["sound"]);
      if (intervals >= 100) assert.ok(covered >= 0.9, `${what}: ${covered} of ${intervals}`);
    }
  });

  Deno.test(`${world}: night, dawn, day and dusk, moments of the recorder, detections hardly ever differ where nothing does`, () => {
    for (const what of ["light apart", "near files' starts", "near gaps", "two detections apart"]) {
      const { size } = sums(some.filter((line) => line.what === what && !line.apart), ALL);
      assert.ok(Number.isNaN(size) || size <= MOST_REJECTED, `${what}: ${size}`);
    }
  });
}

Deno.test("proportions of time, of months and of hours, and years apart, cover in worlds with bouts, rare days and uneven effort", () => {
  for (const world of ["own", "bouts", "rare days", "uneven"]) {
    for (const what of ["proportion of time", "month", "hour of day", "years apart"]) {
      const some = lines.filter((line) =>
        line.world === world && line.what === what && line.range !== "1 month"
      );
      const { covered } = sums(some, ALL);
      assert.ok(covered >= 0.93, `${world}, ${what}: ${covered}`);
    }
  }
});

Deno.test("slow chance is never called sound", () => {
  const levels = ["proportion of time", "month", "hour of day", "occupancy", "years apart"];
  const slow = lines.filter(({ world, what }) =>
    (world.startsWith("slow") || world === "long memory") && levels.includes(what)
  );
  const [sound, all] = [["sound"], ALL].map((trusts) => sums(slow, trusts).intervals);
  assert.ok(sound <= 0.01 * all, `${sound} of ${all}`);
});

Deno.test("where night has more song than day, the test finds it in most years", () => {
  const night = lines.filter(({ world, what, apart, range }) =>
    world === "own" && what === "light apart" && apart && range !== "1 month"
  );
  const { size: found } = sums(night, ALL);
  assert.ok(found > 0.7, `${found}`);
});
