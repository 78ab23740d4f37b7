import assert from "node:assert/strict";
import { StackClient } from "../../../batch/aws/stack_client.ts";

const EVENT =
  `<member><EventId>1</EventId><LogicalResourceId>GatewayAttachment</LogicalResourceId>` +
  `<ResourceStatus>DELETE_FAILED</ResourceStatus><ResourceStatusReason>it is in use` +
  `</ResourceStatusReason><Timestamp>2099-01-01T00:00:00Z</Timestamp><StackName>megaptera</StackName>` +
  `</member>`;

/** A CloudFormation whose stack is in these states, one after another; in none it is gone. */
async function withStack(
  states: readonly string[],
  work: (stack: StackClient) => Promise<void>,
): Promise<string[]> {
  const asked: string[] = [];
  const left = [...states];
  const serve = async (request: Request): Promise<Response> => {
    const action = new URLSearchParams(await request.text()).get("Action")!;
    asked.push(action);
    const answer = (inner: string): Response =>
      new Response(
        `<${action}Response><${action}Result>${inner}</${action}Result></${action}Response>`,
      );
    if (action === "DescribeStackEvents") return answer(`<StackEvents>${EVENT}</StackEvents>`);
    if (action !== "DescribeStacks") return answer("");
    const state = left.shift();
    if (state === undefined) {
      const error = "<Code>ValidationError</Code><Message>Stack megaptera does not exist</Message>";
      return new Response(`<ErrorResponse><Error>${error}</Error></ErrorResponse>`, {
        status: 400,
      });
    }
    return answer(
      `<Stacks><member><StackName>megaptera</StackName><StackStatus>${state}</StackStatus>` +
        "<CreationTime>2021-01-01T00:00:00Z</CreationTime></member></Stacks>",
    );
  };
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, serve);
  const variables = {
    AWS_ENDPOINT_URL_CLOUDFORMATION: `http://127.0.0.1:${server.addr.port}`,
    AWS_ACCESS_KEY_ID: "a",
    AWS_SECRET_ACCESS_KEY: "b",
  };
  for (const [name, value] of Object.entries(variables)) Deno.env.set(name, value);
  const stack = new StackClient("us-west-2", 1);
  try {
    await work(stack);
  } finally {
    await stack.close();
    for (const name of Object.keys(variables)) Deno.env.delete(name);
    await server.shutdown();
  }
  return asked;
}

Deno.test("a stack is removed when CloudFormation knows it no more", async () => {
  const asked = await withStack(
    ["DELETE_IN_PROGRESS", "DELETE_IN_PROGRESS"],
    (stack) => stack.remove(() => {}),
  );
  assert.equal(asked.filter((action) => action === "DescribeStacks").length, 3);
});

Deno.test("a stack that can't be removed says what is in the way", async () => {
  await withStack(["DELETE_IN_PROGRESS", "DELETE_FAILED"], async (stack) => {
    const steps: string[] = [];
    await assert.rejects(
      stack.remove((line) => steps.push(line)),
      /Cannot remove the stack megaptera as .* ended with DELETE_FAILED: GatewayAttachment: it is in/,
    );
    assert.deepEqual(steps, ["delete failed: GatewayAttachment"]);
  });
});

Deno.test("what a failed set-up left is not set up again, but to be removed", async () => {
  const asked = await withStack(["ROLLBACK_COMPLETE"], async (stack) => {
    await assert.rejects(
      stack.put("{}", {}, () => {}),
      /failed \(ROLLBACK_COMPLETE\): remove it with `megaptera batch-teardown` first\.$/,
    );
  });
  assert.deepEqual(asked, ["DescribeStacks"]);
});
