// Makes ./megaptera and ./megaptera.cmd, which start each command with the grants of its task in deno.json.
// deno run --allow-read --allow-write=. tools/launcher/make_launchers.ts [--check]
import { fileURLToPath } from "node:url";

/** Version of Deno that this project is tested with. */
const DENO = "2.9.6";
/** Command whose grants are taken where none is named, as with --help: it may only read. */
const UNNAMED = "inspect";

/** A file that is started, and commands that start it with the same grants. */
interface Start {
  names: string[];
  grants: string[];
  file: string;
  /** Whether it takes the command's name as its first argument. */
  isNamed: boolean;
}

/** Reads which tasks are commands of the product, and groups them by their grants. */
function startsOf(tasks: Record<string, { command: string }>): Start[] {
  const starts = new Map<string, Start>();
  for (const [name, { command }] of Object.entries(tasks)) {
    const words = command.replaceAll('"', "")
      .replace("$(deno eval 'console.log(Deno.execPath())')", "{deno}").split(" ");
    const at = words.findIndex((word) => word === "main.ts" || word.endsWith("/notebook.ts"));
    if (at < 0 || words.includes("&&")) continue; // a developer's
    const isNamed = words[at] === "main.ts";
    const grants = words.slice(2, at).filter((word) => word !== "-q");
    if (words[0] !== "deno" || words[1] !== "run" || (isNamed && words[at + 1] !== name)) {
      throw new Error(`Cannot tell what the task ${name} grants: ${command}`);
    }
    const key = [...grants, words[at]].join(" ");
    const start = starts.get(key) ?? { names: [], grants, file: words[at], isNamed };
    start.names.push(name);
    starts.set(key, start);
  }
  return [...starts.values()];
}

/** Writes a grant with what stands for Deno's own path and for the clone's. */
function spell(grant: string, deno: string, root: string): string {
  return grant.replace("{deno}", deno).replaceAll(/(?<=[=,])notebooks/g, `${root}notebooks`);
}

function shellScript(starts: readonly Start[]): string {
  const arm = ({ grants, file, isNamed }: Start): string[] => [
    ...(isNamed ? [] : ["    shift"]),
    "    set -- \\",
    ...grants.map((grant) => `      "${spell(grant, "$deno", "$root/")}" \\`),
    `      "$root/${file}" "$@"`,
    "    ;;",
  ];
  const unnamed = starts.find(({ names }) => names.includes(UNNAMED))!;
  const cases = starts.filter((start) => start !== unnamed)
    .flatMap((start) => [`  ${start.names.join(" | ")})`, ...arm(start)]);
  return `#!/bin/sh
# Starts a command of megaptera, in the folder that you are in: ./megaptera COMMAND.
# Made from deno.json by tools/launcher/make_launchers.ts, so change it there.

# Where the clone is, also if this is a link to it.
self=$0
while [ -h "$self" ]; do
  to=$(readlink "$self")
  case $to in
  /*) self=$to ;;
  *) self=$(dirname "$self")/$to ;;
  esac
done
root=$(CDPATH='' cd -P "$(dirname "$self")" && pwd) || exit 78

# Deno ${DENO}: where it was the last time, else on the PATH, else by npx.
case $(uname) in
Darwin) cache=$HOME/Library/Caches/megaptera ;;
*) cache=\${XDG_CACHE_HOME:-$HOME/.cache}/megaptera ;;
esac
cache=\${MEGAPTERA_CACHE:-$cache}
known=$cache/deno-${DENO}
ask='if (Deno.version.deno === "${DENO}") console.log(Deno.execPath())'
deno=$(readlink "$known" 2>/dev/null)
[ -x "$deno" ] || deno=$(deno eval --no-config "$ask" 2>/dev/null </dev/null)
if ! [ -x "$deno" ]; then
  echo "megaptera: this first start fetches Deno ${DENO} and packages, once." >&2
  deno=$(npx --yes deno@${DENO} eval --no-config "$ask" 2>/dev/null </dev/null)
  if ! [ -x "$deno" ]; then
    echo "error: Cannot start as Deno ${DENO} is not here and npx does not fetch it: install Node.js \
(https://nodejs.org), or \\\`deno upgrade ${DENO}\\\`; \\\`npx --yes deno@${DENO} --version\\\` says why." >&2
    exit 78
  fi
fi
# Only npm's stays of this version; any other is asked for its version each time.
case $deno in
*/node_modules/*)
  [ -x "$known" ] || { mkdir -p "$cache" && ln -sf "$deno" "$known"; } 2>/dev/null
  ;;
esac

# The rights of each command: its task's in deno.json.
name=
for name in "$@"; do
  case $name in
  -*) ;;
  *) break ;;
  esac
done
case $name in
${cases.join("\n")}
  *)
${arm(unnamed).join("\n")}
esac
# Sentences that name a command spell it as this one was.
[ "$(command -v "\${0##*/}")" = "$0" ] && called=\${0##*/} || called=$0
export DENO_NO_UPDATE_CHECK=1 MEGAPTERA_COMMAND="$called"
exec "$deno" run -q --config "$root/deno.json" "$@"
`;
}

