"""Values into a prepared template: runs and paragraphs that look as their placeholder."""

from typing import Any

from stagekit.report.render import word_package
from stagekit.report.render.word_lists import Numbers
from stagekit.report.render.word_prose import ProseWriter
from stagekit.report.render.word_template import Prepared
from stagekit.report.render.word_values import Answer, Namespace, prose_of
from stagekit.report.render.word_xml import (
    Blocks,
    Format,
    Properties,
    Runs,
    escape,
    paragraph,
    reads_rtl,
    run,
    runs,
    special,
)
from stagekit.report.tree import Paragraph, Prose, flat, words


class Filler:
    """What the placeholders of one document call, and the links and numberings they add to it."""

    def __init__(self, template: Prepared, *, own_lists: bool) -> None:
        self.template = template
        self.prose = ProseWriter(template.styles, Numbers(template.lists), own_lists=own_lists)

    def words(self, value: object, format: int, linked: bool) -> Any:
        """Write a value among other words."""
        return _markup(self._runs(value, self.template.formats[format].run, linked=linked))

    def lines(self, value: object, format: int, linked: bool) -> Any:
        """Write a value in place of a paragraph; as many as it has, and never none."""
        look = self.template.formats[format]
        if isinstance(value, Blocks):
            return _markup(value)
        if isinstance(value, Answer) and linked:
            return _markup(self.prose.prose(prose_of(value), look) or paragraph("", look))
        if _is_list(value):
            lines = [self._line(each, look, linked=linked) for each in value]  # type: ignore[attr-defined]
            return _markup("".join(lines) or paragraph("", look))
        return _markup(self._line(value, look, linked=linked))

    def _line(self, value: object, look: Format, *, linked: bool) -> str:
        typed = words(value) if isinstance(value, tuple) else str(value)
        rtl = not isinstance(value, Runs) and reads_rtl(typed)
        return paragraph(self._runs(value, look.run, linked=linked), look, rtl=rtl)

    def _runs(self, value: object, properties: Properties, *, linked: bool) -> str:
        from markupsafe import Markup

        match value:
            case Runs():
                return value
            case Answer():
                return self._flat(prose_of(value), properties, linked=linked)
            case Markup():
                return run(value.unescape(), properties)
            case tuple() if not _is_list(value):
                return self.prose.runs(value, properties, linked=linked)
            case tuple() | list():
                return run("; ".join(str(each) for each in value), properties)
            case _:
                return run(str(value), properties)

    def _flat(self, prose: Prose, properties: Properties, *, linked: bool) -> str:
        """Write an answer on one paragraph, with breaks where it has several."""
        links = self.prose.links if linked else None
        written = []
        for block in prose:
            pieces = block.children if isinstance(block, Paragraph) else flat((block,))
            written.append(runs(pieces, properties, links, self.prose.link_style))
        return special("<w:br/>", properties).join(written)

    def finish(self, parts: dict[str, bytes], added: tuple[str, ...] = ()) -> None:
        """Add the links, the numberings and `added` relationships to the parts of the document."""
        rels = word_package.rels_name(self.template.main)
        links = [
            word_package.relationship(id_, "hyperlink", escape(target), external=True)
            for target, id_ in self.prose.links.ids.items()
        ]
        parts[rels] = word_package.with_children(parts[rels], b"</Relationships>", [*links, *added])
        lists, numbers = self.template.lists.part, self.prose.numbers.added
        if numbers:
            parts[lists] = word_package.with_children(parts[lists], b"</w:numbering>", numbers)


def _is_list(value: object) -> bool:
    """Tell whether a value is a list of values, not the inline pieces of one."""
    if isinstance(value, list):
        return True
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], str | int | Namespace)


def _markup(xml: str) -> Any:
    from markupsafe import Markup

    return Markup(xml)  # noqa: S704 - written by word_xml, which escapes every word
