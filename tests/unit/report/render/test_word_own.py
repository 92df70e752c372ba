"""The templates that come along: small, nobody's, and with every style the documents use."""

import pytest
from lxml import etree

from stagekit import resources
from tests.unit.report.render.docx import W, parts

TEMPLATES = sorted((resources.templates_dir() / "word").glob("*.docx"))


class TestTemplates:
    @pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
    def test_are_small_and_hold_nobodys_name(self, file):
        data = file.read_bytes()
        assert len(data) < 40_000
        core = parts(data)["docProps/core.xml"]
        assert b"lastModifiedBy" not in core
        assert b"creator" not in core

    def test_the_styles_the_document_uses_are_there(self):
        data = TEMPLATES[0].with_name("portfolio.docx").read_bytes()
        styles = etree.fromstring(parts(data)["word/styles.xml"])
        names = {name.get(W + "val").lower() for name in styles.iter(W + "name")}
        used = "title|heading 1|heading 2|heading 3|caption|toc 1|toc 2|list bullet|list number|hyperlink"
        used += "|body text|fact|fact label|to do|to do mark|remark|answer label|figure"
        used += "|table text|table head|table gap"
        assert {*used.split("|"), "stagekit table"} <= names
