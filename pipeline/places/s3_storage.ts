import { createHash } from "node:crypto";
import type { PutObjectCommandInput } from "@aws-sdk/client-s3";
import { type FaultKind, MegapteraError } from "../../core/mod.ts";
import { persist } from "./persist.ts";
import type { RemoteAccess } from "./remote_access.ts";
import { RemoteFault, type RemoteReason } from "./remote_fault.ts";
import { parseS3Place, s3Fault, type S3Request } from "./s3_client.ts";
import { listKeys, tagVersion, versionTag } from "./s3_list.ts";
import {
  type FileToWrite,
  type Storage,
  StorageConflict,
  type StoredFile,
  type StoredText,
} from "./storage.ts";

/** The ETag of nothing: a write that asks for it can't succeed. */
const IMPOSSIBLE_TAG = versionTag("0".repeat(32));
const PROBE = ".megaptera-probe";

/**
 * Keeps files below a prefix of an S3 bucket. Each is one PUT, which S3 does whole or not at all;
 * what must lie there is said by `If-None-Match` and `If-Match`, so of two writers one is told.
 * Needs `s3:ListBucket`, `s3:GetObject` and `s3:PutObject`, and `s3:DeleteObject` only where scores
 * that were there are to go.
 */
export class S3Storage implements Storage {
  readonly name: string;
  readonly isRemote = true;
  readonly #access: RemoteAccess;
  readonly #bucket: string;
  /** Empty, or with `/` at its end. */
  readonly #prefix: string;

  /**
   * @param place `s3://bucket/prefix`; the prefix counts as a folder.
   * @param access How to ask.
   * @throws {MegapteraError} `usage` where it names no bucket.
   */
  constructor(place: string, access: RemoteAccess) {
    const { bucket, key } = parseS3Place(place);
    const prefix = key.replace(/\/+$/, "");
    this.name = `s3://${bucket}${prefix && `/${prefix}`}`;
    this.#access = access;
    this.#bucket = bucket;
    this.#prefix = prefix && `${prefix}/`;
  }

  async tryWriting(): Promise<void> {
    try {
      await this.#put({ ...this.#object(PROBE), Body: "", IfMatch: IMPOSSIBLE_TAG });
    } catch (error) {
      const isRefusedRightly = error instanceof RemoteFault &&
        (error.reason === "changed" || error.reason === "missing");
      if (isRefusedRightly) return;
      throw storageFault("write to", this.name, error);
    }
    await this.#remove(PROBE);
    throw new MegapteraError(
      "configuration",
      `Cannot write to ${this.name} as its server takes no notice of If-Match, without which two ` +
        "machines may overwrite one another's scores: use another server, or a folder on disk.",
    );
  }

