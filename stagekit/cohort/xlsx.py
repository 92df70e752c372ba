"""Workbooks as Open XML, a row at a time: memory stays small, and the same rows give the same bytes.

Written by hand because openpyxl puts the time of the day into each file and takes ten times as long. Text is
only ever text here: no cell can become a formula, and what XML cannot carry is made visible.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from stagekit.i18n import N_, translate
from stagekit.model.text import visible

Cell = str | int | bool | date | None
"""A date may be a datetime: then it is a moment."""
MAX_CHARACTERS = 32_767
"""What a cell holds."""
_HEADING_HEIGHT = 48
"""Points: three lines."""
_FITS = 230
"""Characters across that can be read on one sheet of paper."""
_EPOCH = datetime(1899, 12, 30)
_MOMENT = (1980, 1, 1, 0, 0, 0)
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_PLAIN, _HEADING, _DATE, _DATETIME, _WRAPPED, _TEXT, _TYPED, _BOOLEAN = range(8)
"""Positions of the styles in `_STYLES`."""
_STYLE_OF = {
    (False, False): _PLAIN, (False, True): _WRAPPED, (True, False): _TEXT, (True, True): _TYPED,
}  # fmt: skip
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, the width in characters, and what may be chosen in its cells (any text where empty)."""

    title: str
    width: float = 12
    choices: tuple[str, ...] = ()
    wrap: bool = False
    text: bool = False
    """Typed in, it stays text: `0123` keeps its zero."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, with headings that stay in sight and filter."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    frozen: int = 1
    """Columns that stay in sight."""
    room: int = 0
    """Rows below the last that the choices also hold for."""


def write_workbook(stream: IO[bytes], sheets: Sequence[Sheet], title: str, language: str) -> None:
    """Write a workbook; `rows` are taken one at a time."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        names = _names(sheets)
        defined: list[str] = []
        for number, sheet in enumerate(sheets, 1):
            with archive.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w") as part:
                text = io.TextIOWrapper(part, encoding="utf-8", newline="\n", write_through=False)
                count = _sheet(text, sheet)
                text.flush()
                text.detach()
            defined += _defined(number - 1, names[number - 1], sheet, count)
        for name, xml in _parts(names, defined, title, language):
            archive.writestr(_entry(name), _HEAD + xml)


def _defined(index: int, name: str, sheet: Sheet, count: int) -> Iterable[str]:
    """Give the names a sheet needs: what is filtered, and what comes back on every sheet of paper."""
    quoted = "'" + name.replace("'", "''") + "'"
    area = f"{quoted}!$A$1:${letters(len(sheet.columns))}${count}"
    titles = f"{quoted}!$A:${letters(max(sheet.frozen, 1))},{quoted}!$1:$1"
    for known, hidden, where in (("_FilterDatabase", ' hidden="1"', area), ("Print_Titles", "", titles)):
        named = f'<definedName name="_xlnm.{known}" localSheetId="{index}"{hidden}>'
        yield f"{named}{escape(where)}</definedName>"


