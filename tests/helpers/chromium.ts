/** A browser's answer or event. */
interface Message {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { message: string };
}

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The command of a Chromium that is installed; nothing where there is none. */
export async function findChromium(): Promise<string | undefined> {
  for (const name of NAMES) {
    const found = await new Deno.Command(name, { args: ["--version"], stdout: "null" })
      .output().then(({ success }) => success, () => false);
    if (found) return name;
  }
  return undefined;
}

/** A page in a real Chromium without a network, driven over its DevTools protocol. */
export class ChromiumPage {
  readonly #process: Deno.ChildProcess;
  readonly #socket: WebSocket;
  readonly #profile: string;
  readonly #waiting = new Map<number, (message: Message) => void>();
  #session = "";
  #id = 0;
  /** What the page complained about: errors of scripts, of the console, of the policy. */
  readonly errors: string[] = [];
  /** Addresses that the page asked for, its own among them. */
  readonly requests: string[] = [];

  private constructor(process: Deno.ChildProcess, socket: WebSocket, profile: string) {
    this.#process = process;
    this.#socket = socket;
    this.#profile = profile;
    socket.onmessage = ({ data }) => this.#take(JSON.parse(data));
  }

  /** Opens an empty page of 1,280 × 900 pixels. */
  static async open(command: string): Promise<ChromiumPage> {
    const profile = await Deno.makeTempDir({ prefix: "chromium" });
    const process = new Deno.Command(command, {
      args: [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--autoplay-policy=no-user-gesture-required",
        "--window-size=1280,900",
        "--remote-debugging-port=0",
        `--user-data-dir=${profile}`,
      ],
      stderr: "piped",
      stdout: "null",
      stdin: "null",
    }).spawn();
    const socket = new WebSocket(await addressOf(process.stderr));
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
    const page = new ChromiumPage(process, socket, profile);
    const { targetId } = await page.send("Target.createTarget", { url: "about:blank" });
    const attached = await page.send("Target.attachToTarget", { targetId, flatten: true });
    page.#session = String(attached.sessionId);
    for (const domain of ["Page", "Runtime", "Log", "Network"]) await page.send(`${domain}.enable`);
    await page.send("Network.emulateNetworkConditions", {
      offline: true,
      latency: 0,
      downloadThroughput: 0,
      uploadThroughput: 0,
    });
    return page;
  }

  /** Goes to an address, and waits until an expression there is true. */
  async goto(url: string, ready: string): Promise<void> {
    await this.send("Page.navigate", { url });
    await this.until(ready);
  }

  /** Waits until an expression in the page is true, 30 s at most; while it loads there may be none. */
  async until(expression: string): Promise<void> {
    for (let tries = 0; tries < 300; tries++) {
      if (await this.evaluate(expression).catch(() => false) === true) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`It never became true: ${expression}; ${this.errors.join("; ")}`);
  }

  /** The value of an expression in the page. */
  async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    }) as { result: { value: unknown }; exceptionDetails?: { text: string } };
    if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.text}`);
    return result.value;
  }

  /** Presses and lets go of a key. */
  async press(key: string): Promise<void> {
    const text = key.length === 1 ? { text: key } : {};
    const code = { Tab: 9, Enter: 13 }[key] ?? 0;
    const event = { key, code: key, windowsVirtualKeyCode: code, ...text };
    await this.send("Input.dispatchKeyEvent", { type: "keyDown", ...event });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", key, code: key });
  }

  /** A picture of the whole page, or of what is in view, as PNG. */
  async screenshot(whole = true): Promise<Uint8Array> {
    const { data } = await this.send("Page.captureScreenshot", { captureBeyondViewport: whole });
    return Uint8Array.fromBase64(String(data));
  }

  /** Sends a command of the DevTools protocol. */
  send(method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const id = ++this.#id;
    const session = this.#session ? { sessionId: this.#session } : {};
    this.#socket.send(JSON.stringify({ id, method, params, ...session }));
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => {
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result ?? {});
      });
    });
  }

  /** Ends the browser. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#socket.onclose = resolve);
    this.#socket.send(JSON.stringify({ id: ++this.#id, method: "Browser.close" }));
    await Promise.all([closed, this.#process.status]);
    await Deno.remove(this.#profile, { recursive: true }).catch(() => {});
  }

  #take(message: Message): void {
    const { id, method, params = {} } = message;
    if (id !== undefined) {
      this.#waiting.get(id)?.(message);
      this.#waiting.delete(id);
      return;
    }
    if (method === "Runtime.exceptionThrown") {
      this.errors.push(JSON.stringify(params.exceptionDetails).slice(0, 500));
    }
    if (method === "Log.entryAdded") {
      const entry = params.entry as { level: string; text: string };
      if (entry.level !== "verbose" && entry.level !== "info") this.errors.push(entry.text);
    }
    if (
      method === "Runtime.consoleAPICalled" && ["error", "warning"].includes(String(params.type))
    ) {
      this.errors.push(JSON.stringify(params.args).slice(0, 500));
    }
    if (method === "Network.requestWillBeSent") {
      this.requests.push((params.request as { url: string }).url);
    }
  }
}

/** Where the browser listens, from what it says at its start. */
async function addressOf(stderr: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  const [told, rest] = stderr.tee();
  // Its talk must be read on, or it would block.
  rest.pipeTo(new WritableStream()).catch(() => {});
  const reader = told.pipeThrough(new TextDecoderStream() as never).getReader();
  for (;;) {
    const { value, done } = await reader.read() as { value?: string; done: boolean };
    text += value ?? "";
    const address = /DevTools listening on (ws:\S+)/.exec(text)?.[1];
    if (address) {
      reader.releaseLock();
      return address;
    }
    if (done) throw new Error(`Chromium did not start: ${text.slice(0, 500)}`);
  }
}
