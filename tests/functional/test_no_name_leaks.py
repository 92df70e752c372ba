"""The real answers with every private name in other spellings through them: none in any byte for others."""

import contextlib
import io
import re
import subprocess
import unicodedata
import zipfile
import zlib
from dataclasses import replace
from itertools import cycle

import pytest

from stagekit.api.portfolios import open_portfolio
from stagekit.api.rendering import make_documents, render
from stagekit.api.submitting import submit
from stagekit.checks.consent import Reader
from stagekit.model.feedback import AnswerFeedback, AssignmentFeedback, Feedback, Reply, Reviewer
from stagekit.report.render.formats import FORMATS
from stagekit.store.feedback_folder import add_round, save_reply

PEOPLE = {
    "Karin de Wit": [
        "Karin", "karin de wit", "KARIN DE WIT", "K. de Wit", "de Wit", "Karins", "Ka\u00adrin", "Kárin",
    ],
    "Fatima el Amrani": [
        "Fátima", "F. el Amrani", "fatima", "El Amrani", "el-Amrani", "Fatima's", "FATIMA EL AMRANI",
    ],
    "Joost 't Hart": ["Joost", "Joost ’t Hart", "JOOST", "J. 't Hart", "Joosts", "joost `t hart"],
    "Samira Bouzid": ["samira", "Samira’s", "S. Bouzid", "BOUZID", "Samira\nBouzid", "Bouzid's"],
    "Peter Jansen": ["peter", "Peters", "meneer Jansen", "P. Jansen", "PETER JANSEN", "Pe\u200bter"],
    "Wei Chen": ["Wei", "wei chen", "WEI CHEN", "mevrouw Chen", "W. Chen"],
    "Yusuf Demir": ["Yusuf", "yusuf demir", "Y. Demir", "DEMIR", "Yusufs"],
    "Bram Oosterhuis": ["Bram", "bram oosterhuis", "B. Oosterhuis", "OOSTERHUIS", "Brams"],
}  # fmt: skip
FORBIDDEN = re.compile(
    r"karin|fatima|amrani|joost|samira|bouzid|\bpeters?\b|jansen|\bwei\b|\bchen\b|yusuf|demir|\bbrams?\b|oosterhuis"
    r"|de wit\b|t hart\b"
)


LONG = ("fatima", "amrani", "samira", "bouzid", "jansen", "wei chen", "karin de", "oosterhuis")


@pytest.fixture(autouse=True)
def tools(needs):
    needs("pdftotext", "pdfinfo")


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """A portfolio whose every text also says every name in every spelling."""
    from stagekit.api.checking import name_alias
    from stagekit.api.portfolios import fill
    from tests.functional.conftest import REAL_ANSWERS

    folder = tmp_path_factory.mktemp("names") / "P"
    fill(folder, REAL_ANSWERS, remember=False)
    name_alias(open_portfolio(folder, remember=False), "Yusuf Demir", "Kind 1")
    said = cycle(_said())
    _add_feedback(folder, said)
    found = open_portfolio(folder, remember=False)
    answers = {
        key: _filled(found.course.assignment(key).questions, values, said)
        for key, values in found.portfolio.answers.items()
    }
    return replace(found, portfolio=replace(found.portfolio, answers=answers))


def _add_feedback(folder, said):
    """Let somebody who does not want to be named say every name everywhere, and the student answer so."""
    identity = open_portfolio(folder, remember=False).portfolio.identity
    answers = {key: AnswerFeedback(comment=next(said)) for key in ("summary", "quotes")}
    parts = {key: AssignmentFeedback(comment=next(said), answers=answers) for key in ("visie",)}
    parts["observation"] = AssignmentFeedback(comment=next(said), signed_off=True)
    reviewer = Reviewer(name="Bram Oosterhuis", date="2026-03-04")
    feedback = Feedback(portfolio=identity.id, reviewer=reviewer, overall=next(said), assignments=parts)
    taken = add_round(folder, feedback)
    for point in ("overall", "visie", "visie.summary"):
        save_reply(folder, taken.id, point, Reply(text=next(said), done=True))


