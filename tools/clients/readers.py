"""Reads our files with other people's programs in Python and prints what they see.

    python readers.py FOLDER > python.json

FOLDER is tests/fixtures/exchange/files. Programs that are not installed are left out; BIRDNET and
OPENSOUNDSCAPE may name checkouts, whose readers are used without what the packages need else, and
SOFFICE the program of LibreOffice.
"""

import importlib.metadata
import importlib.util
import json
import os
import sys
import types
from datetime import date, datetime, timezone
from pathlib import Path

folder = Path(sys.argv[1])
seen = []


def kind(value):
    """The type of a value in the words of the goldens, its zone with it."""
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, datetime):
        if value.tzinfo is None:
            return "time without a zone"
        return "time UTC" if value.utcoffset().total_seconds() == 0 else f"time {value.tzinfo}"
    return "text"


def plain(value):
    """The value as JSON holds it: times in UTC to the millisecond, nothing as null."""
    if hasattr(value, "item") and not isinstance(value, (datetime, date)):
        value = value.item()
    if hasattr(value, "to_pydatetime"):
        value = None if value != value else value.to_pydatetime()
    if isinstance(value, float) and value != value:
        return None
    return value


def text_of(value):
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            value = value.astimezone(timezone.utc)
        return value.strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03d}Z"
    return value


def add(program, file, columns, rows, how, package=None, version=None):
    """Notes what a program sees: all rows of a short table, and of a long one its ends and sums."""
    rows = [[plain(value) for value in row] for row in rows]
    kinds = {}
    for i, name in enumerate(columns):
        found = {kind(row[i]) for row in rows if row[i] is not None}
        kinds[str(name)] = " or ".join(sorted(found)) or "empty"
    version = version or importlib.metadata.version(package or program)
    entry = {"program": program, "version": version, "file": file, "how": how, "columns": kinds}
    entry["rows"] = len(rows)
    if len(rows) > 100:
        entry["sums"] = {
            name: round(sum(row[i] for row in rows if row[i] is not None), 6)
            for i, name in enumerate(columns)
            if kinds[name] == "number"
        }
        entry["empty"] = {name: sum(row[i] is None for row in rows) for i, name in enumerate(columns)}
        rows = [rows[0], rows[-1]]
    entry["values"] = [[text_of(value) for value in row] for row in rows]
    seen.append(entry)


def frame(program, file, table, how, package=None):
    """Notes a pandas table."""
    add(program, file, list(table.columns), table.astype(object).values.tolist(), how, package)


def has(*names):
    return all(importlib.util.find_spec(name) for name in names)


TIMES = ["start", "end", "peak_time"]
if has("pandas"):
    import pandas as pd

    table = pd.read_csv(folder / "calls.csv", parse_dates=TIMES)
    frame("pandas", "calls.csv", table, 'read_csv("calls.csv", parse_dates=["start", "end", "peak_time"])')
    table = pd.read_csv(folder / "presence.csv", parse_dates=["start"])
    frame("pandas", "presence.csv", table, 'read_csv("presence.csv", parse_dates=["start"])')
    table = pd.DataFrame(json.load(open(folder / "calls.json"))["calls"])
    for name in TIMES:
        table[name] = pd.to_datetime(table[name])
    frame("pandas", "calls.json", table, 'DataFrame(json.load(open("calls.json"))["calls"])')
    for engine in ["pyarrow", "fastparquet"]:
        if has(engine):
            for file in ["calls.parquet", "scores.parquet"]:
                how = f'read_parquet("{file}", engine="{engine}")'
                try:
                    table = pd.read_parquet(folder / file, engine=engine)
                except NotImplementedError:
                    version = importlib.metadata.version(engine)
                    seen.append({"program": engine, "version": version, "file": file, "how": how,
                                 "refused": True})
                    continue
                if engine == "pyarrow":
                    frame("pandas", file, table, how)
                else:
                    frame("fastparquet", file, table, how)
if has("pyarrow"):
    import pyarrow.parquet as pq

    for file in ["calls.parquet", "scores.parquet"]:
        table = pq.read_table(folder / file)
        rows = list(zip(*[column.to_pylist() for column in table.columns]))
        add("pyarrow", file, table.column_names, rows, f'parquet.read_table("{file}")')
