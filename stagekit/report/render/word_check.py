"""A Word file of someone else before it is used: nothing in it may run, fetch or reach outside."""

import re
from typing import Any

from stagekit.report.render import word_package
from stagekit.report.render.word_package import CONTENT_TYPES, TYPES, BadPackage, W, parse

_HARMLESS_FIELDS = (
    "PAGE NUMPAGES SECTIONPAGES SECTION TOC PAGEREF REF NOTEREF DATE TIME CREATEDATE SAVEDATE PRINTDATE "
    "EDITTIME FILENAME TITLE AUTHOR SUBJECT KEYWORDS COMMENTS DOCPROPERTY NUMWORDS STYLEREF SEQ TC XE INDEX "
    "HYPERLINK FORMTEXT FORMCHECKBOX FORMDROPDOWN MERGEFIELD SYMBOL ="
)
_LINK = re.compile(r"(?i)\s*HYPERLINK\s+(?:\\l\b|\"?(?:https?:|mailto:))")
_EMBEDDED = re.compile(r"(?i)(?:^|/)(?:embeddings|activeX|ctrlProps)/|\.bin$")
_WEB = re.compile(r"(?i)(?:https?://|mailto:)")
_TAG = re.compile(r"\{\{|\{%|\{#")
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def checked(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Give the parts that may be used; raises BadPackage with the reason why the file may not."""
    parts = dict(parts)
    if TYPES not in parts:
        raise BadPackage("zip")
    parts[TYPES] = _types(parts[TYPES])
    for name in list(parts):
        if re.search(r"(?i)vba", name):
            raise BadPackage("macros")
        if _EMBEDDED.search(name):
            raise BadPackage("embedded")
        if name.endswith(".rels"):
            parts[name] = _relationships(parts[name])
        elif name.endswith(".xml") and name != TYPES:
            parts[name] = _content(name, parts[name])
    return parts


def _types(data: bytes) -> bytes:
    types = parse(data)
    if types.tag != f"{{{CONTENT_TYPES}}}Types":
        raise BadPackage("zip")
    for each in types:
        content_type = each.get("ContentType", "")
        if "macroEnabled" in content_type or "vba" in content_type.lower():
            raise BadPackage("macros")
        if content_type.endswith("wordprocessingml.template.main+xml"):
            each.set("ContentType", _MAIN)
    return word_package.serialise(types)


def _relationships(data: bytes) -> bytes:
    rels = parse(data)
    for rel in list(rels):
        kind = rel.get("Type", "").rpartition("/")[2]
        if kind in ("vbaProject", "aFChunk", "oleObject", "package", "control"):
            raise BadPackage("embedded")
        if rel.get("TargetMode") != "External":
            continue
        if kind == "attachedTemplate":
            rels.remove(rel)
        elif kind != "hyperlink" or not _WEB.match(rel.get("Target", "")):
            raise BadPackage("external", rel.get("Target", ""))
    return word_package.serialise(rels)


def _content(name: str, data: bytes) -> bytes:
    root = parse(data)
    attached = root.findall(_q("attachedTemplate")) if root.tag == _q("settings") else []
    for each in attached:
        root.remove(each)
    _fields(root)
    if name.startswith("word/"):
        _placeholders(root)
    return word_package.serialise(root) if attached else data


def _fields(root: Any) -> None:
    """Refuse a field that does more than number, name or date."""
    open_: list[str] = []
    for element in root.iter(_q("fldChar"), _q("instrText"), _q("fldSimple")):
        if element.tag == _q("fldSimple"):
            _field(element.get(_q("instr"), ""))
        elif element.tag == _q("instrText"):
            if open_:
                open_[-1] += element.text or ""
            else:
                _field(element.text or "")
        elif element.get(_q("fldCharType")) == "begin":
            open_.append("")
        elif element.get(_q("fldCharType")) in ("separate", "end") and open_:
            _field(open_[-1])
            if element.get(_q("fldCharType")) == "end":
                open_.pop()


def _field(instruction: str) -> None:
    words = instruction.split()
    name = "=" if instruction.strip().startswith("=") else (words[0].upper() if words else "")
    if not name:
        return
    if name not in _HARMLESS_FIELDS.split() or (name == "HYPERLINK" and not _LINK.match(instruction)):
        raise BadPackage("field", name)


def _placeholders(root: Any) -> None:
    """Refuse a placeholder in anything but words: what is typed must not become part of the works."""
    for element in root.iter():
        if element.tag != _q("t") and element.text and _TAG.search(element.text):
            raise BadPackage("place")
        if any(_TAG.search(value) for value in element.attrib.values()):
            raise BadPackage("place")


def _q(name: str) -> str:
    return f"{{{W}}}{name}"
