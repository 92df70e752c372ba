"""Real lists: a numbering for every list, on the list styles of a template or, where it has none, on ours."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stagekit.report.render import word_package as package
from stagekit.report.render.word_package import W

PART = "word/numbering.xml"
MAX_START = 32_767
"""What Word can begin a list with; a list that goes on beyond is written with its numbers as words."""
MAX_LISTS = 1_500
"""Numberings in a document, of which Word takes about 2,000; lists beyond have their numbers as words."""
DEEPEST = 8
_BULLETS = ("•", "–", "◦")
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"


@dataclass(frozen=True, slots=True)
class Lists:
    """The numberings of a template: ids of the two kinds, how far each level stands in (in twips)."""

    part: str
    bullets: int
    ordered: int
    indents: Mapping[str, tuple[int, ...]]
    first_free: int


@dataclass(slots=True)
class Numbers:
    """The numberings one document adds: each ordered list begins anew."""

    lists: Lists
    added: list[str] = field(default_factory=list)

    def bullets(self) -> int:
        """Give the numbering that all lists of bullets share."""
        if not self.added:
            self._add(self.lists.bullets, "")
        return self.lists.first_free

    def ordered(self, start: int, depth: int) -> int:
        """Give a numbering that begins with `start` (0 to MAX_START) at `depth` (from 0)."""
        self.bullets()
        override = f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        return self._add(self.lists.ordered, override)

    def _add(self, abstract: int, inner: str) -> int:
        id_ = self.lists.first_free + len(self.added)
        self.added.append(f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{abstract}"/>{inner}</w:num>')
        return id_

    def can_count(self, start: int, items: int) -> bool:
        """Tell whether a list that begins with `start` can be numbered by Word."""
        return start + items <= MAX_START and len(self.added) < MAX_LISTS

    def indent(self, kind: str, depth: int) -> int:
        """Tell how far the text of a list stands in: `bullet` or `number`, depth from 0; in twips."""
        indents = self.lists.indents[kind]
        return indents[min(depth, len(indents) - 1)]


def prepare(parts: dict[str, bytes], main: str, styles: Any) -> Lists:
    """Find the numberings of the list styles; adds ours to `parts` where the template has none."""
    name = _part(parts, main)
    root = package.parse(parts[name])
    nums = {}
    for num in root.iter(_q("num")):
        link = num.find(_q("abstractNumId"))
        nums[num.get(_q("numId"))] = None if link is None else link.get(_q("val"))
    found = {}
    for kind, style in (("bullet", "list bullet"), ("number", "list number")):
        abstract = nums.get(_number_of(styles, style))
        known = _abstract(root, abstract) if abstract is not None else None
        found[kind] = _add_abstract(root, kind) if known is None else known
    for late in root.findall(_q("numIdMacAtCleanup")):  # must stand last, and says nothing
        root.remove(late)
    parts[name] = package.serialise(root)
    used = [int(number) for number in nums if number and number.isdigit()]
    ids = {kind: int(each.get(_q("abstractNumId"))) for kind, each in found.items()}
    indents = {kind: _indents(each) for kind, each in found.items()}
    return Lists(name, ids["bullet"], ids["number"], indents, max(used, default=0) + 1)


def _q(name: str) -> str:
    return f"{{{W}}}{name}"


def _part(parts: dict[str, bytes], main: str) -> str:
    """Give the name of the numbering part, made and made known where there is none."""
    rels_name = package.rels_name(main)
    rels = package.parse(parts[rels_name])
    for rel in rels:
        if rel.get("Type", "").endswith("/numbering"):
            name = package.resolve(main, rel.get("Target", ""))
            if name in parts:
                return name
    name = package.resolve(main, "numbering.xml")
    parts[name] = f'<w:numbering xmlns:w="{W}"/>'.encode()
    xml = package.relationship("rIdNumbering", "numbering", "numbering.xml")
    parts[rels_name] = package.with_children(package.serialise(rels), b"</Relationships>", [xml])
    override = f'<Override PartName="/{name}" ContentType="{_CONTENT_TYPE}"/>'
    parts[package.TYPES] = package.with_children(parts[package.TYPES], b"</Types>", [override])
    return name


def _number_of(styles: Any, style_name: str) -> str | None:
    for style in styles.iter(_q("style")):
        name = style.find(_q("name"))
        number = style.find(f"{_q('pPr')}/{_q('numPr')}/{_q('numId')}")
        if name is not None and number is not None and name.get(_q("val"), "").lower() == style_name:
            return str(number.get(_q("val")))
    return None


def _abstract(root: Any, id_: str) -> Any:
    return next((each for each in root.iter(_q("abstractNum")) if each.get(_q("abstractNumId")) == id_), None)


def _add_abstract(root: Any, kind: str) -> Any:
    from lxml import etree

    used = [int(each.get(_q("abstractNumId"), "0")) for each in root.iter(_q("abstractNum"))]
    levels = "".join(_level(kind, depth) for depth in range(DEEPEST + 1))
    xml = (
        f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="{max(used, default=-1) + 1}">'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
    )
    element = etree.fromstring(xml)
    abstracts = root.findall(_q("abstractNum"))
    place = root.index(abstracts[-1]) + 1 if abstracts else len(root.findall(_q("numPicBullet")))
    root.insert(place, element)
    return element


def _level(kind: str, depth: int) -> str:
    text, format_ = (_BULLETS[depth % 3], "bullet") if kind == "bullet" else (f"%{depth + 1}.", "decimal")
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{360 * (depth + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
    )


def _indents(abstract: Any) -> tuple[int, ...]:
    indents = []
    for depth, level in enumerate(abstract.iter(_q("lvl"))):
        ind = level.find(f"{_q('pPr')}/{_q('ind')}")
        value = "" if ind is None else ind.get(_q("left"), ind.get(_q("start"), ""))
        indents.append(int(value) if re.fullmatch("[0-9]{1,5}", value) else 360 * (depth + 1))
    return tuple(indents) or (360,)
