import type { Agreement } from "../../analysis/evaluation/mod.ts";
import { print } from "../print.ts";

/** A share with three decimals; a dash where there is nothing to divide by. */
export function share(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3) : "-";
}

/** Prints how calls and annotations agree, a row a measure. */
export function printAgreement(rows: readonly Agreement[]): void {
  print("measure                   right   false  missed  precision  recall     F1  false/h");
  for (const row of rows) {
    const cells = [
      row.measure.padEnd(24),
      String(row.truePositives).padStart(6),
      String(row.falsePositives).padStart(7),
      String(row.falseNegatives).padStart(7),
      share(row.precision).padStart(10),
      share(row.recall).padStart(7),
      share(row.f1).padStart(6),
      row.falsePerHour.toFixed(2).padStart(8),
    ];
    print(cells.join(" "));
  }
}
