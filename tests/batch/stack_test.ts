import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { STACK } from "../../batch/aws/aws_client.ts";
import { RETRY_STRATEGY } from "../../batch/aws/aws_runner.ts";
import { estimate, PRICES } from "../../batch/prices.ts";

const template = await Deno.readTextFile(
  fileURLToPath(new URL("../../batch/stack.yaml", import.meta.url)),
);

Deno.test("the stack takes the machines whose prices are in the table", () => {
  const families = /InstanceTypes: \[(.*)\]/.exec(template)![1].split(", ");
  assert.deepEqual(families, PRICES.machines.map(({ family }) => family));
  assert.ok(PRICES.machines.every(({ onDemand }) => onDemand > 0.01 && onDemand < 0.1));
  assert.match(PRICES.date, /^\d{4}-\d\d-\d\d$/);
});

Deno.test("the stack's jobs are tried again as those that are submitted", () => {
  const rules = RETRY_STRATEGY.evaluateOnExit!.map(({ onExitCode, onReason, action }) =>
    onExitCode === undefined
      ? `- { OnReason: "${onReason}", Action: ${action} }`
      : `- { OnExitCode: "${onExitCode}", Action: ${action} }`
  );
  const [, retried] = /EvaluateOnExit:\n((?: +- .*\n)+)/.exec(template)!;
  assert.deepEqual(retried.trim().split("\n").map((line) => line.trim()), rules);
  assert.match(template, new RegExp(`Attempts: ${RETRY_STRATEGY.attempts}\n`));
  assert.match(STACK, /^[a-z][a-z0-9-]*$/); // it becomes the name of a repository and of a bucket
});

Deno.test("what may pass is tried again, and what would be the same again is not", () => {
  const glob = (pattern: string, text: string): boolean =>
    pattern.endsWith("*") ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
  /** As Batch decides: the first rule that matches, and RETRY where none does. */
  const isRetried = (exitCode: number | undefined, reason = ""): boolean => {
    const rule = RETRY_STRATEGY.evaluateOnExit!.find(({ onExitCode, onReason }) =>
      (onExitCode === undefined || exitCode !== undefined && glob(onExitCode, String(exitCode))) &&
      (onReason === undefined || glob(onReason, reason))
    );
    return rule === undefined || rule.action === "RETRY";
  };
  assert.ok(RETRY_STRATEGY.evaluateOnExit!.length <= 5);
  // A host that went, as Batch says it, as it does not, and a lost agent or image leave no exit code.
  for (const exitCode of [75, 143, 137, undefined]) assert.ok(isRetried(exitCode), `${exitCode}`);
  assert.ok(isRetried(undefined, "CannotPullContainerError: timeout"));
  for (const exitCode of [1, 64, 65, 77, 78]) assert.ok(!isRetried(exitCode), `${exitCode}`);
  assert.ok(!isRetried(137, "OutOfMemoryError: Container killed due to memory usage"));
});

Deno.test("machines come from three zones where a region has them", () => {
  const zones = [...template.matchAll(/AvailabilityZone: !Select \[(\d), !GetAZs ""\]/g)];
  assert.deepEqual(zones.map(([, zone]) => zone), ["0", "1", "2"]);
});

Deno.test("scores outlive the stack, encrypted and closed to the public", () => {
  const bucket = /\n {2}Results:\n.*?\n {2}ResultsPolicy:/s.exec(template)![0];
  for (
    const rule of [
      "DeletionPolicy: Retain",
      "UpdateReplacePolicy: Retain",
      "SSEAlgorithm: AES256",
      "BlockPublicAcls: true",
      "BlockPublicPolicy: true",
      "IgnorePublicAcls: true",
      "RestrictPublicBuckets: true",
    ]
  ) assert.ok(bucket.includes(rule), rule);
  assert.match(template, /MinvCpus: 0\n/);
  assert.match(template, /ReadonlyRootFilesystem: true/);
});

Deno.test("a day of the published detector costs the cents that docs/cost.md says", async () => {
  const { coreHours, spot, onDemand } = estimate(24, 245, 4, 1);
  assert.equal(coreHours.toFixed(1), "1.7");
  const page = await Deno.readTextFile(
    fileURLToPath(new URL("../../docs/cost.md", import.meta.url)),
  );
  assert.ok(
    page.includes(`about $${spot.toFixed(2)} at Spot and $${onDemand.toFixed(2)} at on-demand`),
  );
});
