"""Reads a workbook by openpyxl and prints as JSON what is in it: every cell with its type, links, filters, panes, print."""
import json
import sys

import openpyxl


def link(cell):
    to = cell.hyperlink
    return None if to is None else to.target + (f"#{to.location}" if to.location else "")


book = openpyxl.load_workbook(sys.argv[1])
sheets = []
for sheet in book.worksheets:
    cells = []
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None:
                continue
            cells.append(
                {
                    "at": cell.coordinate,
                    "row": cell.row - 1,
                    "column": cell.column - 1,
                    "type": cell.data_type,
                    "value": cell.value.isoformat() if cell.is_date else cell.value,
                    "format": cell.number_format,
                    "quoted": bool(cell.quotePrefix),
                    "link": link(cell),
                    "font": cell.font.name,
                }
            )
    sheets.append(
        {
            "name": sheet.title,
            "filter": sheet.auto_filter.ref,
            "frozen": sheet.freeze_panes,
            "repeated": sheet.print_title_rows,
            "paper": sheet.page_setup.paperSize,
            "orientation": sheet.page_setup.orientation,
            "fits": [sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight],
            "cells": cells,
        }
    )
json.dump({"created": book.properties.created.isoformat(), "names": list(book.defined_names), "sheets": sheets}, sys.stdout)
