// deno-lint-ignore-file no-console
// Prints "PASSED FAILED" of a JUnit report; "0 0" where there is none.
import { readFileSync } from "node:fs";

let report = "";
try {
  report = readFileSync(process.argv[2], "utf8");
} catch {
  // deno writes no report on a type error; the caller counts its exit code
}
const total = (name) =>
  [...report.matchAll(/<testsuite [^>]*>/g)].reduce(
    (sum, [tag]) => sum + Number(new RegExp(` ${name}="(\\d+)"`).exec(tag)?.[1] ?? 0),
    0,
  );
const failed = total("failures") + total("errors");
console.log(`${total("tests") - failed - total("disabled")} ${failed}`);
