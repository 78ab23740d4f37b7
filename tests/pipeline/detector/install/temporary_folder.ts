/** Runs a test with a folder of its own, whose name is awkward on purpose. */
export async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "megaptera é #1 " });
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Names of all files below a folder, with `/`, sorted. */
export async function filesBelow(folder: string, prefix = ""): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) names.push(...await filesBelow(`${folder}/${name}`, `${prefix}${name}/`));
    else names.push(prefix + name);
  }
  return names.sort();
}
