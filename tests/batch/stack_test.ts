import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { RETRY_STRATEGY } from "../../batch/aws/retry_strategy.ts";
import { STACK } from "../../batch/aws/stack_name.ts";
import { estimate } from "../../batch/cost/estimate.ts";
import { PRICES } from "../../batch/cost/prices.ts";

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
  for (const { onStatusReason, onExitCode, onReason, action } of RETRY_STRATEGY.evaluateOnExit!) {
    const [name, value] = onStatusReason
      ? ["OnStatusReason", onStatusReason]
      : onExitCode
      ? ["OnExitCode", onExitCode]
      : ["OnReason", onReason!];
    assert.ok(template.includes(`${name}: "${value}", Action: ${action}`), `${name} ${value}`);
  }
  assert.match(template, new RegExp(`Attempts: ${RETRY_STRATEGY.attempts}\n`));
  assert.match(STACK, /^[a-z][a-z0-9-]*$/); // it becomes the name of a repository and of a bucket
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
  const { vcpuHours, spot, onDemand } = estimate(24, 245, 4, 1);
  assert.equal(vcpuHours.toFixed(1), "1.7");
  const page = await Deno.readTextFile(
    fileURLToPath(new URL("../../docs/cost.md", import.meta.url)),
  );
  assert.ok(
    page.includes(`about $${spot.toFixed(2)} at Spot and $${onDemand.toFixed(2)} at on-demand`),
  );
});
