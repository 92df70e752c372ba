"""What reviewers said, in a Word document: set in, with a line beside it, its lists too."""

from collections.abc import Iterable

from stagekit.report.feedback_model import Remark
from stagekit.report.render.word_prose import ProseWriter, indent
from stagekit.report.render.word_xml import BOLD, Format, merged, paragraph, reads_rtl, run, special

_LEFT, _REPLY = 240, 300
"""Twips that feedback stands in, and a reply further."""
_LINE = 40
"""Twips from the margin to the line; Word measures it from the words, in points, at most 31."""
_SMALL = (("sz", '<w:sz w:val="20"/>'), ("szCs", '<w:szCs w:val="20"/>'))
"""The size of the style Feedback, for lists, which have a style of their own."""


def remarks(prose: ProseWriter, found: Iterable[Remark]) -> str:
    """Write remarks in order; nothing for none."""
    return "".join(_remark(prose, remark) for remark in found)


def _remark(prose: ProseWriter, remark: Remark) -> str:
    look = prose.style("feedback")
    head = run(remark.heading, BOLD)
    if remark.standing:
        head += special("<w:br/>") + run(" · ".join(remark.standing))
    said = bool(remark.prose or remark.reply)
    top = look.with_paragraph(("spacing", '<w:spacing w:before="180" w:after="40"/>'))
    parts = [paragraph(head, _kept(top) if said else top, rtl=reads_rtl(remark.heading))]
    parts.append(_Aside(prose, _LEFT).prose(remark.prose, look))
    if remark.reply:
        aside = _Aside(prose, _LEFT + _REPLY)
        stands = aside.stands(look)
        parts.append(paragraph(run(remark.reply_label, BOLD), _kept(stands)))
        parts.append(aside.prose(remark.reply, stands))
    return "".join(parts)


def _kept(look: Format) -> Format:
    return look.with_paragraph(("keepNext", "<w:keepNext/>"))


class _Aside(ProseWriter):
    """Writes into the same document as `prose`, `left` twips further in."""

    def __init__(self, prose: ProseWriter, left: int) -> None:
        super().__init__(prose.styles, prose.numbers, own_lists=prose.own_lists)
        self.links = prose.links
        self.left = left

    def stands(self, format: Format) -> Format:
        """Give `format` where this stands."""
        return self._standing(format, 0)

    def _look(self, kind: str, format: Format, level: int) -> Format:
        own = super()._look(kind, format, level)
        look = Format(own.paragraph, merged(own.run, _SMALL))
        return self._standing(look, self._left(kind, level), self._left(kind, 0))

    def _standing(self, format: Format, left: int, hanging: int = 0) -> Format:
        left += self.left
        space = min(31, (left - hanging - _LINE) // 20)
        border = f'<w:left w:val="dotted" w:sz="12" w:space="{space}" w:color="0F4C5C"/>'
        return format.with_paragraph(indent(left, hanging), ("pBdr", f"<w:pBdr>{border}</w:pBdr>"))
