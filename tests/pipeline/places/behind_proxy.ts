import {
  openSource,
  type RangeSource,
  RemoteAccess,
  type RemoteOptions,
} from "../../../pipeline/places/mod.ts";
import { FaultProxy, type FaultRule } from "../../helpers/fault_proxy.ts";
import { ObjectServer, type StoredObject } from "../../helpers/object_server.ts";

/** Protocols that a file is asked by. */
export type Protocol = "http" | "s3";
export const PROTOCOLS: readonly Protocol[] = ["http", "s3"];

/** A file on a server behind a proxy that does harm. */
export interface Setting {
  readonly server: ObjectServer;
  readonly proxy: FaultProxy;
  readonly access: RemoteAccess;
  /** Opens `a.wav`, or another file. */
  open(name?: string): Promise<RangeSource>;
  /** Milliseconds slept in all; no test waits them. */
  slept(): number;
  /** Is called after each sleep. */
  onSleep: (() => Promise<void> | void) | undefined;
}

/**
 * Runs a test with a file behind a proxy. The clock goes on by what is slept, at once.
 *
 * @param protocol How it is asked for.
 * @param object The file `a.wav` of the bucket `sea`.
 * @param rules What harm is done.
 * @param run The test.
 * @param options Further options of the access.
 */
export async function behindProxy(
  protocol: Protocol,
  object: StoredObject,
  rules: FaultRule[],
  run: (setting: Setting) => Promise<void>,
  options: RemoteOptions = {},
): Promise<void> {
  await using server = await ObjectServer.start();
  server.objects.set("/sea/a.wav", object);
  await using proxy = await FaultProxy.start(server.port, rules);
  let nowMs = 0;
  const seams = {
    now: () => nowMs,
    random: () => 0.5,
    sleep: async (ms: number, signal: AbortSignal | undefined) => {
      nowMs += ms;
      await setting.onSleep?.();
      signal?.throwIfAborted();
    },
  };
  const s3 = protocol === "s3" ? { endpoint: proxy.origin, unsigned: true } : {};
  const access = new RemoteAccess({ stallMs: 10_000, seams, ...s3, ...options });
  const root = protocol === "s3" ? "s3://sea" : `${proxy.origin}/sea`;
  const setting: Setting = {
    server,
    proxy,
    access,
    open: (name = "a.wav") => openSource(`${root}/${name}`, access),
    slept: () => nowMs,
    onSleep: undefined,
  };
  try {
    await run(setting);
  } finally {
    access.close();
  }
}
