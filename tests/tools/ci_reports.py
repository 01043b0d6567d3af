"""Reads the reports that a build shows with programs that nobody here wrote, and prints what they understand as JSON.

    ci_reports.py REPORT.md REPORT.junit.xml REPORT.sarif
"""

import json
import re
import sys

import cmarkgfm
import junitparser
from cmarkgfm.cmark import Options
from lxml import html
from sarif import loader

markdown, junit, sarif = sys.argv[1:]

with open(markdown, encoding="utf-8") as file:
    source = file.read()
# As GitHub does: tables and the rest of its Markdown, addresses linked, raw HTML let through.
page = html.fromstring("<div>" + cmarkgfm.github_flavored_markdown_to_html(source, Options.CMARK_OPT_UNSAFE) + "</div>")
elements = sorted({element.tag for element in page.iter() if isinstance(element.tag, str)})
links = [(link.get("href"), link.text_content()) for link in page.iter("a")]
tables = [[len(row.findall("td") + row.findall("th")) for row in table.iter("tr")] for table in page.iter("table")]
text = page.text_content()
# Neither GitHub nor GitLab looks for mentions and references within a link.
outside = " ".join(page.xpath("descendant-or-self::text()[not(ancestor::a)]"))

cases = []
for suite in junitparser.JUnitXml.fromfile(junit):
    for case in suite:
        results = [type(result).__name__ for result in case.result]
        cases.append({"suite": suite.name, "name": case.name, "results": results, "file": case._elem.get("file")})

read = loader.load_sarif_file(sarif)
records = [
    {key.lower(): record[key] for key in ("Severity", "Location", "Line", "Code")} for record in read.get_records()
]

json.dump({
    "markdown": {
        "characters": len(source),
        "elements": elements,
        "attributes": sorted({name for element in page.iter() if isinstance(element.tag, str) for name in element.keys()}),
        "links": links,
        "tables": tables,
        "mentions": re.findall(r"(?<![\w&])[@#]\w+|\bGH-\d+", outside),
        "text": text,
    },
    "junit": cases,
    "sarif": records,
}, sys.stdout)