function windowsScript(starts: readonly Start[]): string {
  const unnamed = starts.find(({ names }) => names.includes(UNNAMED))!;
  const spelt = ({ grants, file }: Start): string =>
    [
      ...grants.map((grant) => `"${spell(grant, "%deno%", "%root%")}"`),
      `"%root%${file}"`,
    ].join(" ");
  const lines = [
    "@echo off",
    "rem Starts a command of megaptera, in the folder that you are in: megaptera COMMAND.",
    "rem Made from deno.json by tools/launcher/make_launchers.ts, so change it there.",
    "rem UNTESTED: nobody has run it on Windows yet. Please say how it went.",
    "setlocal",
    'set "root=%~dp0"',
    'set "cache=%LOCALAPPDATA%\\megaptera"',
    'if defined MEGAPTERA_CACHE set "cache=%MEGAPTERA_CACHE%"',
    `set "known=%cache%\\deno-${DENO}.txt"`,
    'set "deno="',
    'if exist "%known%" set /p deno=<"%known%"',
    'if defined deno if exist "%deno%" goto found',
    `echo megaptera: this first start fetches Deno ${DENO} and packages, once. 1>&2`,
    'set "deno="',
    `set "ask=if (Deno.version.deno === \`${DENO}\`) console.log(Deno.execPath())"`,
    `for /f "delims=" %%p in ('deno eval --no-config "%ask%" 2^>nul') do set "deno=%%p"`,
    `if not defined deno for /f "delims=" %%p in ('npx --yes deno@${DENO} eval --no-config ` +
    `"%ask%" 2^>nul') do set "deno=%%p"`,
    "if not defined deno (",
    `  echo error: Cannot start as Deno ${DENO} is not here and npx does not fetch it: install Node.js, https://nodejs.org. 1>&2`,
    "  exit /b 78",
    ")",
    'if not exist "%cache%" mkdir "%cache%"',
    '>"%known%" echo %deno%',
    ":found",
    `set grants=${spelt(unnamed)}`,
    ...starts.filter((start) => start !== unnamed && start.isNamed).flatMap((start) =>
      start.names.map((name) => `if "%~1"=="${name}" set grants=${spelt(start)}`)
    ),
    "set DENO_NO_UPDATE_CHECK=1",
    'set "MEGAPTERA_COMMAND=%~0"',
    '"%deno%" run -q --config "%root%deno.json" %grants% %*',
    "exit /b %errorlevel%",
  ];
  return lines.join("\r\n") + "\r\n";
}

/**
 * Makes the scripts that start a command with the grants of its task.
 *
 * @param config The text of deno.json.
 * @returns Texts by the names of their files.
 */
export function makeLaunchers(config: string): Record<string, string> {
  const starts = startsOf(JSON.parse(config).tasks);
  return { "megaptera": shellScript(starts), "megaptera.cmd": windowsScript(starts) };
}

if (import.meta.main) {
  const at = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
  for (
    const [name, text] of Object.entries(makeLaunchers(await Deno.readTextFile(at("deno.json"))))
  ) {
    if (!Deno.args.includes("--check")) {
      await Deno.writeTextFile(at(name), text, { mode: 0o755 });
    } else if (await Deno.readTextFile(at(name)).catch(() => "") !== text) {
      throw new Error(`${name} is not what deno.json grants: run tools/launcher/make_launchers.ts`);
    }
  }
}
