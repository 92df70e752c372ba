"""The Dutch catalogue: every message of the source translated, and the compiled file current."""

import ast
import io
import re

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from stagekit import resources

SOURCE = resources.locale_dir().parent
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "translate": (2,)}
FOLDER = resources.locale_dir() / "nl" / "LC_MESSAGES"
HOW = "see “Add or change a sentence” in CONTRIBUTING.md"


@pytest.fixture(scope="module")
def catalogue():
    with (FOLDER / "stagekit.po").open("rb") as stream:
        return read_po(stream, locale="nl")


def extracted():
    found = extract_from_dir(str(SOURCE), [("**.py", "python")], keywords=KEYWORDS)
    return {message for _file, _line, message, _comments, _context in found}


def named_in_code():
    """Every constant message, as Python itself reads the source: Babel misses some within f-strings."""
    places = {"_": 0, "N_": 0, "ngettext": 0, "translate": 1}
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in places:
                for message in node.args[places[node.func.id] :][:1]:
                    if isinstance(message, ast.Constant) and isinstance(message.value, str):
                        yield message.value


def test_no_message_hides_where_it_is_not_found():
    found = {message if isinstance(message, str) else message[0] for message in extracted()}
    assert set(named_in_code()) - found == set(), "take it out of the f-string"


def test_every_message_is_translated(catalogue):
    known = {message.id for message in catalogue if message.id and message.string and not message.fuzzy}
    assert extracted() - known == set(), HOW


def test_no_translation_is_left_over(catalogue):
    assert {message.id for message in catalogue if message.id} - extracted() == set(), HOW


def test_placeholders_agree(catalogue):
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = set(re.findall(r"\{\w+\}", " ".join(ids)))
        for string in strings:
            if message.id:
                assert set(re.findall(r"\{\w+\}", string)) <= wanted, message.id
        if message.id:
            assert set(re.findall(r"\{\w+\}", strings[-1])) >= wanted - {"{count}"}, message.id


def test_compiled_catalogue_is_current(catalogue):
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    assert (FOLDER / "stagekit.mo").read_bytes() == stream.getvalue(), HOW
