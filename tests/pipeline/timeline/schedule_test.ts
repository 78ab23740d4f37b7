import assert from "node:assert/strict";
import fc from "fast-check";
import { SeededRandom } from "../../../core/random.ts";
import { Schedule, type TimeSpan } from "../../../pipeline/timeline/mod.ts";

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];
const START = Date.UTC(2021, 2, 1, 8);
const WINDOW = 3.9124;

/** Recordings of a simple duty cycle; `of` may change, or leave out, the n-th. */
function cycle(
  count: number,
  onMs: number,
  periodMs: number,
  startMs = START,
  of: (span: TimeSpan, n: number) => TimeSpan | undefined = (span) => span,
): TimeSpan[] {
  return Array.from({ length: count }, (_, n) => n).flatMap((n) => {
    const start = startMs + n * periodMs;
    return of({ startMs: start, stopMs: start + onMs }, n) ?? [];
  });
}
const words = (recorded: TimeSpan[]): string => new Schedule(recorded).words;

Deno.test("a mooring's duty cycle is found across lost, short, late and torn recordings", () => {
  const recorded = cycle(200, 10 * MINUTE, 30 * MINUTE, START, (span, n) => {
    if (n === 20 || (n >= 50 && n < 90)) return undefined;
    if (n === 30) return { ...span, stopMs: span.startMs + 30 * SECOND };
    if (n === 40) return { startMs: span.startMs + 5 * SECOND, stopMs: span.stopMs + 5 * SECOND };
    return span;
  });
  const torn = recorded.flatMap((span, i) =>
    i === 10
      ? [
        { ...span, stopMs: span.startMs + 2 * MINUTE },
        { ...span, startMs: span.startMs + 6 * MINUTE },
      ]
      : [span]
  );
  const schedule = new Schedule(torn, { windowSeconds: WINDOW });
  assert.equal(
    schedule.words,
    "10 min every 30 min since 2021-03-01 08:00, 4 irregular gaps (7 h 3 min)",
  );
  assert.deepEqual(
    schedule.gaps().map(({ startMs, lostMs }) => [(startMs - START) / MINUTE, lostMs / MINUTE]),
    [[302, 4], [600, 10], [900.5, 9.5], [1500, 400]],
  );
  // An hour alike before, within and after what was recorded.
  for (const hour of [-1000, 0, 12, 30, 5000]) {
    const fromMs = START + hour * HOUR;
    assert.equal(schedule.effortSeconds(fromMs, fromMs + HOUR), 2 * 597);
  }
  const late = START + 20 * HOUR;
  assert.equal(schedule.effortSeconds(late, late + 30 * MINUTE), 597);
  assert.equal(schedule.effortSeconds(START + 10 * MINUTE, START + 30 * MINUTE), 0);
});

Deno.test("a recorder whose clock drifts is followed", () => {
  const recorded = cycle(5000, 5 * MINUTE, HOUR + 300);
  assert.equal(words(recorded), "5 min every 1 h since 2021-03-01 08:00, no gap");
  const schedule = new Schedule(recorded.filter((_, n) => n < 2000 || n >= 2200));
  assert.equal(schedule.gaps().length, 1);
  assert.ok(Math.abs(schedule.gaps()[0].lostMs - 200 * 5 * MINUTE) < 1);
});

Deno.test("a schedule that changes is two, and a time awake lies between", () => {
  const first = cycle(100, 10 * MINUTE, 30 * MINUTE);
  const later = START + 50 * HOUR;
  assert.equal(
    words([...first, ...cycle(50, 5 * MINUTE, HOUR, later)]),
    "10 min every 30 min since 2021-03-01 08:00; then 5 min every 1 h since 2021-03-03 10:00, no gap",
  );
  assert.equal(
    words([...first, ...cycle(50, 10 * MINUTE, HOUR, later)]),
    "10 min every 30 min since 2021-03-01 08:00; then 10 min every 1 h since 2021-03-03 11:00, no gap",
  );
  const awake = { startMs: later, stopMs: later + 3 * DAY };
  const schedule = new Schedule([
    ...first,
    awake,
    ...cycle(100, 10 * MINUTE, HOUR, later + 4 * DAY),
  ]);
  assert.equal(schedule.cycles.length, 2);
  const perHour = (ms: number): number => schedule.effortSeconds(ms, ms + HOUR);
  assert.deepEqual([perHour(START), perHour(later), perHour(later + 5 * DAY)], [1200, 3600, 600]);
});

