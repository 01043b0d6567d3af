#!/usr/bin/env python3
"""Writes config/confidence.yaml: how often verdicts were right where the truth is known.

    OIT_ACCURACY_REPORT_ONLY=1 OIT_ACCURACY_CALIBRATION=counts.tsv cargo test --locked --test accuracy
    python3 benches/confidence/confidence.py --source "what was measured" counts.tsv [more.tsv ...] > config/confidence.yaml

A TSV has a line of names and the columns `verdict` (pass, advice, fail, review), `code` or `reason` (the first reason of the verdict's own
level; `-` or nothing where there is none), `likely_score` (100 or 0: the verdict's, or the side that a review leans to), `truth`
(100 or 0) and `count`. The accuracy tests write one (tests/accuracy); `--backtest backtest.json` takes what
`oit-audit backtest … --format json` wrote as well, without reasons: announced results are the better truth, and there are few.

The counts are raw; the program smooths them. Those of a verdict as a whole, which stand for reasons that were not measured, are
summed up from the rest. Standard library only.
"""

import argparse
import csv
import json
import sys
from collections import Counter

VERDICTS = ("pass", "advice", "fail", "review")


def counted(row, where):
    """A row of a TSV as its key, whether it was right, and how often."""
    verdict, code = row["verdict"], row.get("code", row.get("reason", "")).strip()
    likely, truth, count = (int(row[name]) for name in ("likely_score", "truth", "count"))
    if verdict not in VERDICTS or likely not in (0, 100) or truth not in (0, 100) or count < 0:
        sys.exit(f"{where}: not a line of counts: {row}")
    leaned = ("pass" if likely == 100 else "fail") if verdict == "review" else ""
    return (verdict, leaned, "" if code == "-" else code), likely == truth, count


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tsv", nargs="*")
    parser.add_argument("--backtest", action="append", default=[], metavar="JSON")
    parser.add_argument("--source", required=True, help="what was measured, and when")
    args = parser.parse_args()
    right, every = Counter(), Counter()

    def add(key, is_right, count):
        verdict, leaned, code = key
        for of in {(verdict, leaned, code), (verdict, leaned, "")}:
            every[of] += count
            right[of] += count if is_right else 0

    for path in args.tsv:
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                add(*counted(row, path))
    for path in args.backtest:
        with open(path, encoding="utf-8") as file:
            for agency in json.load(file)["agencies"]:
                for item in agency["items"]:
                    if item["verdict"] and item["official_score"] is not None:
                        row = {"verdict": item["verdict"], "code": "", "likely_score": item["likely_score"]}
                        add(*counted(row | {"truth": item["official_score"], "count": 1}, path))

    print("# How often verdicts were right where the truth is known, written by benches/confidence/confidence.py.")
    print("# Most of it is measured on generated sites (tests/accuracy), whose faults come in the numbers that the generator gives")
    print("# them; few official results were at hand. `oit-audit backtest` says how well the confidence holds on announced ones.")
    print("# An entry without `code` is of a verdict with any reason; the program counts one more right and one more wrong to each.")
    print(f"source: {json.dumps(args.source, ensure_ascii=False)}")
    print("measured:")
    # What was never seen still has an entry, so that it has a place in the file: even odds.
    whole = [("pass", ""), ("advice", ""), ("fail", ""), ("review", "pass"), ("review", "fail")]
    for verdict, leaned in whole:
        codes = sorted(code for v, l, code in every if (v, l) == (verdict, leaned) and code)
        for code in ["", *codes]:
            key = (verdict, leaned, code)
            lean = f", leaned: {leaned}" if leaned else ""
            named = f", code: {code}" if code else ""
            print(f"  - {{verdict: {verdict}{lean}{named}, right: {right[key]}, all: {every[key]}}}")


if __name__ == "__main__":
    main()
