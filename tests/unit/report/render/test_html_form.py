"""The form in the page: only for a mentor, each place once, all of it text, nothing that could run."""

import base64
import hashlib
import re

import pytest

from stagekit.checks.consent import Reader
from stagekit.report.build import build_report
from stagekit.report.render.html import render_html
from stagekit.report.render.html_form import form_words, told_words
from tests.unit.report.conftest import everywhere
from tests.unit.report.render.test_html import VOID, Page

PAYLOAD = '"><script>1</script><textarea autofocus onfocus=1>'


class FormPage(Page):
    def handle_starttag(self, tag, attrs):
        if tag == "input":
            self.elements.append((tag, dict(attrs)))
            self.ids += [dict(attrs)["id"]] if "id" in dict(attrs) else []
        else:
            super().handle_starttag(tag, attrs)


def render(course, portfolio, language="nl", reader=Reader.MENTOR):
    return render_html(build_report(course, portfolio, language, reader))


@pytest.mark.parametrize("reader", [Reader.STUDENT, Reader.LECTURER])
def test_other_readers_get_no_trace_of_it(course, real, reader):
    assert "fb-" not in render(course, real, reader=reader)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_ids_are_unique_and_what_refers_to_them_finds_them(course, real, samples, empty, language):
    assert "input" not in VOID
    for portfolio in (real, samples[language], empty, everywhere(course, PAYLOAD, items=2)):
        page = FormPage(render(course, portfolio, language))
        assert len(page.ids) == len(set(page.ids))
        for _, attributes in page.elements:
            for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
                assert set((attributes.get(name) or "").split()) <= set(page.ids)
        labelled = {attributes.get("for") for tag, attributes in page.elements if tag == "label"}
        fields = [a for tag, a in page.elements if tag in ("textarea", "input") and "id" in a]
        assert {a["id"] for a in fields if a["id"] != "fb-show"} <= labelled


def test_the_policy_names_the_one_style_and_the_one_script(course, real):
    html = render(course, real)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", html, re.S)
        assert html.count(f"<{tag}") == 1
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_nothing_typed_becomes_an_element_of_it(course):
    plain = FormPage(render(course, everywhere(course, "woord", items=2)))
    hostile = FormPage(render(course, everywhere(course, PAYLOAD, items=2)))
    forbidden = {"form", "iframe", "img", "object", "embed"}
    assert not {tag for tag, _ in hostile.elements} & forbidden
    assert not [name for _, a in hostile.elements for name in a if name.startswith("on") or name == "style"]
    count = [("textarea", "data-field"), ("input", "data-field"), ("button", "type")]
    for tag, name in count:
        found = [[a.get(name) for t, a in page.elements if t == tag] for page in (plain, hostile)]
        assert found[0] == found[1]


def test_the_script_finds_every_word_it_says(course, real):
    html = render(course, real)
    script = re.search("<script>(.*?)</script>", html, re.S)[1]
    asked = set(re.findall(r"\bsay\.([a-z]+)", script)) - {"portfolio", "file"}
    assert asked == set(told_words("nl"))
    for language in ("nl", "en"):
        assert all({**form_words(language), **told_words(language)}.values())