if has("duckdb"):
    import duckdb

    duckdb.sql("SET TimeZone = 'America/Los_Angeles'")
    for file in ["calls.parquet", "scores.parquet", "calls.csv", "presence.csv"]:
        found = duckdb.sql(f"select * from '{folder / file}'")
        columns = [
            "time UTC" if str(type) == "TIMESTAMP WITH TIME ZONE" else str(type) for type in found.types
        ]
        rows = [
            [
                value.astimezone(timezone.utc) if columns[i] == "time UTC" and value else value
                for i, value in enumerate(row)
            ]
            for row in found.fetchall()
        ]
        add("duckdb", file, found.columns, rows, f"select * from '{file}'")
    # A join by time, and a cast: both were wrong while the files did not say UTC.
    joined = duckdb.sql(
        f"select count(*) from '{folder}/calls.csv' c join '{folder}/calls.parquet' p using (start)"
    ).fetchall()[0][0]
    cast = duckdb.sql(
        f"select min(start)::timestamptz = min(start) from '{folder}/calls.parquet'"
    ).fetchall()[0][0]
    add("duckdb", "calls.csv and calls.parquet", ["joined", "cast is the same"], [[joined, cast]],
        "select count(*) from 'calls.csv' join 'calls.parquet' using (start)")
if has("polars"):
    import polars as pl

    for file in ["calls.parquet", "scores.parquet"]:
        table = pl.read_parquet(folder / file)
        add("polars", file, table.columns, table.rows(), f'read_parquet("{file}")')
    for file in ["calls.csv", "presence.csv"]:
        table = pl.read_csv(folder / file, try_parse_dates=True)
        add("polars", file, table.columns, table.rows(), f'read_csv("{file}", try_parse_dates=True)')
    both = pl.read_csv(folder / "calls.csv", try_parse_dates=True).with_columns(
        pl.col("start").dt.cast_time_unit("ms")
    ).join(pl.read_parquet(folder / "calls.parquet"), on="start")
    add("polars", "calls.csv and calls.parquet", ["joined"], [[both.height]], 'join(…, on="start")')

tables = sorted((folder / "calls.raven").glob("*.txt"))
labels = sorted((folder / "calls.audacity").glob("*.txt"))
if has("crowsetta"):
    import crowsetta

    rows = []
    for path in tables:
        for box in crowsetta.formats.bbox.Raven.from_file(path, annot_col="Annotation").to_bbox():
            rows.append([path.name.split(".")[0], box.onset, box.offset, box.low_freq, box.high_freq, box.label])
    add("crowsetta", "calls.raven/", ["recording", "onset", "offset", "low", "high", "label"], rows,
        'formats.bbox.Raven.from_file(path, annot_col="Annotation")')
    rows = []
    for path in labels:
        for segment in crowsetta.formats.seq.AudSeq.from_file(path).to_seq().segments:
            rows.append([path.stem, segment.onset_s, segment.offset_s, segment.label])
    add("crowsetta", "calls.audacity/", ["recording", "onset", "offset", "label"], rows,
        "formats.seq.AudSeq.from_file(path)")
if has("koogu"):
    from koogu.data.annotations import Audacity, Raven

    rows = []
    for path in tables:
        times, frequencies, tags, channels, _ = Raven.Reader(True, "Annotation")(str(path))
        for (onset, offset), (low, high), tag in zip(times, frequencies, tags):
            rows.append([path.name.split(".")[0], float(onset), float(offset), float(low), float(high), tag])
    add("koogu", "calls.raven/", ["recording", "onset", "offset", "low", "high", "label"], rows,
        'data.annotations.Raven.Reader(label_column_name="Annotation")')
    rows = []
    for path in labels:
        times, _, tags, _, _ = Audacity.Reader()(str(path))
        for (onset, offset), tag in zip(times, tags):
            rows.append([path.stem, float(onset), float(offset), tag])
    add("koogu", "calls.audacity/", ["recording", "onset", "offset", "label"], rows,
        "data.annotations.Audacity.Reader()")
if has("sed_eval"):
    import sed_eval

    rows = []
    for path in labels:
        for event in sed_eval.io.load_event_list(str(path)):
            rows.append([path.stem, event.onset, event.offset, event.event_label])
    add("sed_eval", "calls.audacity/", ["recording", "onset", "offset", "label"], rows,
        "io.load_event_list(path)")


def checkout(path, name):
    """A module of a checkout or an installed package, by its file alone."""
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


