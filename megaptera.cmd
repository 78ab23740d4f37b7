@echo off
rem Starts a command of megaptera, in the folder that you are in: megaptera COMMAND.
rem Made from deno.json by tools/launcher/make_launchers.ts, so change it there.
rem UNTESTED: nobody has run it on Windows yet. Please say how it went.
setlocal
set "root=%~dp0"
set "cache=%LOCALAPPDATA%\megaptera"
if defined MEGAPTERA_CACHE set "cache=%MEGAPTERA_CACHE%"
set "known=%cache%\deno-2.9.6.txt"
set "deno="
if exist "%known%" set /p deno=<"%known%"
if defined deno if exist "%deno%" goto found
echo megaptera: this first start fetches Deno 2.9.6 and packages, once. 1>&2
set "deno="
set "ask=if (Deno.version.deno === `2.9.6`) console.log(Deno.execPath())"
for /f "delims=" %%p in ('deno eval --no-config "%ask%" 2^>nul') do set "deno=%%p"
if not defined deno for /f "delims=" %%p in ('npx --yes deno@2.9.6 eval --no-config "%ask%" 2^>nul') do set "deno=%%p"
if not defined deno (
  echo error: Cannot start as Deno 2.9.6 is not here and npx does not fetch it: install Node.js, https://nodejs.org. 1>&2
  exit /b 78
)
if not exist "%cache%" mkdir "%cache%"
>"%known%" echo %deno%
:found
set grants="--no-prompt" "--allow-read" "--allow-env=MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE" "%root%main.ts"
if "%~1"=="demo" set grants="--no-prompt" "--allow-read" "--allow-write" "--allow-env=MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE,ORT_DISABLE_TELEMETRY,XDG_RUNTIME_DIR" "--allow-ffi" "%root%main.ts"
if "%~1"=="score" set grants="--no-prompt" "--allow-read" "--allow-write" "--allow-env=MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,HOMEPATH,HOMEDRIVE,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE,ORT_DISABLE_TELEMETRY,XDG_RUNTIME_DIR,AWS_*,_X_AMZN_TRACE_ID" "--allow-sys=osRelease" "--allow-net" "--allow-ffi" "%root%main.ts"
if "%~1"=="example" set grants="--no-prompt" "--allow-read" "--allow-write" "--allow-env=MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE" "%root%main.ts"
if "%~1"=="simulate" set grants="--no-prompt" "--allow-read" "--allow-write" "--allow-env=MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE" "%root%main.ts"
if "%~1"=="model" set grants="--no-prompt" "--allow-read" "--allow-write" "--allow-env=MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE,ORT_DISABLE_TELEMETRY,XDG_RUNTIME_DIR" "--allow-net=tfhub.dev,www.kaggle.com,kaggle.com,storage.googleapis.com" "--allow-ffi" "%root%main.ts"
if "%~1"=="verify" set grants="--no-prompt" "--allow-read" "--allow-env=MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,HOMEPATH,HOMEDRIVE,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE,AWS_*,_X_AMZN_TRACE_ID" "--allow-sys=osRelease" "--allow-net" "%root%main.ts"
if "%~1"=="batch-setup" set grants="--no-prompt" "--allow-read" "--allow-env=MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,HOMEPATH,HOMEDRIVE,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE,AWS_*,_X_AMZN_TRACE_ID" "--allow-sys=osRelease" "--allow-net" "%root%main.ts"
if "%~1"=="batch-teardown" set grants="--no-prompt" "--allow-read" "--allow-env=MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,HOMEPATH,HOMEDRIVE,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE,AWS_*,_X_AMZN_TRACE_ID" "--allow-sys=osRelease" "--allow-net" "%root%main.ts"
if "%~1"=="evaluate" set grants="--no-prompt" "--allow-read" "--allow-write" "--allow-env=MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,HOMEPATH,HOMEDRIVE,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE,AWS_*,_X_AMZN_TRACE_ID" "--allow-sys=osRelease" "--allow-net" "%root%main.ts"
if "%~1"=="calls" set grants="--no-prompt" "--allow-read" "--allow-write" "--allow-env=MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,HOMEPATH,HOMEDRIVE,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE,AWS_*,_X_AMZN_TRACE_ID" "--allow-sys=osRelease" "--allow-net" "%root%main.ts"
if "%~1"=="presence" set grants="--no-prompt" "--allow-read" "--allow-write" "--allow-env=MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,HOMEPATH,HOMEDRIVE,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE,AWS_*,_X_AMZN_TRACE_ID" "--allow-sys=osRelease" "--allow-net" "%root%main.ts"
if "%~1"=="report" set grants="--no-prompt" "--allow-read" "--allow-write" "--allow-env=MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,HOMEPATH,HOMEDRIVE,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE,AWS_*,_X_AMZN_TRACE_ID" "--allow-sys=osRelease" "--allow-net" "%root%main.ts"
if "%~1"=="scores" set grants="--no-prompt" "--allow-read" "--allow-write" "--allow-env=MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,HOMEPATH,HOMEDRIVE,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE,AWS_*,_X_AMZN_TRACE_ID" "--allow-sys=osRelease" "--allow-net" "%root%main.ts"
if "%~1"=="batch-push" set grants="--no-prompt" "--allow-read" "--allow-env=MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,HOMEPATH,HOMEDRIVE,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE,AWS_*,_X_AMZN_TRACE_ID" "--allow-sys=osRelease" "--allow-net" "--allow-run=docker,podman" "%root%main.ts"
if "%~1"=="batch-doctor" set grants="--no-prompt" "--allow-read" "--allow-write" "--allow-env=MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,HOMEPATH,HOMEDRIVE,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE,AWS_*,_X_AMZN_TRACE_ID" "--allow-sys=osRelease" "--allow-net" "--allow-run=sbatch,scontrol,sacct" "%root%main.ts"
if "%~1"=="batch-range" set grants="--no-prompt" "--allow-read" "--allow-write" "--allow-env=MEGAPTERA_SOURCE,MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,HOMEPATH,HOMEDRIVE,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE,ORT_DISABLE_TELEMETRY,AWS_*,_X_AMZN_TRACE_ID" "--allow-sys=osRelease,hostname" "--allow-net" "--allow-ffi" "--allow-run=%deno%,sbatch,squeue,scontrol,sacct,scancel" "%root%main.ts"
if "%~1"=="batch-retry" set grants="--no-prompt" "--allow-read" "--allow-write" "--allow-env=MEGAPTERA_SOURCE,MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,HOMEPATH,HOMEDRIVE,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE,ORT_DISABLE_TELEMETRY,AWS_*,_X_AMZN_TRACE_ID" "--allow-sys=osRelease,hostname" "--allow-net" "--allow-run=%deno%,sbatch,squeue,scontrol,sacct,scancel" "%root%main.ts"
if "%~1"=="batch-status" set grants="--no-prompt" "--allow-read" "--allow-write" "--allow-env=MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,HOMEPATH,HOMEDRIVE,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE,ORT_DISABLE_TELEMETRY,AWS_*,_X_AMZN_TRACE_ID" "--allow-sys=osRelease,hostname" "--allow-net" "--allow-run=squeue,scontrol,sacct,scancel" "%root%main.ts"
if "%~1"=="batch-logs" set grants="--no-prompt" "--allow-read" "--allow-write" "--allow-env=MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,HOMEPATH,HOMEDRIVE,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE,ORT_DISABLE_TELEMETRY,AWS_*,_X_AMZN_TRACE_ID" "--allow-sys=osRelease,hostname" "--allow-net" "--allow-run=squeue,scontrol,sacct,scancel" "%root%main.ts"
if "%~1"=="batch-cancel" set grants="--no-prompt" "--allow-read" "--allow-write" "--allow-env=MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,HOMEPATH,HOMEDRIVE,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE,ORT_DISABLE_TELEMETRY,AWS_*,_X_AMZN_TRACE_ID" "--allow-sys=osRelease,hostname" "--allow-net" "--allow-run=squeue,scontrol,sacct,scancel" "%root%main.ts"
if "%~1"=="batch-verify" set grants="--no-prompt" "--allow-read" "--allow-env=MEGAPTERA_CACHE,MEGAPTERA_COMMAND,XDG_CACHE_HOME,HOME,HOMEPATH,HOMEDRIVE,USERPROFILE,LOCALAPPDATA,NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE,ORT_DISABLE_TELEMETRY,AWS_*,_X_AMZN_TRACE_ID" "--allow-sys=osRelease,hostname" "--allow-net" "%root%main.ts"
set DENO_NO_UPDATE_CHECK=1
set "MEGAPTERA_COMMAND=%~0"
"%deno%" run -q --config "%root%deno.json" %grants% %*
exit /b %errorlevel%
