"""Parts are read within bounds and written the same each time; what is no Word file is refused."""

import contextlib
import io
import random
import zipfile

import pytest

from stagekit import resources
from stagekit.report.render import word_package
from stagekit.report.render.word_package import BadPackage

TEMPLATES = sorted((resources.templates_dir() / "word").glob("*.docx"))


class TestPackages:
    def test_what_was_written_is_read(self):
        files = {"b.xml": b"<b/>", "[Content_Types].xml": b"<a/>", "c.png": b"x"}
        data = word_package.write(files)
        assert word_package.read(data) == files
        assert zipfile.ZipFile(io.BytesIO(data)).namelist()[0] == "[Content_Types].xml"

    @pytest.mark.parametrize("name", ["../x.xml", "/x.xml", "a/../../x"])
    def test_names_that_lead_outside(self, name):
        with pytest.raises(BadPackage):
            word_package.read(word_package.write({name: b""}))

    def test_the_same_name_twice(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("a", "1")
            with pytest.warns(UserWarning, match="Duplicate"):
                archive.writestr("a", "2")
        with pytest.raises(BadPackage):
            word_package.read(out.getvalue())

    def test_any_damage_is_a_bad_package_or_none(self):
        data = TEMPLATES[0].read_bytes()
        chance = random.Random(1)
        for _ in range(300):
            damaged = bytearray(data)
            for _ in range(4):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            with contextlib.suppress(BadPackage):
                assert word_package.read(bytes(damaged))