if "OPENSOUNDSCAPE" in os.environ:
    # Its annotations need nothing of torch but that it can be imported.
    sys.modules.setdefault("torch", types.ModuleType("torch"))
    root = Path(os.environ["OPENSOUNDSCAPE"])
    sys.modules["opensoundscape"] = types.ModuleType("opensoundscape")
    sys.modules["opensoundscape"].__path__ = [str(root)]
    annotations = checkout(root / "annotations.py", "opensoundscape.annotations")
    audio = [path.name.split(".")[0] for path in tables]
    boxed = annotations.BoxedAnnotations.from_raven_files(tables, "Annotation", audio)
    columns = ["audio_file", "start_time", "end_time", "low_f", "high_f", "annotation"]
    renamed = boxed.df[columns].set_axis(["recording", "onset", "offset", "low", "high", "label"], axis=1)
    frame("opensoundscape", "calls.raven/", renamed,
          'BoxedAnnotations.from_raven_files(paths, annotation_column="Annotation")')
if "BIRDNET" in os.environ:
    root = Path(os.environ["BIRDNET"])
    utils = checkout(root / "birdnet_analyzer/evaluation/preprocessing/utils.py",
                     "birdnet_analyzer.evaluation.preprocessing.utils")
    for name in ["", ".evaluation", ".evaluation.preprocessing"]:
        sys.modules["birdnet_analyzer" + name] = types.ModuleType(name)
    processor = checkout(root / "birdnet_analyzer/evaluation/preprocessing/data_processor.py",
                         "birdnet_analyzer.evaluation.preprocessing.data_processor")
    names = {"Start Time": "Begin Time (s)", "End Time": "End Time (s)", "Class": "Annotation",
             "Recording": "Begin File", "Duration": "File Duration (s)"}
    found = processor.DataProcessor(
        str(folder / "calls.raven"), str(folder / "calls.raven"), sample_duration=10.0,
        columns_predictions={**names, "Confidence": "Score"}, columns_annotations=names,
    )
    table = found.predictions_df[["recording_filename", *list(names.values())[:2], "Annotation"]]
    table = table.set_axis(["recording", "onset", "offset", "label"], axis=1)
    frame("birdnet-analyzer", "calls.raven/", table,
          'evaluation: Recording "Begin File", Class "Annotation"', "birdnet-analyzer")

if "SOFFICE" in os.environ:
    # A German spreadsheet takes 36.713 for 36713; told that the file is English it takes it as it is.
    import subprocess
    import tempfile
    import xml.etree.ElementTree as xml

    version = subprocess.run([os.environ["SOFFICE"], "--version"], capture_output=True, text=True).stdout
    german = """<?xml version="1.0" encoding="UTF-8"?>
    <oor:items xmlns:oor="http://openoffice.org/2001/registry">
    <item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
    <value>de-DE</value></prop></item></oor:items>"""
    table_ns = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    office_ns = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    for file in ["calls.csv", "presence.csv", "pamscapes/presence_hourly.csv"]:
        for how, language in [("opened in German", "1031"), ("language English (USA) on import", "1033")]:
            with tempfile.TemporaryDirectory() as place:
                Path(place, "user").mkdir()
                Path(place, "user/registrymodifications.xcu").write_text(german)
                subprocess.run(
                    [os.environ["SOFFICE"], "--headless", f"-env:UserInstallation=file://{place}",
                     f"--infilter=CSV:44,34,76,1,,{language}", "--convert-to", "fods", "--outdir", place,
                     str(folder / file)],
                    check=True, capture_output=True,
                )
                root = xml.parse(Path(place, Path(file).stem + ".fods")).getroot()
            rows = []
            for row in root.iter(f"{table_ns}table-row"):
                cells = []
                for cell in row.iter(f"{table_ns}table-cell"):
                    number = cell.get(f"{office_ns}value")
                    text = "".join(cell.itertext()).strip()
                    value = float(number) if number is not None else text or None
                    cells += [value] * int(cell.get(f"{table_ns}number-columns-repeated", "1"))
                rows.append(cells)
            header = [name for name in rows[0] if name]
            rows = [(row + [None] * len(header))[: len(header)] for row in rows[1:] if row[0]]
            add("LibreOffice", file, header, rows, how, version=version.split()[1])

json.dump(seen, sys.stdout, indent=1, ensure_ascii=False)
print()
