// deno-lint-ignore-file no-console
// The demo detector on made-up ocean that it was not trained on, through the same path as `score`:
// `deno task held-out [OCEANS]`.
import { measureHeldOut } from "./measure_held_out.ts";

const oceans = Number(Deno.args[0] ?? 12);
const measured = await measureHeldOut(oceans);
console.log(
  `${oceans} oceans of 10 minutes, ${measured.seconds} seconds scored by the demo detector`,
);
console.log(`average precision          ${measured.averagePrecision.toFixed(4)}`);
console.log(`song found at 0.5          ${(100 * measured.recall).toFixed(1)} %`);
console.log("taken for song at 0.5, of the seconds without song in which there is");
for (const [kind, { seconds, mistaken }] of measured.withoutSong) {
  const share = (100 * mistaken / seconds).toFixed(2);
  console.log(`  ${kind.padEnd(24)} ${share} % of ${seconds} s`);
}