def _said():
    """Give texts that hold every spelling between them, each in several ways of standing in a sentence."""
    spellings = [spelling for name, others in PEOPLE.items() for spelling in (name, *others)]
    sentence = "En toen zei {0} iets; ook *{0}* en _{0}_, (vlak bij {0})."
    return [" ".join(sentence.format(each) for each in spellings[start::5]) for start in range(5)]


def _filled(questions, values, said):
    full = dict(values)
    for question in questions:
        value = full.get(question.id)
        if question.type == "long_text":
            full[question.id] = f"{value or ''} {next(said)}"
        elif question.type == "text" and not question.private and question.id != "alias" and value:
            full[question.id] = f"{value} van Karin de Wit"
        elif question.type == "group" and value:
            full[question.id] = _filled(question.questions, value, said)
        elif question.type == "repeat" and value:
            full[question.id] = tuple(_filled(question.questions, item, said) for item in value)
    return full


def texts(name, data):
    """Give everything that can be read in a file: its name, its bytes, and what is packed in it, decoded."""
    yield name
    packed = data[:4] in {b"PK\x03\x04", b"%PDF"}
    if not packed:
        yield data.decode("utf-8", errors="ignore")
    elif data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield repr((archive.comment, [(entry.comment, entry.extra) for entry in archive.infolist()]))
            for entry in archive.infolist():
                yield from texts(entry.filename, archive.read(entry))
    else:
        for stream in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
            with contextlib.suppress(zlib.error):
                yield zlib.decompress(stream[1]).decode("latin-1")
        yield from _drawn(data)


def _drawn(data):
    """Give the words of a PDF as a reader copies them out: in its streams they are numbers of glyphs."""
    for command in (["pdftotext", "-", "-"], ["pdfinfo", "-"]):
        yield subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()


def plain(text):
    """Fold a text as somebody searching for a name would: case, accents, tags and hidden characters apart."""
    apart = unicodedata.normalize("NFKD", re.sub(r"<[^>]{0,300}>", "", text)).casefold()
    return "".join(char for char in apart if unicodedata.category(char) not in {"Mn", "Cf"})


def leaks(name, data):
    """List the names that stand in a file; three letters in packed bytes are chance, six are not."""
    found = {found for text in texts(name, data) for found in FORBIDDEN.findall(plain(text))}
    raw = (data.decode("utf-8", errors="ignore") + data.decode("utf-16-be", errors="ignore")).casefold()
    return found | {name for name in LONG if name in raw}


def test_the_search_would_find_them(opened):
    """The check itself: with the names still in, it finds every one of them."""
    raw = repr(opened.portfolio.answers).encode()
    assert len(leaks("raw", raw)) >= 12


@pytest.mark.parametrize("reader", [Reader.STUDENT, Reader.LECTURER])
@pytest.mark.parametrize("format", list(FORMATS))
def test_no_name_in_any_document(opened, reader, format):
    ((document, data),) = make_documents(opened, (format,), reader, feedback=reader is Reader.STUDENT)
    assert document.error is None
    assert leaks(document.file.name, data) == set()
    told = " ".join(" ".join(texts(document.file.name, data)).split())
    assert "gepseudonimiseerd" in told
    assert "anoniem" not in told.casefold()


def test_no_name_in_what_is_handed_in(opened, tmp_path):
    made = submit(opened, tmp_path)
    assert made.failed == ()
    assert len(made.entries) >= 9
    assert leaks(made.file.name, made.file.read_bytes()) == set()


def test_no_name_in_what_is_written_for_a_mentor(opened, tmp_path):
    documents = render(opened, ("all",), out=tmp_path, reader=Reader.MENTOR)
    assert [document.error for document in documents] == [None] * len(FORMATS)
    for file in tmp_path.iterdir():
        assert leaks(file.name, file.read_bytes()) == set()
