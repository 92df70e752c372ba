import io
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.cohort.archive import BadArchive, list_zip
from stagekit.cohort.member import Budget, Member
from stagekit.cohort.model import Limits
from tests.functional.cohort.containers import Raw, raw_zip, zipped

LIMITS = Limits()
CONTENTS = st.dictionaries(
    st.text("abcdé/ü", min_size=1, max_size=12).filter(lambda name: not name.endswith("/")),
    st.binary(max_size=300),
    max_size=6,
)


def read(data, entry, budget=10**9):
    return io.BufferedReader(Member(io.BytesIO(data), entry.span, Budget(budget))).read()


@given(CONTENTS, st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]), st.binary(max_size=40))
def test_an_honest_zip_is_read_as_zipfile_reads_it(files, method, prefix):
    data = prefix + zipped(files, method)
    entries = list_zip(io.BytesIO(data), LIMITS, 100)
    assert {entry.name: read(data, entry) for entry in entries if not entry.fault} == files


def test_a_zip64_zip_is_read():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive, archive.open("a.txt", "w", force_zip64=True) as file:
        file.write(b"hello")
    (entry,) = list_zip(io.BytesIO(stream.getvalue()), LIMITS, 10)
    assert read(stream.getvalue(), entry) == b"hello"
    data = raw_zip([Raw(b"a.txt", b"hello")], zip64={})
    (entry,) = list_zip(io.BytesIO(data), LIMITS, 10)
    assert read(data, entry) == b"hello"


def test_a_zip_written_without_seeking_is_read():
    class Unseekable(io.RawIOBase):
        def __init__(self):
            self.data = b""

        def writable(self):
            return True

        def write(self, data):
            self.data += bytes(data)
            return len(data)

    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"hello" * 100)
        archive.writestr("b.txt", b"bye")
    entries = list_zip(io.BytesIO(stream.data), LIMITS, 10)
    assert [read(stream.data, entry) for entry in entries] == [b"hello" * 100, b"bye"]


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_a_bad_archive_or_read(data, with_end):
    honest = zipped({"a": b"x" * 50, "b": b"y"})
    data = honest[: len(data)] + data + (honest[-60:] if with_end else b"")
    try:
        entries = list_zip(io.BytesIO(data), LIMITS, 10)
        for entry in entries:
            read(data, entry)
    except BadArchive:
        pass


@given(st.randoms(use_true_random=False))
def test_flipped_bytes_are_a_bad_archive_or_the_same(chance: random.Random):
    files = {"portfolio.yaml": b"schema: 1\n" * 30, "answers/1-visie.yaml": b"x" * 90}
    data = bytearray(zipped(files))
    for _flip in range(chance.randint(1, 6)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    try:
        for entry in list_zip(io.BytesIO(bytes(data)), LIMITS, 10):
            if not entry.fault and not entry.is_folder:
                assert read(bytes(data), entry) in {*files.values(), b""}
    except BadArchive:
        pass


@given(
    st.binary(min_size=1, max_size=3_000),
    st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 900))),
    st.sampled_from([0, 8]),
)
def test_seeking_in_a_member_is_seeking_in_its_bytes(content, moves, method):
    data = raw_zip([Raw(b"before", b"z" * 33), Raw(b"inner", content, method=method), Raw(b"after")])
    member = Member(io.BytesIO(data), list_zip(io.BytesIO(data), LIMITS, 10)[1].span, Budget(10**9))
    for place, count in moves:
        assert member.seek(place) == min(place, len(content))
        expected = content[place : place + count]
        got = b""
        while len(got) < len(expected):
            part = member.read(len(expected) - len(got))
            assert part
            got += part
        assert got == expected
    assert member.seek(0, io.SEEK_END) == len(content)


def test_a_budget_ends_what_would_go_on_and_on(english):
    data = zipped({"a": b"x" * 5_000})
    (entry,) = list_zip(io.BytesIO(data), LIMITS, 10)
    with pytest.raises(BadArchive, match="Too much"):
        read(data, entry, budget=4_000)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (Raw("één.txt".encode("cp437")), "één.txt"),
        (Raw("één.txt".encode()), "één.txt"),
        (Raw("één.txt".encode(), flags=0x800), "één.txt"),
    ],
)
def test_names_in_every_usual_encoding(raw, name):
    (entry,) = list_zip(io.BytesIO(raw_zip([raw])), LIMITS, 10)
    assert entry.name == name


def test_a_list_too_long_is_refused_before_it_is_read(english):
    data = raw_zip([Raw(b"x")], repeat=2_000)
    with pytest.raises(BadArchive, match="more than 100 files"):
        list_zip(io.BytesIO(data), LIMITS, 100)


def test_a_disk_that_fails_is_said(english):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise OSError(5, "Input/output error")

    with pytest.raises(BadArchive, match="Input/output error"):
        list_zip(Broken(zipped({"a": b""})), LIMITS, 10)
