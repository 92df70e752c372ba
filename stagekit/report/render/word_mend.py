"""What loops and conditions leave behind in a filled-in part, put right so that Word opens it."""

from typing import Any

from stagekit.report.render.word_package import W

_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_NEEDS_PARAGRAPH = ("tc", "hdr", "ftr", "txbxContent", "footnote", "endnote")


def mended(root: Any) -> Any:
    """Give the part with a paragraph in every cell, no table without rows, and every id once."""
    from lxml import etree

    for table in list(root.iter(_q("tbl"))):
        if table.find(f".//{_q('tr')}") is None:
            table.getparent().remove(table)
    for name in _NEEDS_PARAGRAPH:
        for element in root.iter(_q(name)):
            last = element[-1] if len(element) else None
            if last is None or last.tag not in (_q("p"), _q("sdt")):
                etree.SubElement(element, _q("p"))
    for number, drawing in enumerate(root.iter(_DRAWING), 1):
        drawing.set("id", str(number))
    _unique(root)
    return root


def _unique(root: Any) -> None:
    """Take away what a loop repeated: ids of paragraphs, bookmarks of the same name."""
    seen: set[str] = set()
    for paragraph in root.iter(_q("p"), _q("tr")):
        id_ = paragraph.get(_PARAGRAPH_ID)
        if id_ in seen:
            del paragraph.attrib[_PARAGRAPH_ID]
        elif id_:
            seen.add(id_)
    names: set[str] = set()
    dropped = 0
    for mark in list(root.iter(_q("bookmarkStart"), _q("bookmarkEnd"))):
        if mark.tag == _q("bookmarkStart"):
            name = mark.get(_q("name"), "")
            if name in names:
                mark.getparent().remove(mark)
                dropped += 1
            names.add(name)
    if dropped:
        _drop_ends(root)


def _drop_ends(root: Any) -> None:
    starts = [mark.get(_q("id")) for mark in root.iter(_q("bookmarkStart"))]
    for mark in list(root.iter(_q("bookmarkEnd"))):
        if mark.get(_q("id")) in starts:
            starts.remove(mark.get(_q("id")))
        else:
            mark.getparent().remove(mark)


def _q(name: str) -> str:
    return f"{{{W}}}{name}"
