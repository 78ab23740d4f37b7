# The batch worker: one share of a plan, by the variables that its job sets (docs/batch.md).
FROM denoland/deno:debian-2.9.6 AS build
ENV DENO_DIR=/deno DENO_NO_UPDATE_CHECK=1
WORKDIR /app
COPY . .
# Only what the worker imports, as deno.lock names it; of native code only this machine's.
RUN deno cache --frozen commands/batch_worker.ts && \
    case "$(uname -m)" in x86_64) keep=linux/x64 ;; *) keep=linux/arm64 ;; esac && \
    find /deno/npm -type d -path '*/onnxruntime-node/*/bin/napi-v*' \( -name darwin -o -name win32 \) \
      -prune -exec rm -rf {} + && \
    find /deno/npm -type d -path '*/onnxruntime-node/*/bin/napi-v*/linux/*' -prune \
      ! -path "*/$keep" -exec rm -rf {} + && \
    find /deno/npm -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*cuda*.so' -o \
      -name '*tensorrt*.so' \) -delete
# The published detector: `download`, an archive in model/, or nothing to fetch it from S3 at start.
ARG MODEL=""
ENV MEGAPTERA_CACHE=/models
RUN mkdir -p /models && \
    case "$MODEL" in \
      "") ;; \
      download) deno run --frozen --allow-read --allow-write --allow-env --allow-net main.ts model install ;; \
      *) deno run --frozen --allow-read --allow-write --allow-env main.ts model install --from "$MODEL" ;; \
    esac

FROM denoland/deno:debian-2.9.6
# Nothing is written but below /scratch, so that the rest may be read-only.
ENV DENO_DIR=/deno DENO_NO_UPDATE_CHECK=1 DENO_NO_PROMPT=1 MEGAPTERA_CACHE=/scratch \
    MEGAPTERA_BUILT_IN=/models/models TMPDIR=/scratch HOME=/scratch
WORKDIR /app
COPY --from=build /deno /deno
COPY --from=build /models /models
COPY --from=build /app/deno.json /app/deno.lock ./
COPY --from=build /app/batch ./batch
COPY --from=build /app/core ./core
COPY --from=build /app/commands ./commands
COPY --from=build /app/pipeline ./pipeline
# For anybody: memory that is laid over it (Batch's Tmpfs) takes its mode, but belongs to root.
RUN mkdir -m 1777 /scratch
USER 1993:1993
VOLUME /scratch
ENTRYPOINT ["deno", "run", "--cached-only", "--no-prompt", "--allow-read=/app,/deno,/models,/scratch,/usr/bin/deno", "--allow-write=/scratch", "--allow-env=MEGAPTERA_*,XDG_CACHE_HOME,HOME,HOMEPATH,HOMEDRIVE,USERPROFILE,LOCALAPPDATA,ORT_DISABLE_TELEMETRY,AWS_*,_X_AMZN_TRACE_ID,SLURM_ARRAY_TASK_ID,SLURM_RESTART_COUNT", "--allow-sys=osRelease", "--allow-net", "--allow-ffi", "commands/batch_worker.ts"]
