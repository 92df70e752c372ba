"""A .docx as its parts: read within bounds, written so that the same parts give the same bytes."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

MAX_FILE = 10_000_000
MAX_PARTS = 2_000
MAX_CONTENT = 50_000_000
"""Bytes of all parts together."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CORE = "docProps/core.xml"
TYPES = "[Content_Types].xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_DATE = (1980, 1, 1, 0, 0, 0)


class BadPackage(Exception):
    """Not a Word document that can be used; `reason` is one word for why."""

    def __init__(self, reason: str, name: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.name = name


def read(data: bytes) -> dict[str, bytes]:
    """Give the parts of a .docx by name; raises BadPackage for what is none, or is too much."""
    if len(data) > MAX_FILE:
        raise BadPackage("large")
    try:
        return _read(data)
    except BadPackage:
        raise
    except Exception:  # zipfile raises eight kinds of exception on bad archives
        raise BadPackage("zip") from None


def _read(data: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = MAX_CONTENT
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if len(infos) > MAX_PARTS:
            raise BadPackage("large")
        for info in infos:
            if info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise BadPackage("zip")
            if info.filename in parts or info.filename.startswith("/") or ".." in info.filename.split("/"):
                raise BadPackage("zip")
            with archive.open(info) as stream:
                content = stream.read(left + 1)
            left -= len(content)
            if left < 0:
                raise BadPackage("large")
            parts[info.filename] = content
    return parts


def write(parts: Mapping[str, bytes]) -> bytes:
    """Pack the parts; nothing of the day or the machine is in the file."""
    names = sorted(parts, key=lambda name: (name != TYPES, not name.startswith("_rels/"), name))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, parts[name], compresslevel=zlib.Z_BEST_SPEED + 1)
    return out.getvalue()


def parse(data: bytes) -> Any:
    """Parse a part into an lxml element; no entities, no network, no document type."""
    from lxml import etree

    if b"<!" in data and (b"<!DOCTYPE" in data or b"<!ENTITY" in data):
        raise BadPackage("xml")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise BadPackage("xml") from None
    if root.getroottree().docinfo.doctype:
        raise BadPackage("xml")
    return root


def serialise(root: Any) -> bytes:
    """Write an lxml element as a part."""
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def rels_name(part: str) -> str:
    """Give the name of the part that holds the relationships of `part`."""
    folder, _slash, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def resolve(part: str, target: str) -> str:
    """Give the name of the part that `target`, in the relationships of `part`, is about."""
    if target.startswith("/"):
        return target[1:]
    steps = part.split("/")[:-1]
    for step in target.split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def relationship(id_: str, kind: str, target: str, *, external: bool = False) -> str:
    """Write a relationship; `kind` is the last word of its type, `target` is escaped already."""
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{id_}" Type="{R}/{kind}" Target="{target}"{mode}/>'


def with_children(part: bytes, end: bytes, xml: Iterable[str]) -> bytes:
    """Put elements before the last `end`, such as `</w:numbering>`; into an element that held none, too."""
    added = "".join(xml).encode()
    at = part.rfind(end)
    if at < 0:
        return part[: part.rindex(b"/>")] + b">" + added + end
    return part[:at] + added + part[at:]


def core_properties(values: Mapping[str, str]) -> bytes:
    """Write the part with the document properties: no dates, no names but those given."""
    from html import escape  # that of xml.sax brings all of HTTP and TLS along

    given = ((name, escape(value, quote=False)) for name, value in values.items() if value)
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in given)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        "<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{inner}</cp:coreProperties>'
    ).encode()


def set_core(parts: dict[str, bytes], values: Mapping[str, str]) -> None:
    """Replace the document properties, made known where there are none."""
    rels = parse(parts["_rels/.rels"])
    name = next((rel.get("Target", "").lstrip("/") for rel in rels
                 if rel.get("Type", "").endswith("/core-properties")), "")  # fmt: skip
    if not name:
        name = CORE
        kind = f'Type="{RELATIONSHIPS}/metadata/core-properties"'
        rel = f'<Relationship xmlns="{RELATIONSHIPS}" Id="rIdCore" {kind} Target="{CORE}"/>'
        parts["_rels/.rels"] = with_children(serialise(rels), b"</Relationships>", [rel])
        override = f'<Override PartName="/{CORE}" ContentType="{_CORE_TYPE}"/>'
        parts[TYPES] = with_children(parts[TYPES], b"</Types>", [override])
    parts[name] = core_properties(values)
