"""What tests of Word documents share: parts, words and headings of a .docx; a template from paragraphs."""

import io
import zipfile

from docx import Document
from lxml import etree

from stagekit.report.render import word_package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def body(data: bytes):
    return etree.fromstring(parts(data)["word/document.xml"])


def text_of(paragraph) -> str:
    """Give the words of a paragraph; a tab and a break as one blank."""
    pieces = []
    for element in paragraph.iter(W + "t", W + "br", W + "tab"):
        if element.tag == W + "t":
            pieces.append(element.text or "")
        elif element.getparent().tag == W + "r":
            pieces.append(" ")
    return "".join(pieces)


def words(data: bytes) -> list[str]:
    """Give the words of each paragraph of the document that has any."""
    return [text for text in map(text_of, body(data).iter(W + "p")) if text]


def headings(data: bytes) -> list[tuple[int, str]]:
    """List level and words of the headings that python-docx finds."""
    return [
        (int(p.style.name[-1]), p.text)
        for p in Document(io.BytesIO(data)).paragraphs
        if p.style.name.startswith("Heading ")
    ]


def fields(data: bytes) -> list[str]:
    """List the first words of all fields, in any part."""
    found = []
    for name, part in parts(data).items():
        if name.endswith(".xml"):
            found += [e.text.split()[0] for e in etree.fromstring(part).iter(W + "instrText")]
    return found


def style_of(paragraph) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(W + "val")


def paragraph(*runs: str, properties: str = "") -> str:
    inner = "".join(f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def table(*rows: list[str]) -> str:
    """Write a table of cells with the given words, a paragraph a line."""
    cells = [["".join(map(paragraph, cell.splitlines())) for cell in row] for row in rows]
    lines = "".join("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in cells)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{lines}</w:tbl>"


def template(content: str, extra: dict[str, str] | None = None, rels: str = "", types: str = "",
             main_type: str = _TYPE) -> bytes:  # fmt: skip
    """Make the smallest Word file there is, with `content` as its body."""
    relationships = word_package.RELATIONSHIPS
    files = {
        "[Content_Types].xml": f'<Types xmlns="{word_package.CONTENT_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{relationships}"><Relationship Id="rId1" '
        f'Type="{word_package.R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{relationships}">{rels}</Relationships>',
        "word/document.xml": f"<w:document {_NAMES}><w:body>{content}</w:body></w:document>",
    } | (extra or {})
    return word_package.write({name: text.encode() for name, text in files.items()})


def part(tag: str, content: str) -> str:
    """Write a part such as `w:hdr`."""
    return f"<{tag} {_NAMES}>{content}</{tag}>"
