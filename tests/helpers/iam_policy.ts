/** A policy of IAM, as far as the template's go. */
export interface Policy {
  Statement: readonly {
    Effect: string;
    Action: string | readonly string[];
    Resource: string | readonly string[];
    Condition?: { StringLike?: Readonly<Record<string, string | readonly string[]>> };
  }[];
}

const listOf = (value: string | readonly string[]): readonly string[] =>
  typeof value === "string" ? [value] : value;

function isLike(pattern: string, value: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(value);
}

/**
 * Whether a policy allows an action: some statement that allows it, none that denies it.
 *
 * @param policy The policy; statements other than Allow are refused, since none is foreseen.
 * @param action As `s3:GetObject`.
 * @param resource Its ARN.
 * @param keys What the request says for conditions.
 */
export function mayDo(
  policy: Policy,
  action: string,
  resource: string,
  keys: Readonly<Record<string, string>>,
): boolean {
  return policy.Statement.some(({ Effect, Action, Resource, Condition = {} }) => {
    if (Effect !== "Allow") throw new Error(`a statement of ${Effect} is not foreseen`);
    const { StringLike = {}, ...others } = Condition;
    if (Object.keys(others).length > 0) throw new Error("other conditions are not foreseen");
    return listOf(Action).some((pattern) => isLike(pattern, action)) &&
      listOf(Resource).some((pattern) => isLike(pattern, resource)) &&
      Object.entries(StringLike).every(([key, patterns]) =>
        keys[key] !== undefined && listOf(patterns).some((pattern) => isLike(pattern, keys[key]))
      );
  });
}
