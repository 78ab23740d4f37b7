// Makes what train.py learns from and is tested on: windows of made-up ocean, and what is heard in
// them. Usage: make_data.ts FOLDER (see README.md).
import { SeededRandom } from "../../core/random.ts";
import {
  HOP_SAMPLES,
  MEL_BANDS,
  WINDOW_FRAMES,
  WINDOW_SAMPLES,
} from "../../pipeline/detector/mod.ts";
import { makeOcean, type Ocean, planOcean, type SoundKind } from "../../simulation/ocean/mod.ts";
import { NpyWriter } from "./npy_writer.ts";
import { oceanMel, pcenWindow } from "./ocean_windows.ts";

const OCEAN_SECONDS = 600;
const WINDOW_SECONDS = WINDOW_SAMPLES / 10_000;
const KINDS: SoundKind[] = ["song", "ship", "rain", "tone", "clicks", "rumble", "knocks"];

interface DataSet {
  name: string;
  /** Seeds from here on; those of two sets never meet. */
  firstSeed: number;
  oceans: number;
  windowsAnOcean: number;
  /** Windows every second at the level of the recording, or anywhere at any level. */
  everySecond: boolean;
}

const SETS: DataSet[] = [
  { name: "train", firstSeed: 1000, oceans: 120, windowsAnOcean: 100, everySecond: false },
  { name: "check", firstSeed: 20_000, oceans: 12, windowsAnOcean: 100, everySecond: false },
  { name: "held_out", firstSeed: 30_000, oceans: 24, windowsAnOcean: 595, everySecond: true },
];

/** Seconds of a span that are of each kind, and the level of the song in it. */
function heard(ocean: Ocean, start: number, stop: number): number[] {
  const seconds = KINDS.map((kind) =>
    ocean.truth.filter((span) => span.kind === kind).reduce(
      (sum, { startSeconds, stopSeconds }) =>
        sum + Math.max(0, Math.min(stop, stopSeconds) - Math.max(start, startSeconds)),
      0,
    )
  );
  const song = ocean.truth.find(({ kind, startSeconds, stopSeconds }) =>
    kind === "song" && startSeconds < stop && stopSeconds > start
  );
  return [...seconds, song?.levelDb ?? NaN];
}

async function makeSet(folder: string, set: DataSet): Promise<void> {
  const count = set.oceans * set.windowsAnOcean;
  using windows = new NpyWriter(`${folder}/${set.name}_windows.npy`, "<f2", [
    count,
    WINDOW_FRAMES,
    MEL_BANDS,
  ]);
  // what the window hears, then what its middle second is
  using truth = new NpyWriter(`${folder}/${set.name}_truth.npy`, "<f4", [
    count,
    2,
    KINDS.length + 1,
  ]);
  for (let index = 0; index < set.oceans; index++) {
    const seed = set.firstSeed + index;
    const plan = planOcean({ seed, durationSeconds: OCEAN_SECONDS });
    const ocean = makeOcean({ ...plan, sampleRateHz: 16_000 });
    const mel = await oceanMel(ocean);
    const random = new SeededRandom(seed, 0xda7a);
    const lastFrame = mel.length / MEL_BANDS - WINDOW_FRAMES;
    for (let i = 0; i < set.windowsAnOcean; i++) {
      const frame = set.everySecond ? Math.round((i * 100) / 3) : random.integer(0, lastFrame);
      const gain = set.everySecond ? 1 : Math.pow(10, random.between(-1, 1));
      windows.write(pcenWindow(mel, frame, gain));
      const start = (frame * HOP_SAMPLES) / 10_000;
      const middle = start + (WINDOW_SECONDS - 1) / 2;
      const rows = [
        heard(ocean, start, start + WINDOW_SECONDS),
        heard(ocean, middle, middle + 1),
      ];
      truth.write(Float32Array.from(rows.flat()));
    }
  }
}

const [folder] = Deno.args;
if (folder === undefined) throw new RangeError("Cannot make data as no folder was given");
Deno.mkdirSync(folder, { recursive: true });
for (const set of SETS) await makeSet(folder, set);
