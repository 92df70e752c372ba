"""The Report as a Word document, from the template `templates/word/portfolio.docx`."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from stagekit.i18n import translate
from stagekit.report.model import Fact, ImpactFigure, Report
from stagekit.report.render import word_package
from stagekit.report.render.word_blocks import BlockWriter, Picture
from stagekit.report.render.word_lists import Numbers
from stagekit.report.render.word_prose import ProseWriter
from stagekit.report.render.word_template import Prepared
from stagekit.report.render.word_xml import Blocks, Runs, escape, field, paragraph, reads_rtl, run, special
from stagekit.report.tree import words

if TYPE_CHECKING:
    from jinja2 import Environment

LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
_LANG = re.compile(rb'(<w:lang\b[^>]*?\bw:val=")[^"]*')
_THEME_LANG = re.compile(rb'(<w:themeFontLang\b[^>]*?\bw:val=")[^"]*')


def render_docx(report: Report) -> bytes:
    """Give the .docx of a report; the same report always gives the same bytes."""
    template = _template()
    document = _Document(report, template)
    parts = dict(template.parts)
    for name, compiled in template.templates.items():
        parts[name] = compiled.render(document.context()).encode()
    document.finish(parts)
    return word_package.write(parts)


@cache
def _template() -> Prepared:
    from stagekit import resources
    from stagekit.report.render.word_template import prepare

    file = resources.templates_dir() / "word" / "portfolio.docx"
    return prepare(word_package.read(file.read_bytes()), _environment())


def _environment() -> "Environment":
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


class _Document:
    """What the template calls, and what the document needs beside its words."""

    def __init__(self, report: Report, template: Prepared) -> None:
        self.report = report
        self.template = template
        self.prose = ProseWriter(template.styles, Numbers(template.lists))
        self.writer = BlockWriter(report, self.prose, template.width, self._draw)
        ids = [id_ for section in report.sections for id_ in (section.id, *(a.id for a in section.answers))]
        ids += ["sources", *(f"sources-{index}" for index in range(len(report.sources)))]
        self.anchors = {id_: f"_Toc{number:08}" for number, id_ in enumerate(ids, 1)}

    def context(self) -> dict[str, Any]:
        """Give the names a template may use."""
        return {
            "report": self.report,
            "labels": self.report.labels,
            "page_of": self.page_of(),
            "words": self.words,
            "lines": self.lines,
            "facts": self.facts,
            "blocks": lambda answer: Blocks(self.writer.blocks(answer.blocks)),
            "anchor": self.anchor,
            "jump": self.jump,
            "contents": self.contents,
        }

    def words(self, value: object, format: int, linked: bool) -> Any:
        """Write a value among other words."""
        return self._markup(self._runs(value, format, linked=linked))

    def lines(self, value: object, format: int, linked: bool) -> Any:
        """Write a value in place of a paragraph."""
        if isinstance(value, Blocks):
            return self._markup(value)
        plain = words(value) if isinstance(value, tuple) else str(value)
        rtl = not isinstance(value, Runs) and reads_rtl(plain)
        look = self.template.formats[format]
        return self._markup(paragraph(self._runs(value, format, linked=linked), look, rtl=rtl))

    def _runs(self, value: object, format: int, *, linked: bool) -> str:
        properties = self.template.formats[format].run
        if isinstance(value, Runs):
            return value
        if isinstance(value, tuple):
            return self.prose.runs(value, properties, linked=linked)
        return run(str(value), properties)

    @staticmethod
    def _markup(xml: str) -> Any:
        from markupsafe import Markup

        return Markup(xml)  # noqa: S704 - written by word_xml, which escapes every word

    def facts(self, facts: Iterable[Fact]) -> Blocks:
        """Write short answers."""
        return Blocks(self.writer.facts(facts))

    def anchor(self, id_: str) -> Runs:
        """Mark the place that `id_` is about."""
        name = self.anchors[id_]
        number = int(name.removeprefix("_Toc"))
        return Runs(f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>')

    def jump(self, id_: str, text: str) -> Runs:
        """Lead to the place that `id_` is about."""
        inner = run(text, self.prose.link_style)
        return Runs(f'<w:hyperlink w:anchor="{self.anchors[id_]}" w:history="1">{inner}</w:hyperlink>')

    def page_of(self) -> Runs:
        """Write “page x of y” with the numbers as fields."""
        text = translate(self.report.language, "Page {page} of {pages}", page="\ue000", pages="\ue001")
        fields = {"\ue000": field("PAGE", "1"), "\ue001": field("NUMPAGES", "1")}
        parts = re.split("([\ue000\ue001])", text)
        return Runs("".join(fields.get(part) or run(part) for part in parts if part))

    def contents(self) -> Blocks:
        """Write a contents field, filled in already; only Word knows the pages, and adds them on opening."""
        begin = special('<w:fldChar w:fldCharType="begin" w:dirty="true"/>')
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

    def _draw(self, figure: ImpactFigure) -> list[Picture]:
        from stagekit.report.render.figure import impact_svgs

        try:
            from stagekit.report.render.raster import png
        except ImportError:
            return []
        drawings = impact_svgs(figure, self.report.labels, language=self.report.language)
        return [Picture(png(svg, width_px=_PIXELS)) for svg in drawings]

    def finish(self, parts: dict[str, bytes]) -> None:
        """Add to the parts what belongs to the document as a whole."""
        main, language = self.template.main, LANGUAGES[self.report.language].encode()
        rels = word_package.rels_name(main)
        added = [
            word_package.relationship(id_, "hyperlink", escape(target), external=True)
            for target, id_ in self.prose.links.ids.items()
        ]
        for number, picture in enumerate(self.writer.pictures, 1):
            parts[f"word/media/figure{number}.png"] = picture.png
            added.append(
                word_package.relationship(f"rIdPicture{number}", "image", f"media/figure{number}.png")
            )
        parts[rels] = word_package.with_children(parts[rels], b"</Relationships>", added)
        lists = self.template.lists.part
        parts[lists] = word_package.with_children(parts[lists], b"</w:numbering>", self.prose.numbers.added)
        for name, pattern in (("word/styles.xml", _LANG), ("word/settings.xml", _THEME_LANG)):
            parts[name] = pattern.sub(rb"\g<1>" + language, parts[name])
        parts[word_package.CORE] = core_properties(properties_of(self.report))


_PIXELS = 1_600
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


def core_properties(values: Mapping[str, str]) -> bytes:
    """Write the part with the document properties: no dates, no names but those given."""
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in values.items() if value)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        "<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{inner}</cp:coreProperties>'
    ).encode()