def letters(number: int) -> str:
    """Give the name of a column, counted from 1: `A`, `Z`, `AA`."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell_text(text: str) -> str:
    """Give `text` as a cell can hold it: nothing a workbook cannot carry, and not too long."""
    return visible(text)[:MAX_CHARACTERS]


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _names(sheets: Sequence[Sheet]) -> list[str]:
    """Give titles a workbook takes: at most 31 characters, without the signs it refuses."""
    return [re.sub(r"[\\/*?:\[\]]", " ", visible(sheet.title)).strip("' ")[:31] or "1" for sheet in sheets]


def _sheet(out: io.TextIOWrapper, sheet: Sheet) -> int:
    """Write the XML of one sheet; gives the number of its last row."""
    fit = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' if _fits(sheet) else ""
    out.write(f"{_HEAD}<worksheet {_MAIN}>{fit}{_view(sheet)}")
    out.write('<sheetFormatPr defaultRowHeight="15"/><cols>')
    styles = [_STYLE_OF[column.text, column.wrap] for column in sheet.columns]
    for number, column in enumerate(sheet.columns, 1):
        style = f' style="{styles[number - 1]}"' if styles[number - 1] else ""
        out.write(f'<col min="{number}" max="{number}" width="{column.width}"{style} customWidth="1"/>')
    out.write("</cols><sheetData>")
    titles = [column.title for column in sheet.columns]
    out.write(_row(1, titles, [_HEADING] * len(titles), _HEADING_HEIGHT))
    count = 1
    for count, row in enumerate(sheet.rows, 2):
        out.write(_row(count, row, styles))
    out.write("</sheetData>")
    out.write(_after(sheet, count))
    return count


def _view(sheet: Sheet) -> str:
    across = f' xSplit="{sheet.frozen}"' if sheet.frozen else ""
    pane = "bottomRight" if sheet.frozen else "bottomLeft"
    return (
        f'<sheetViews><sheetView workbookViewId="0"><pane{across} ySplit="1" '
        f'topLeftCell="{letters(sheet.frozen + 1)}2" activePane="{pane}" state="frozen"/>'
        f'<selection pane="{pane}"/></sheetView></sheetViews>'
    )


def _after(sheet: Sheet, count: int) -> str:
    """Write what follows the cells, in the order the standard asks for."""
    xml = f'<autoFilter ref="A1:{letters(len(sheet.columns))}{count}"/>'
    rules = [
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="{name}2:{name}{last}">'
        f"<formula1>{escape(_listed(column.choices))}</formula1></dataValidation>"
        for name, column in ((letters(n), column) for n, column in enumerate(sheet.columns, 1))
        if column.choices and (last := max(count, 2) + sheet.room)
    ]
    if rules:
        xml += f'<dataValidations count="{len(rules)}">{"".join(rules)}</dataValidations>'
    fit = ' fitToWidth="1" fitToHeight="0"' if _fits(sheet) else ""
    return (
        xml
        + '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        + f'<pageSetup paperSize="9" orientation="landscape"{fit}/>'
        f'<ignoredErrors><ignoredError sqref="A1:{letters(len(sheet.columns))}{max(count, 2)}" '
        'numberStoredAsText="1"/></ignoredErrors></worksheet>'
    )


def _fits(sheet: Sheet) -> bool:
    return sum(column.width for column in sheet.columns) <= _FITS


def _listed(choices: Sequence[str]) -> str:
    """Give choices as the list of a rule; a comma would part one choice into two."""
    return '"' + ",".join(choice.replace(",", " ").replace('"', '""') for choice in choices) + '"'


def _row(number: int, cells: Sequence[Cell], styles: Sequence[int], height: int = 0) -> str:
    parts = [f'<row r="{number}" ht="{height}" customHeight="1">' if height else f'<row r="{number}">']
    for index, value in enumerate(cells):
        if value is not None and value != "":
            parts.append(_cell(f"{letters(index + 1)}{number}", value, styles[index]))
    parts.append("</row>")
    return "".join(parts)


def _cell(place: str, value: str | int | bool | date, style: int) -> str:
    if isinstance(value, bool):
        return f'<c r="{place}" s="{_BOOLEAN}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, datetime):
        return f'<c r="{place}" s="{_DATETIME}"><v>{_serial(value):.10f}</v></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="{_DATE}"><v>{_serial(datetime(*value.timetuple()[:3])):.0f}</v></c>'
    styled = f' s="{style}"' if style else ""
    if isinstance(value, int):
        return f'<c r="{place}"{styled}><v>{value}</v></c>'
    text = escape(_CODED.sub("_x005F_", cell_text(value)))
    return f'<c r="{place}"{styled} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _serial(moment: datetime) -> float:
    return (moment - _EPOCH).total_seconds() / 86_400


_STYLES = f"""<styleSheet {_MAIN}><numFmts count="3"><numFmt numFmtId="166" formatCode="@"/>\
<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>\
<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>\
<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>\
<fills count="3"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFE3EFEE"/><bgColor indexed="64"/></patternFill></fill>\
</fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>\
<border><left/><right/><top/><bottom style="medium"><color rgb="FF0A5C63"/></bottom><diagonal/></border>\
</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="8"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" \
applyAlignment="1"><alignment vertical="bottom" wrapText="1"/></xf>\
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">\
<alignment vertical="top" wrapText="1"/></xf>\
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">\
<alignment vertical="top" wrapText="1"/></xf>\
<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


def _parts(
    names: Sequence[str], defined: Sequence[str], title: str, language: str
) -> Iterable[tuple[str, str]]:
    """Give every part of the package but the sheets."""
    numbers = range(1, len(names) + 1)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>'
            for n in numbers
        )
        + "</Types>",
    )
    yield (
        "_rels/.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" '
        f'Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>",
    )
    yield (
        "docProps/core.xml",
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(visible(title))}</dc:title><dc:creator>StageKit</dc:creator>"
        f"<dc:language>{language}</dc:language></cp:coreProperties>",
    )
    listed = "".join(
        f'<sheet name="{_attribute(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1)
    )
    yield (
        "xl/workbook.xml",
        f'<workbook {_MAIN} xmlns:r="{_RELATIONS}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{listed}</sheets>"
        f"<definedNames>{''.join(defined)}</definedNames></workbook>",
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in numbers
        )
        + f'<Relationship Id="rId{len(names) + 1}" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
        "</Relationships>",
    )
    yes, no = (_quoted(f'"{translate(language, word)}"') for word in (N_("yes"), N_("no")))
    yield "xl/styles.xml", _STYLES.replace("@", f"{yes};{yes};{no}")


def _attribute(text: str) -> str:
    return _quoted(text)


def escape(text: str) -> str:
    """Write a text as XML; as xml.sax.saxutils does, whose import brings all of HTTP and TLS along."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    return escape(text).replace('"', "&quot;")