  async *list(under = "", withTimes = false): AsyncGenerator<StoredFile> {
    try {
      for await (const object of listKeys(this.#bucket, this.#prefix + under, this.#access)) {
        const { key, sizeBytes, etag, lastModified } = object;
        if (key.endsWith("/")) continue;
        const version = etag ? tagVersion(etag) : lastModified?.toISOString() ?? "unknown";
        const path = key.slice(this.#prefix.length);
        const times = withTimes && lastModified ? { changedMs: Number(lastModified) } : {};
        yield { path, sizeBytes, version, ...times };
      }
    } catch (error) {
      throw storageFault("list", this.name, error);
    }
  }

  async read(path: string): Promise<StoredText | undefined> {
    const got = await this.#get(path);
    return got && { text: new TextDecoder().decode(got.bytes), version: got.version };
  }

  async readBytes(path: string): Promise<Uint8Array | undefined> {
    return (await this.#get(path))?.bytes;
  }

  async #get(path: string): Promise<{ bytes: Uint8Array; version: string } | undefined> {
    const { GetObjectCommand } = await import("@aws-sdk/client-s3");
    const command = new GetObjectCommand(this.#object(path));
    try {
      return await this.#ask("s3:GetObject", async (signal) => {
        const client = await this.#access.s3();
        const answer = await client.send(command, { abortSignal: signal });
        const bytes = await answer.Body!.transformToByteArray();
        if (answer.ContentLength !== undefined && bytes.length !== answer.ContentLength) {
          throw new RemoteFault("passing", "the connection broke off");
        }
        return { bytes, version: tagVersion(answer.ETag ?? "unknown") };
      });
    } catch (error) {
      if (error instanceof RemoteFault && error.reason === "missing") return undefined;
      throw storageFault("read", `${this.name}/${path}`, error);
    }
  }

  async ageMs(path: string): Promise<number | undefined> {
    const { HeadObjectCommand } = await import("@aws-sdk/client-s3");
    const command = new HeadObjectCommand(this.#object(path));
    let nowMs = NaN;
    command.middlewareStack.add((next) => async (args) => {
      const answered = await next(args);
      const { headers } = answered.response as { headers: Record<string, string> };
      nowMs = Date.parse(headers.date ?? "");
      return answered;
    }, { step: "deserialize", name: "serversClock", priority: "high" });
    try {
      const { LastModified } = await this.#ask("s3:GetObject", async (signal) => {
        return await (await this.#access.s3()).send(command, { abortSignal: signal });
      });
      if (Number.isNaN(nowMs)) nowMs = Date.now();
      return Math.max(0, nowMs - (LastModified?.getTime() ?? nowMs));
    } catch (error) {
      if (error instanceof RemoteFault && error.reason === "missing") return undefined;
      throw storageFault("read", `${this.name}/${path}`, error);
    }
  }

  async write(files: readonly FileToWrite[]): Promise<(string | null)[]> {
    const versions: (string | null)[] = files.map(() => null);
    for (const [i, { path, text, replaces }] of files.entries()) {
      if (text === null) {
        await this.#removeIfThere(path, replaces);
        continue;
      }
      try {
        versions[i] = await this.#put({
          ...this.#object(path),
          Body: text,
          ContentType: path.endsWith(".json") ? "application/json" : "text/csv",
          ...replaces === null ? { IfNoneMatch: "*" } : {},
          ...typeof replaces === "string" ? { IfMatch: versionTag(replaces) } : {},
        });
      } catch (error) {
        if (!isConflict(error)) throw storageFault("write", `${this.name}/${path}`, error);
        // A try whose answer was lost may have written it, or another machine the very same.
        const there = await this.read(path);
        if (there?.text !== text) throw new StorageConflict(path);
        versions[i] = there.version;
      }
    }
    return versions;
  }

  /** Writes an object, and gives the version that it is of now. */
  async #put(input: PutObjectCommandInput & { Body: string }): Promise<string> {
    const { PutObjectCommand } = await import("@aws-sdk/client-s3");
    const bytes = new TextEncoder().encode(input.Body);
    // So that a body that was cut or changed on its way is refused.
    const md5 = createHash("md5").update(bytes).digest("base64");
    const command = new PutObjectCommand({
      ...input,
      Body: bytes,
      ContentLength: bytes.length,
      ContentMD5: md5,
    });
    const { ETag } = await this.#ask("s3:PutObject", async (signal) => {
      return await (await this.#access.s3()).send(command, { abortSignal: signal });
    });
    return tagVersion(ETag ?? "unknown");
  }

  /** Does nothing: of a write that is cut S3 shows no part. */
  tidy(): Promise<void> {
    return Promise.resolve();
  }

  /** Asks first, since who writes need not have the right to remove. */
  async #removeIfThere(path: string, replaces?: string | null): Promise<void> {
    const there = await this.read(path);
    if (there === undefined) return;
    if (replaces !== undefined && replaces !== there.version) throw new StorageConflict(path);
    await this.#remove(path);
  }

  async #remove(path: string): Promise<void> {
    const { DeleteObjectCommand } = await import("@aws-sdk/client-s3");
    const command = new DeleteObjectCommand(this.#object(path));
    try {
      await this.#ask("s3:DeleteObject", async (signal) => {
        await (await this.#access.s3()).send(command, { abortSignal: signal });
      });
    } catch (error) {
      throw storageFault("remove", `${this.name}/${path}`, error);
    }
  }

  #object(path: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket, Key: this.#prefix + path };
  }

  #ask<Answer>(
    right: S3Request["right"],
    send: (signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> {
    const { unsigned, regionOption } = this.#access.options;
    return persist(this.#access, async (signal) => {
      try {
        return await send(signal);
      } catch (error) {
        throw s3Fault(error, { bucket: this.#bucket, right, unsigned, regionOption });
      }
    });
  }
}

/** Tells whether another object lies there, or none where one was to be replaced. */
function isConflict(error: unknown): boolean {
  return error instanceof RemoteFault && (error.reason === "changed" || error.reason === "missing");
}

const KINDS: Record<RemoteReason, FaultKind> = {
  "passing": "retry",
  "wrong answer": "retry",
  "range": "retry",
  "changed": "retry",
  "missing": "data",
  "no bucket": "data",
  "forbidden": "denied",
  "denied": "denied",
  "setting": "configuration",
};

/**
 * Makes the fault of stored files far away, in one sentence.
 *
 * @param verb What was attempted.
 * @param name The storage or file.
 * @param error What was thrown.
 * @returns A `MegapteraError`; what is no fault of the server, as it is.
 */
function storageFault(verb: string, name: string, error: unknown): unknown {
  if (!(error instanceof RemoteFault)) return error;
  const kind = KINDS[error.reason];
  // What only reads keeps nothing to go on from.
  const goesOn = verb.startsWith("write") ? ", which goes on from here" : "";
  const wayOn = kind === "retry" ? `: run the same command again${goesOn}` : "";
  const message = `Cannot ${verb} ${name} as ${error.message}${wayOn}.`;
  return new MegapteraError(kind, message, { cause: error });
}
