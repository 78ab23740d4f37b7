import { SeededRandom } from "../../../core/mod.ts";
import { drawUnit, type SongUnit, varyUnit } from "./song_unit.ts";

/** A unit with its place in the ocean. */
export interface SungUnit extends SongUnit {
  readonly startSeconds: number;
}

/** Silence between the units of a phrase, and between phrases, in seconds. */
const UNIT_GAP = [0.3, 1.2] as const;
const PHRASE_GAP = [0.7, 1.9] as const;

/** Draws the phrases of a song from a small repertoire of units. */
function drawPhrases(random: SeededRandom): SongUnit[][] {
  const repertoire = Array.from({ length: random.integer(4, 7) }, () => drawUnit(random));
  return Array.from(
    { length: random.integer(2, 4) },
    () => Array.from({ length: random.integer(2, 5) }, () => random.pick(repertoire)),
  );
}

/**
 * A bout of singing: units make up phrases, a phrase is sung a few times before the next (Payne
 * and McVay 1971, "Songs of humpback whales"). No silence in it lasts 2 s.
 *
 * @param seed Draws the song.
 * @param startSeconds Where the first unit starts.
 * @param stopSeconds The last unit ends before this.
 * @returns The units in order, none where not even the first fits.
 */
export function sing(seed: number, startSeconds: number, stopSeconds: number): SungUnit[] {
  const random = new SeededRandom(seed, 0x50);
  const phrases = drawPhrases(random);
  const sung: SungUnit[] = [];
  let now = startSeconds;
  for (let theme = 0;; theme++) {
    const phrase = phrases[theme % phrases.length];
    for (let times = random.integer(2, 5); times > 0; times--) {
      for (const [index, written] of phrase.entries()) {
        const unit = varyUnit(written, random);
        if (now + unit.durationSeconds > stopSeconds) return sung;
        sung.push({ ...unit, startSeconds: now });
        const gap: readonly [number, number] = index === phrase.length - 1 ? PHRASE_GAP : UNIT_GAP;
        now += unit.durationSeconds + random.between(...gap);
      }
    }
  }
}
