"""`portfolio.yaml`: who and where; one wrong line costs only itself, and fields change one by one."""

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, NamedTuple

from stagekit.errors import InvalidInput, Problem, UserError
from stagekit.i18n import _
from stagekit.model.decode import Problems, decode, did_you_mean, field_specs, format_path, shorten
from stagekit.model.node import Mapping, Node, Scalar, Sequence, is_empty
from stagekit.model.portfolio import Identity, Mentor, School, Settings, Student
from stagekit.store.answer_file import compose_document
from stagekit.store.merge import significant
from stagekit.store.yaml_recovery import parse_file

_PARTS = {"student": Student, "school": School, "mentor": Mentor, "settings": Settings}
_DEFAULT_LANGUAGE = "nl"
_EMPTY_COUNTS = frozenset(
    (part, spec.key) for part, cls in _PARTS.items() for spec in field_specs(cls) if spec.empty_counts
)
"""Places where `[]` says something: `settings.mentor_sees`, which may be none of the assignments."""


class IdentityFile(NamedTuple):
    """`portfolio.yaml` as read; `broken` as in AnswerFile."""

    path: Path
    data: bytes
    tree: Mapping
    identity: Identity
    problems: list[Problem]
    notices: list[Problem]
    broken: bool


def read_identity(path: Path, data: bytes) -> IdentityFile:
    """Read the file; raises InvalidInput where schema, id or course cannot be made out."""
    parsed = parse_file(data, path)
    problems, notices = Problems(path), Problems(path)
    usable: dict[str, Node] = {}
    for key, node in parsed.tree.items():
        if key in _PARTS:
            usable[key] = _usable_part(key, node, parsed.tree, problems, notices)
        elif key in {spec.key for spec in field_specs(Identity)}:
            usable[key] = node
        else:
            _note_unknown(notices, parsed.tree, (), key, Identity)
    _check_language(usable, parsed.tree, problems)
    vital = Problems(path)
    identity = decode(Identity, Mapping(usable, parsed.tree.line, parsed.tree.key_lines), vital)
    if identity is None:
        raise InvalidInput([*parsed.problems, *vital.found, *problems.found])
    found = [*parsed.problems, *problems.found]
    return IdentityFile(path, data, parsed.tree, identity, found, notices.found, parsed.broken)


def _usable_part(key: str, node: Node, tree: Mapping, problems: Problems, notices: Problems) -> Node:
    """Give a section without the lines in it that cannot be read."""
    if not isinstance(node, Mapping):
        if not is_empty(node):
            problems.add(tree.line_of(key), (key,), _("Lines such as “name: …” are expected below this key."))
        return Mapping()
    known = {spec.key for spec in field_specs(_PARTS[key])}
    usable: dict[str, Node] = {}
    for name, child in node.items():
        if name not in known:
            _note_unknown(notices, node, (key,), name, _PARTS[key])
            continue
        alone = Mapping({name: child}, node.line, node.key_lines)
        if decode(_PARTS[key], alone, problems, (key,)) is not None:
            usable[name] = child
    return Mapping(usable, node.line, node.key_lines)


def _note_unknown(notices: Problems, node: Mapping, path: tuple[str, ...], key: str, cls: type) -> None:
    known = [spec.key for spec in field_specs(cls)]
    message = _("“{key}” is not known here; it is kept as it stands.", key=shorten(key))
    if len(notices.found) < 20:
        notices.add(node.line_of(key), (*path, key), message + did_you_mean(key, known))


def _check_language(usable: dict[str, Node], tree: Mapping, problems: Problems) -> None:
    node = usable.get("language")
    if node not in (Scalar("nl"), Scalar("en")):
        message = _("The language must be nl or en; nl is used.")
        problems.add(tree.line_of("language"), ("language",), message)
        usable["language"] = Scalar(_DEFAULT_LANGUAGE)


def encode_identity(identity: Identity) -> Mapping:
    """Give the tree of an identity, with an empty place for what is not known yet."""
    tree = Mapping({spec.key: _encoded(getattr(identity, spec.attribute)) for spec in field_specs(Identity)})
    tree.entries["schema"] = Scalar(identity.schema, plain=True)
    return tree


def _encoded(value: Any) -> Node:
    if value is None:
        return Scalar("", plain=True)
    if is_dataclass(value):
        return Mapping({f.name: _encoded(getattr(value, f.name)) for f in fields(value)})
    if isinstance(value, tuple):
        return Sequence([_encoded(item) for item in value])
    return Scalar(str(value))


def changed_identity(file: IdentityFile, identity: Identity, base: Identity | None) -> Mapping | None:
    """Give the tree with every field set that differs from `base` (None: from the file).

    None where nothing differs. Raises UserError where the same field changed in the file since `base`, and
    InvalidInput for a value that would not come back.
    """
    new, old = encode_identity(identity), encode_identity(base or file.identity)
    now = encode_identity(file.identity)
    tree = Mapping({key: _copied(node) for key, node in file.tree.items()})
    changed = False
    for path in _leaves(new):
        wanted, former, present = (_at(tree_, path) for tree_ in (new, old, now))
        if wanted in (former, present):
            continue
        if former != present:
            message = _("“{field}” was changed in “{file}” in the meantime; nothing was saved.",
                        field=format_path(path), file=file.path)  # fmt: skip
            raise UserError(message, _("Look at the file, then make the change again."))
        _set(tree, path, wanted or Scalar("", plain=True))
        changed = True
    return _checked(tree, identity) if changed else None


def _checked(tree: Mapping, identity: Identity) -> Mapping:
    problems = Problems()
    decode(Identity, encode_identity(identity), problems)
    if problems.found:
        raise InvalidInput(problems.found)
    return tree


def new_identity_tree(identity: Identity) -> Mapping:
    """Give the tree of a new file. Raises InvalidInput for a value that would not come back."""
    return _checked(encode_identity(identity), identity)


def _copied(node: Node) -> Node:
    return Mapping(dict(node.entries), node.line, node.key_lines) if isinstance(node, Mapping) else node


def _leaves(tree: Mapping) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for key, node in tree.items():
        found += [(key, name) for name in node.entries] if isinstance(node, Mapping) else [(key,)]
    return found


def _at(tree: Mapping, path: tuple[str, ...]) -> Node | None:
    node: Node | None = tree
    for step in path:
        node = node.entries.get(step) if isinstance(node, Mapping) else None
    return node if path in _EMPTY_COUNTS and isinstance(node, Sequence) else significant(node)


def _set(tree: Mapping, path: tuple[str, ...], value: Node) -> None:
    for step in path[:-1]:
        child = tree.entries.get(step)
        if not isinstance(child, Mapping):
            child = Mapping()
            tree.entries[step] = child
        tree = child
    tree.entries[path[-1]] = value


def compose_identity(path: Path, former: bytes, tree: Mapping) -> tuple[bytes, list[Problem]]:
    """Give the text for the file, with the comments a person added."""
    from stagekit.store import yaml_writer

    return compose_document(path, former, tree, yaml_writer.Comments(), frozenset())
