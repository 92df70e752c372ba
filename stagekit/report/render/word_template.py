"""A Word template made ready: parsed and compiled once, rendered any number of times."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stagekit.report.render import word_lists, word_package
from stagekit.report.render.word_package import BadPackage, W, parse
from stagekit.report.render.word_tags import Converter
from stagekit.report.render.word_xml import Format

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_RENDERED = ("/officeDocument", "/header", "/footer", "/footnotes", "/endnotes")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A template that can be rendered any number of times."""

    parts: Mapping[str, bytes]
    templates: Mapping[str, "Template"]
    formats: tuple[Format, ...]
    main: str
    styles: Mapping[str, str]
    """Name of a style, in lower case, to its id, which Word writes in its own language."""
    lists: word_lists.Lists
    width: int
    """Of the text on a page, in twips."""


def prepare(parts: dict[str, bytes], environment: "Environment") -> Prepared:
    """Compile the template that consists of `parts`; raises BadPackage or a Jinja error."""
    parts = dict(parts)
    main = main_part(parts)
    if word_package.rels_name(main) not in parts:
        raise BadPackage("zip")
    _normalise(parts, word_package.rels_name(main))
    _add_png(parts)
    rendered = [main, *_related(parts, main)]
    styles_name = next(iter(_related(parts, main, ("/styles",))), None)
    styles = parse(parts[styles_name] if styles_name else f'<w:styles xmlns:w="{W}"/>'.encode())
    lists = word_lists.prepare(parts, main, styles)
    width = _text_width(parse(parts[main]))
    formats: list[Format] = []
    templates = {}
    for name in rendered:
        source = Converter(parse(parts[name]), formats, links=name == main).source()
        templates[name] = environment.from_string(source)
    return Prepared(parts, templates, tuple(formats), main, _style_ids(styles), lists, width)


def main_part(parts: Mapping[str, bytes]) -> str:
    """Give the name of the part that is the document itself."""
    if "_rels/.rels" not in parts or word_package.TYPES not in parts:
        raise BadPackage("zip")
    for rel in parse(parts["_rels/.rels"]):
        if rel.get("Type", "").endswith("/officeDocument"):
            name = word_package.resolve("", rel.get("Target", ""))
            if name in parts and parse(parts[name]).tag == _q("document"):
                return name
    raise BadPackage("word")


def _q(name: str) -> str:
    return f"{{{W}}}{name}"


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _related(parts: Mapping[str, bytes], main: str, kinds: tuple[str, ...] = _RENDERED) -> list[str]:
    rels = parse(parts[word_package.rels_name(main)])
    names = [
        word_package.resolve(main, rel.get("Target", ""))
        for rel in rels
        if rel.get("TargetMode") != "External" and rel.get("Type", "").endswith(kinds)
    ]
    return [name for name in dict.fromkeys(names) if name in parts]


def _normalise(parts: dict[str, bytes], rels_name: str) -> None:
    """Write relationships and content types without prefixes, so that more can be added as text."""
    for name, namespace, root in (
        (rels_name, word_package.RELATIONSHIPS, "Relationships"),
        (word_package.TYPES, word_package.CONTENT_TYPES, "Types"),
    ):
        old = parse(parts[name])
        children = "".join(_element(child) for child in old)
        parts[name] = f'<{root} xmlns="{namespace}">{children}</{root}>'.encode()


def _element(element: Any) -> str:
    from html import escape  # that of xml.sax brings all of HTTP and TLS along

    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.attrib.items())
    return f"<{_local(element)}{attributes}/>"


def _add_png(parts: dict[str, bytes]) -> None:
    types = parts[word_package.TYPES]
    if b'Extension="png"' not in types:
        at = types.index(b">") + 1
        default = b'<Default Extension="png" ContentType="image/png"/>'
        parts[word_package.TYPES] = types[:at] + default + types[at:]


def _style_ids(styles: Any) -> dict[str, str]:
    ids: dict[str, str] = {}
    for style in styles.iter(_q("style")):
        name = style.find(_q("name"))
        if name is not None:
            ids.setdefault(name.get(_q("val"), "").lower(), style.get(_q("styleId"), ""))
    return ids


def _text_width(document: Any) -> int:
    """Give the width between the margins of the last section; that of A4 with wide margins where unclear."""
    for section in reversed(list(document.iter(_q("sectPr")))):
        size, margins = section.find(_q("pgSz")), section.find(_q("pgMar"))
        if size is not None and margins is not None:
            texts = (size.get(_q("w")), margins.get(_q("left")), margins.get(_q("right")))
            if all(text and text.isdigit() for text in texts):
                page, left, right = (int(text) for text in texts)
                return max(2_000, page - left - right)
    return 9_000
