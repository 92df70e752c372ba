"""Tables in Word: rows that stay whole, a header that comes back on each page, widths that fit the words."""

import re
from collections.abc import Sequence

from stagekit.report.render.word_xml import escape, style

TALL = 700
"""Characters in a cell from which its row may break over pages: it could be higher than a page."""
_LEAST = 700
"""Twips a column has at least."""
_LETTER = 108
"""Twips of a letter in the text of a table, about."""
_STEP = 120
_LONGEST = 22
"""Letters of a word that a column makes room for; a longer word is broken."""
_SHORT = 28
"""Letters of a text that is to stand on two lines at most, such as a date and a time."""


def table(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], *, look: str | None,
          caption: str, tall: Sequence[bool] = ()) -> str:  # fmt: skip
    """Write a table of cells that are paragraphs as XML; `tall` says which rows may break over pages."""
    properties = (
        "".join(xml for _name, xml in style("tblStyle", look))
        + f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        'w:noHBand="0" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escape(caption)}"/>'
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    written = [_row(head, widths, "<w:cantSplit/><w:tblHeader/>")] if head else []
    for index, row in enumerate(rows):
        breaks = index < len(tall) and tall[index]
        written.append(_row(row, widths, "" if breaks else "<w:cantSplit/>"))
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(written)}</w:tbl>"


def _row(cells: Sequence[str], widths: Sequence[int], properties: str) -> str:
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>" if properties else f"<w:tr>{inner}</w:tr>"


def column_widths(columns: Sequence[Sequence[str]], total: int) -> list[int]:
    """Share `total` twips among columns, given the texts of each: room for words first, then for length."""
    widths = [_least(texts) for texts in columns]
    if sum(widths) >= total:
        widths = [width * total // sum(widths) for width in widths]
    else:
        fair = [max(width, _in_two(texts)) for width, texts in zip(widths, columns, strict=True)]
        widths = fair if sum(fair) <= total else widths
    wanted = [_wanted(texts) for texts in columns]
    while (left := total - sum(widths)) > 0:
        neediest = max(range(len(widths)), key=lambda i: wanted[i] / widths[i])
        widths[neediest] += min(_STEP, left)
    return widths


def _least(texts: Sequence[str]) -> int:
    longest = max((len(word) for text in texts for word in re.split(r"[\s/-]+", text)), default=0)
    return max(_LEAST, min(longest, _LONGEST) * _LETTER + 200)


def _in_two(texts: Sequence[str]) -> int:
    """Give the width in which short texts take two lines; 0 where there is a longer one."""
    if max(map(len, texts), default=0) > _SHORT:
        return 0
    return max((_half(text.split()) for text in texts), default=0) * _LETTER + 200


def _half(words: Sequence[str]) -> int:
    """Give the letters of the longer line where words are cut in two lines as evenly as can be."""
    cuts = range(1, len(words) + 1)
    return min((max(len(" ".join(words[:cut])), len(" ".join(words[cut:]))) for cut in cuts), default=0)


def _wanted(texts: Sequence[str]) -> float:
    """Give the length that rules how high rows become: between that of the longest text and the mean."""
    lengths = [len(text) + 4 for text in texts]
    return min(max(lengths), 400) + sum(lengths) / len(lengths)
