"""Executes the notebooks with Deno's kernel, and compares their numbers with the committed ones.

    run_notebooks.py [--write | --alone] NOTEBOOK...

Each runs from top to bottom in its own folder. Deno's kernel may send what a cell shows after it has
said that the cell is done: such late outputs are waited for, and a run in which some are missing is
no failure but is run again, up to three times. With --write the outputs are saved instead; then two
runs must agree on what there is. A Chromium or a network is not needed.
"""

import asyncio
import json
import math
import re
import sys
import time
from pathlib import Path
from queue import Empty

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete
from nbclient.util import ensure_async

RUNS = 3
# Seconds of silence after which no output is still to come.
SILENCE_S = 0.4
CELL_TIMEOUT_S = 600
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
# Digits of a chart's data beyond this may differ from machine to machine.
TOLERANCE = 1e-6


class PatientClient(NotebookClient):
    """Goes on listening after a cell is idle, until nothing came for a while."""

    async def _async_poll_output_msg(self, parent_msg_id, cell, cell_index):
        await super()._async_poll_output_msg(parent_msg_id, cell, cell_index)
        while True:
            try:
                message = await ensure_async(self.kc.iopub_channel.get_msg(timeout=SILENCE_S))
            except Empty:
                return
            if message["parent_header"].get("msg_id") != parent_msg_id:
                continue
            try:
                self.process_message(message, cell, cell_index)
            except CellExecutionComplete:
                pass


def execute(path):
    notebook = nbformat.read(path, as_version=4)
    for cell in code_cells(notebook):
        cell.outputs = []
    client = PatientClient(
        notebook,
        kernel_name="deno",
        timeout=CELL_TIMEOUT_S,
        allow_errors=True,
        coalesce_streams=True,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    return notebook


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def errors_of(notebook):
    return [
        f"cell {index + 1}: {output.ename}: {output.evalue}"
        for index, cell in enumerate(code_cells(notebook))
        for output in cell.outputs
        if output.output_type == "error"
    ]


def forms_of(notebook):
    """What each cell shows: its kinds of output, and the forms that they come in."""
    return [
        [(output.output_type, sorted(output.get("data", {}))) for output in cell.outputs]
        for cell in code_cells(notebook)
    ]


def incomplete(forms, wanted):
    return [
        f"cell {index + 1}"
        for index, (one, other) in enumerate(zip(forms, wanted))
        if one != other
    ]


def texts_of(output):
    """The parts of an output whose numbers count; pictures and sound are no numbers."""
    if output.output_type == "stream":
        yield output.text
    for kind, value in output.get("data", {}).items():
        if kind in ("text/plain", "text/html"):
            yield value if isinstance(value, str) else "".join(value)
        if kind == "application/vnd.vegalite.v5+json":
            yield json.dumps(value, sort_keys=True)


def numbers_of(text):
    return [float(number) for number in NUMBER.findall(re.sub(r"data:[^\"' ]+", "", text))]


def differences(notebook, committed):
    found = []
    for index, (cell, wanted) in enumerate(zip(code_cells(notebook), code_cells(committed))):
        for output, expected in zip(cell.outputs, wanted.outputs):
            for one, other in zip(texts_of(output), texts_of(expected)):
                a, b = numbers_of(one), numbers_of(other)
                if len(a) != len(b):
                    found.append(f"cell {index + 1} shows {len(a)} numbers, and had {len(b)}")
                    continue
                for x, y in zip(a, b):
                    if not math.isclose(x, y, rel_tol=TOLERANCE, abs_tol=1e-9):
                        found.append(f"cell {index + 1} shows {x}, and had {y}")
                        break
    return found


def strip_volatile(notebook):
    """What differs from run to run is not committed: times, and names of displays."""
    for cell in code_cells(notebook):
        cell.metadata.pop("execution", None)
        for output in cell.outputs:
            output.pop("transient", None)
    return notebook


def run_alone(path):
    started = time.monotonic()
    notebook = execute(path)
    print(f"{path.name}: {time.monotonic() - started:.0f} s")
    nbformat.write(strip_volatile(notebook), path)
    errors = errors_of(notebook)
    # What follows the first is its consequence.
    return f"{path.name}: {errors[0]}" if errors else None


def run(path, write):
    committed = nbformat.read(path, as_version=4)
    wanted = None if write else forms_of(committed)
    for attempt in range(1, RUNS + 1):
        started = time.monotonic()
        notebook = execute(path)
        seconds = time.monotonic() - started
        errors = errors_of(notebook)
        if errors:
            return f"{path.name}: {'; '.join(errors)}"
        forms = forms_of(notebook)
        missing = incomplete(forms, wanted) if wanted else ["the first run has none to compare with"]
        print(f"{path.name}: run {attempt}, {seconds:.0f} s, {'incomplete' if missing else 'complete'}")
        if not missing:
            break
        if write:
            wanted = forms
    else:
        return f"{path.name}: in {RUNS} runs, outputs are not those committed: {', '.join(missing)}"
    if write:
        nbformat.write(strip_volatile(notebook), path)
        return None
    found = differences(notebook, committed)
    return f"{path.name}: {'; '.join(found[:5])}" if found else None


def main(arguments):
    write = "--write" in arguments
    alone = "--alone" in arguments
    paths = [Path(one).resolve() for one in arguments if not one.startswith("--")]
    failed = [fault for fault in (run_alone(path) if alone else run(path, write) for path in paths) if fault]
    for fault in failed:
        print(f"FAILED {fault}")
    print(f"{len(paths) - len(failed)} of {len(paths)} notebooks {'ran' if alone else 'as committed'}")
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.platform == "win32":
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    sys.exit(main(sys.argv[1:]))
