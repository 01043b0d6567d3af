"""Reads a memo as python-docx does and prints what is in it as JSON: memo.py MEMO.docx

Fails where the elements of a part are not in the order that ECMA-376 gives them: Word refuses such a file, and python-docx
and LibreOffice do not.
"""

import json
import sys
import zipfile

import docx
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# The sequences of the schema, of what a memo has.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore tabs spacing ind jc outlineLvl sectPr",
    "rPr": "rStyle rFonts b bCs i iCs sz szCs u lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "tcPr": "tcW gridSpan tcBorders shd vAlign",
    "sectPr": "headerReference pgSz pgMar pgNumType cols titlePg",
    "style": "name basedOn uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "styles": "docDefaults style",
    "docDefaults": "rPrDefault pPrDefault",
    "settings": "zoom defaultTabStop compat themeFontLang decimalSymbol listSeparator",
    "compat": "applyBreakingRules compatSetting",
    "font": "altName charset family pitch",
}


def check_order(part, root):
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if not element.tag.startswith(W) or name not in ORDER:
            continue
        order = ORDER[name].split()
        children = [etree.QName(child).localname for child in element]
        places = [order.index(child) for child in children]
        if places != sorted(places):
            sys.exit(f"{part}: {name} has {children}")


path = sys.argv[1]
with zipfile.ZipFile(path) as package:
    assert package.testzip() is None
    roots = {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith((".xml", ".rels"))}
for part, root in roots.items():
    check_order(part, root)

document = docx.Document(path)
section = document.sections[0]
fonts = roots["word/styles.xml"].find(f".//{W}rPrDefault/{W}rPr/{W}rFonts")
language = roots["word/styles.xml"].find(f".//{W}rPrDefault/{W}rPr/{W}lang")
number = roots["word/document.xml"].find(f".//{W}pgNumType")

# The section of each table: a section's properties stand in its last paragraph, those of the last one after it.
sections, section_of, at = list(document.sections), {}, 0
for block in document.element.body:
    section_of[block] = sections[at]
    at += block.find(f"{W}pPr/{W}sectPr") is not None


def text_width(section):
    return section.page_width - section.left_margin - section.right_margin


def across(section):
    return section.page_width > section.page_height


tables = []
for table in document.tables:
    its_section = section_of[table._tbl]
    rows = table.rows
    repeated = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    tables.append({
        "head": [cell.text for cell in rows[0].cells],
        "rows": [[cell.text for cell in row.cells] for row in rows][1:],
        "repeated": repeated.count(True),
        "width": sum(column.width for column in table.columns),
        "text_width": text_width(its_section),
        "across": across(its_section),
    })
print(json.dumps({
    "paragraphs": [paragraph.text for paragraph in document.paragraphs],
    "tables": tables,
    "fonts": sorted(set(fonts.attrib.values())),
    "like_it": roots["word/fontTable.xml"].find(f".//{W}altName").get(f"{W}val").split(","),
    "language": language.get(f"{W}bidi"),
    "numbers": number.get(f"{W}fmt"),
    "header": [paragraph.text for paragraph in section.header.paragraphs],
    "across": [across(section) for section in sections],
    "margins_cm": [round(margin.cm, 1) for margin in (section.left_margin, section.right_margin)],
    "pictures": len(document.inline_shapes),
    "title": document.core_properties.title,
}, ensure_ascii=False))
