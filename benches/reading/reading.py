#!/usr/bin/env python3
"""Precision and recall of what `oit-audit read` finds in documents with known content, per format.

A truth set is a folder with `truth/*.txt` (the text of each document), `truth/phrases.json` (the phrases to look for) and a
folder for each format, whose files start with a document's name; further `real/` with `labels.jsonl` (of real documents:
`phrases`, `years` that they are about, `cited_years`) and `malformed/`. A phrase counts as found where it stands in the text
after folding: Thai digits to Arabic, NFC, nikhahit and sara aa to sara am, invisible characters and spaces removed.

    cargo build --release
    benches/reading/reading.py TRUTHSET [--program target/release/oit-audit] [--only scan200,real] [--verbose]
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
INVISIBLE = re.compile(r"[\s\u200b-\u200d\u2060\ufeff\u00ad]+")
YEAR = re.compile(r"(?<!\d)25\d\d(?!\d)")


def fold(text):
    text = unicodedata.normalize("NFC", text.translate(DIGITS))
    text = re.sub("\u0e4d([\u0e48-\u0e4b]?)\u0e32", "\\1\u0e33", text)
    text = re.sub("\u0e33([\u0e48-\u0e4b])", "\\1\u0e33", text)
    return INVISIBLE.sub("", text).lower()


def read(program, path, limit=600):
    """What the program says of a file: its JSON (None where it failed), seconds, exit code."""
    begun = time.monotonic()
    try:
        done = subprocess.run([program, "read", "--format", "json", path], capture_output=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return None, limit, "hangs"
    try:
        seen = json.loads(done.stdout)
    except ValueError:
        seen = None
    return seen, time.monotonic() - begun, done.returncode


class Count:
    """How much of what is there was found, and how much of what was found is there."""

    def __init__(self):
        self.true = self.found = self.both = 0
        self.wrong = []

    def add(self, true, found, name):
        self.true, self.found, self.both = self.true + len(true), self.found + len(found), self.both + len(true & found)
        self.wrong += [(name, "missing", one) for one in sorted(true - found)]
        self.wrong += [(name, "false", one) for one in sorted(found - true)]

    def __str__(self):
        share = lambda part, whole: f"{part / whole:.3f}" if whole else "–"
        return f"{share(self.both, self.found)} / {share(self.both, self.true)}"


def generated(args, folder, truths, phrases):
    wanted, years = Count(), Count()
    took = files = 0
    for path in sorted(folder.iterdir()):
        name = next((name for name in truths if path.name.startswith(name)), None)
        if name is None:
            continue
        seen, spent, _ = read(args.program, path)
        took, files = took + spent, files + 1
        # Of a scan, the picture beside it is the first page only.
        if path.suffix == ".jpg":
            continue
        text = fold(seen["text"]) if seen else ""
        truth = fold(truths[name])
        wanted.add({p for p in phrases if fold(p) in truth}, {p for p in phrases if fold(p) in text}, path.name)
        printed = {int(year) for year in YEAR.findall(truths[name].translate(DIGITS))}
        years.add(printed, {one["year"] for one in seen["years"]} if seen else set(), path.name)
    if files:
        print(f"| {folder.name} | {files} | {wanted} | {years} | {took / files:.2f} |", flush=True)
        if args.verbose:
            for name, what, one in wanted.wrong + years.wrong:
                print(f"    {name}: {what} {one}")


def real(args, folder):
    rows = {}
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        seen, _, _ = read(args.program, folder / label["file"])
        text = fold(seen["text"]) if seen else ""
        content = {one["year"] for one in seen["years"] if one["role"] == "content"} if seen else set()
        row = rows.setdefault(label["kind"], [0, 0, 0, 0, 0, 0, 0])
        missing = [p for p in label["phrases"] if fold(p) not in text]
        cited = [year for year in label["cited_years"] if year in content]
        extra = content - set(label["years"]) - set(label["cited_years"])
        lost = [year for year in label["years"] if year not in content]
        row[0] += 1
        row[1] += len(label["phrases"]) - len(missing)
        row[2] += len(label["phrases"])
        row[3] += len(label["years"]) - len(lost)
        row[4] += len(label["years"])
        row[5] += len(cited)
        row[6] += len(label["cited_years"])
        if args.verbose:
            for what, all_of_them in [("no phrase", missing), ("no year", lost), ("cited as content", cited), ("extra", extra)]:
                for one in sorted(all_of_them):
                    print(f"    {label['file']}: {what} {one}")
    print("\n| real documents | files | phrases | content years | cited taken for content |\n|---|---|---|---|---|")
    for kind, (files, phrases, all_phrases, years, all_years, cited, all_cited) in rows.items():
        print(f"| {kind} | {files} | {phrases}/{all_phrases} | {years}/{all_years} | {cited}/{all_cited} |", flush=True)


def malformed(args, folder):
    slowest, codes = 0.0, {}
    for path in sorted(folder.iterdir()):
        seen, took, code = read(args.program, path, limit=120)
        codes[code] = codes.get(code, 0) + 1
        slowest = max(slowest, took)
        if args.verbose or seen is None:
            print(f"    {path.name}: exit {code}, {seen and seen['readability']}, {took:.1f} s, {seen and seen['notes']}")
    print(f"\nmalformed: exit codes {codes}; slowest {slowest:.1f} s", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("truthset", type=Path)
    parser.add_argument("--program", default="target/release/oit-audit")
    parser.add_argument("--only", default="", help="folders, separated by commas")
    parser.add_argument("--verbose", action="store_true", help="name what is missing and what is false")
    args = parser.parse_args()
    os.environ["NO_COLOR"] = "1"
    only = set(filter(None, args.only.split(",")))
    listed = json.loads((args.truthset / "truth/phrases.json").read_text(encoding="utf-8"))
    phrases = sorted(set(listed["phrases"]) | set(listed.get("items", [])))
    truths = {path.stem: path.read_text(encoding="utf-8") for path in (args.truthset / "truth").glob("*.txt")}
    print("| format | files | phrases, precision / recall | years, precision / recall | seconds a file |\n|---|---|---|---|---|")
    folders = [folder for folder in sorted(args.truthset.iterdir()) if folder.is_dir()]
    if only:
        folders = [folder for folder in folders if folder.name in only]
    for folder in folders:
        if folder.name not in {"truth", "real", "malformed", "pdf_big"}:
            generated(args, folder, truths, phrases)
    if args.truthset / "malformed" in folders:
        malformed(args, args.truthset / "malformed")
    if args.truthset / "real" in folders:
        real(args, args.truthset / "real")
    return 0


if __name__ == "__main__":
    sys.exit(main())