Deno.test("recordings at the same times of each day are a cycle of a day", () => {
  const days = Array.from({ length: 30 }, (_, n) => Date.UTC(2021, 2, 1 + n));
  const twice = days.flatMap((day, n) => [
    { startMs: day + 5 * HOUR, stopMs: day + 7 * HOUR },
    ...(n === 7 ? [] : [{ startMs: day + 17.5 * HOUR, stopMs: day + 18.5 * HOUR }]),
  ]);
  assert.equal(
    words(twice),
    "2 h at 05:00 and 1 h at 17:30 each day since 2021-03-01 05:00, 1 irregular gap (1 h)",
  );
  const once = days.map((day) => ({ startMs: day + 5 * HOUR, stopMs: day + 7 * HOUR }));
  assert.equal(words(once), "2 h at 05:00 each day since 2021-03-01 05:00, no gap");
  const nights = days.flatMap((day) => cycle(20, 10 * MINUTE, 30 * MINUTE, day + 2 * HOUR));
  assert.equal(
    words(nights),
    "20 recordings a day, 3 h 20 min in all, since 2021-03-01 02:00, no gap",
  );
  const schedule = new Schedule(nights, { windowSeconds: WINDOW });
  assert.equal(schedule.effortSeconds(days[3], days[3] + DAY), 20 * 597);
  assert.equal(schedule.effortSeconds(days[3] + 14 * HOUR, days[3] + 20 * HOUR), 0);
});

Deno.test("no schedule is made up for recorders that do not sleep", () => {
  const schedule = new Schedule([{ startMs: START, stopMs: START + 9 * DAY }]);
  assert.equal(schedule.words, "continuous, no gap");
  assert.equal(schedule.effortSeconds(START, START + HOUR), 3600);
  assert.equal(new Schedule([]).words, "continuous, no gap");
  for (let seed = 0; seed < 200; seed++) {
    const random = new SeededRandom(seed, 1);
    const lost = random.between(0.01, 0.4);
    const files = cycle(
      600,
      10 * MINUTE,
      10 * MINUTE,
      START,
      (span) => random.between(0, 1) < lost ? undefined : span,
    );
    assert.deepEqual(new Schedule(files).cycles, [], `seed ${seed}, ${lost} lost`);
  }
});

Deno.test("files that follow each other are one recording, and what a user says outranks", () => {
  const halves = cycle(100, 5 * MINUTE, 30 * MINUTE).flatMap((span) => [
    span,
    { startMs: span.stopMs + 200, stopMs: span.stopMs + 5 * MINUTE },
  ]);
  assert.match(words(halves), /^10 min every 30 min .*, no gap$/);
  const everySecond = cycle(100, HOUR, 2 * HOUR);
  assert.match(words(everySecond), /^1 h every 2 h/);
  const said = new Schedule(everySecond, { said: "continuous" });
  assert.equal(said.words, "continuous, 99 gaps (4 d 3 h)");
  assert.equal(said.effortSeconds(START, START + 2 * HOUR), 7200);
  const few = cycle(4, 9 * MINUTE, 30 * MINUTE, START + 7 * SECOND);
  assert.equal(words(few), "continuous, 3 gaps (1 h 3 min)");
  const asSaid = new Schedule(few, { said: { onMs: 10 * MINUTE, periodMs: 30 * MINUTE } });
  assert.match(
    asSaid.words,
    /^10 min every 30 min since 2021-03-01 08:00, 3 irregular gaps \(3 min\)/,
  );
  const never = new Schedule([], { said: { onMs: HOUR, periodMs: 2 * HOUR } });
  assert.equal(never.effortSeconds(0, DAY), 43_200);
});

Deno.test("whatever is lost: planned effort is never exceeded by it, adds up, and gaps lie in the plan", () => {
  const span = fc.record({
    at: fc.integer({ min: 0, max: 300 }),
    n: fc.integer({ min: 1, max: 9 }),
  });
  fc.assert(fc.property(
    fc.constantFrom([10, 30], [5, 60], [59, 60], [1, 5], [90, 240]),
    fc.array(span, { maxLength: 6 }),
    fc.integer({ min: 0, max: HOUR }),
    ([on, period], holes, shiftMs) => {
      const isLost = (n: number): boolean =>
        holes.some((hole) => n >= hole.at && n < hole.at + hole.n);
      const all = cycle(300, on * MINUTE, period * MINUTE, START + shiftMs);
      const recorded = all.filter((_, n) => !isLost(n));
      const schedule = new Schedule(recorded);
      assert.equal(schedule.cycles.length, 1);
      const lost = all.filter((one, n) =>
        isLost(n) && one.startMs > recorded[0].startMs && one.stopMs < recorded.at(-1)!.stopMs
      );
      const lostMs = schedule.gaps().reduce((sum, gap) => sum + gap.lostMs, 0);
      assert.ok(Math.abs(lostMs - lost.length * on * MINUTE) < 1, `${lostMs}`);
      const [from, to] = [START - 5 * HOUR, START + 300 * HOUR];
      let sum = 0;
      for (let ms = from; ms < to; ms += HOUR) sum += schedule.effortSeconds(ms, ms + HOUR);
      assert.ok(Math.abs(sum - schedule.effortSeconds(from, to)) < 1e-6);
    },
  ));
});
