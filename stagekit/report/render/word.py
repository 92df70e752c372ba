"""The Report as a Word document, from the template `templates/word/portfolio.docx`."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from stagekit.checks.consent import Reader
from stagekit.report.model import Answer, Fact, ImpactFigure, Report
from stagekit.report.render import word_package
from stagekit.report.render.word_blocks import BlockWriter, Picture
from stagekit.report.render.word_own import LANGUAGES, OwnDocument, own_template
from stagekit.report.render.word_xml import Blocks, Runs, paragraph, run, special
from stagekit.report.tree import words

if TYPE_CHECKING:
    from stagekit.report.feedback_model import Remark


def render_docx(report: Report) -> bytes:
    """Give the .docx of a report; the same report always gives the same bytes."""
    document = _Portfolio(report)
    return document.render(document.context(), properties_of(report))


def load() -> None:
    """Load what every document needs; without, that is done when the first is made."""
    own_template(_TEMPLATE)


_TEMPLATE = "portfolio.docx"


class _Portfolio(OwnDocument):
    """What the template calls, and what the document needs beside its words."""

    def __init__(self, report: Report) -> None:
        super().__init__(_TEMPLATE, report.language)
        self.report = report
        self.writer = BlockWriter(report, self.prose, self.template.width, partial(_drawn, report))
        ids = [id_ for section in report.sections for id_ in (section.id, *(a.id for a in section.answers))]
        ids += ["sources", *(f"sources-{index}" for index in range(len(report.sources)))]
        self.anchors = {id_: f"_Toc{number:08}" for number, id_ in enumerate(ids, 1)}

    def context(self) -> dict[str, Any]:
        """Give the names the template may use."""
        return {
            "report": self.report,
            "labels": self.report.labels,
            "facts": self.facts,
            "blocks": self.answer,
            "remarks": self.remarks,
            "anchor": self.anchor,
            "jump": self.jump,
            "contents": self.contents,
        }

    def facts(self, facts: Iterable[Fact]) -> Blocks:
        """Write short answers."""
        return Blocks(self.writer.facts(facts))

    def answer(self, answer: Answer) -> Blocks:
        """Write an answer, and what was said of it."""
        return Blocks(self.writer.blocks(answer.blocks) + self.remarks(answer.feedback))

    def remarks(self, found: "tuple[Remark, ...]") -> Blocks:
        """Write what reviewers said."""
        if not found:
            return Blocks()
        from stagekit.report.render.word_remarks import remarks

        return Blocks(remarks(self.prose, found))

    def anchor(self, id_: str) -> Runs:
        """Mark the place that `id_` is about."""
        name = self.anchors[id_]
        number = int(name.removeprefix("_Toc"))
        return Runs(f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>')

    def jump(self, id_: str, text: str) -> Runs:
        """Lead to the place that `id_` is about."""
        inner = run(text, self.prose.link_style)
        return Runs(f'<w:hyperlink w:anchor="{self.anchors[id_]}" w:history="1">{inner}</w:hyperlink>')

    def contents(self) -> Blocks:
        """Write a contents field, filled in already; only Word knows the pages.

        It asks the student, who finishes the document, whether it may add them. Whoever is sent one to read
        is asked nothing: the lines lead to their places, and Word's own “Update table” still adds the pages.
        """
        stale = ' w:dirty="true"' if self.report.reader == Reader.STUDENT.value else ""
        begin = special(f'<w:fldChar w:fldCharType="begin"{stale}/>')
        code = special('<w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText>')
        lines = list(self._entries())
        first, *rest = [
            paragraph((begin + code + special(_SEPARATE) if i == 0 else "") + entry, self.prose.style(style))
            for i, (style, entry) in enumerate(lines)
        ] or [paragraph(begin + code + special(_SEPARATE))]
        last = paragraph(special(_END), self.prose.style("table gap"))
        inner = "".join([first, *rest, last])
        return Blocks(f"<w:sdt>{_GALLERY}<w:sdtContent>{inner}</w:sdtContent></w:sdt>")

    def _entries(self) -> Iterable[tuple[str, str]]:
        for section in self.report.sections:
            yield "toc 1", self._entry(section.id, f"{section.number}. {section.title}")
            for answer in section.answers:
                yield "toc 2", self._entry(answer.id, f"{answer.number} {answer.label}")
        if self.report.sources:
            yield "toc 1", self._entry("sources", self.report.labels.sources)
            for index, group in enumerate(self.report.sources):
                yield "toc 2", self._entry(f"sources-{index}", group.title)

    def _entry(self, id_: str, text: str) -> str:
        anchor = self.anchors[id_]
        return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{run(text)}</w:hyperlink>'

    def pictures(self, parts: dict[str, bytes]) -> tuple[str, ...]:
        """Add the figures to the parts."""
        added = []
        for number, picture in enumerate(self.writer.pictures, 1):
            parts[f"word/media/figure{number}.png"] = picture.png
            added.append(
                word_package.relationship(f"rIdPicture{number}", "image", f"media/figure{number}.png")
            )
        return tuple(added)


def _drawn(report: Report, figure: ImpactFigure) -> list[Picture]:
    from stagekit.report.render.figure import impact_svgs
    from stagekit.report.render.raster import png

    drawings = impact_svgs(figure, report.labels, language=report.language)
    try:
        return [Picture(png(svg, width_px=_PIXELS)) for svg in drawings]
    except ImportError:  # no Typst on this system: the same as a table
        return []


_PIXELS = 1_000
"""Of a figure across the page: 160 to the inch, which prints well."""
_GALLERY = (
    '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
    "</w:sdtPr>"
)
_SEPARATE = '<w:fldChar w:fldCharType="separate"/>'
_END = '<w:fldChar w:fldCharType="end"/>'


def properties_of(report: Report) -> dict[str, str]:
    """Give the document properties: what the cover says and nothing else."""
    return {
        "dc:title": f"{report.cover.subtitle}: {report.cover.title}",
        "dc:creator": words(report.cover.student),
        "dc:language": LANGUAGES[report.language],
    }
