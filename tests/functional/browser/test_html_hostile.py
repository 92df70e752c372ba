"""Whatever is typed into any answer shows as typed, runs nothing, and asks for nothing."""

from collections import Counter
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser

import pytest

from stagekit.model.portfolio import Portfolio
from stagekit.report.build import build_report
from stagekit.report.render.html import render_html
from stagekit.report.tree import Plain
from tests.unit.report.conftest import everywhere

RUN = "window.ran=1"
PAYLOADS = [
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x>",
    f"<body onload={RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f'<iframe src="javascript:parent.{RUN}"></iframe>',
    f"<details open ontoggle={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f'<object data="javascript:{RUN}"></object>',
    f'<embed src="javascript:{RUN}">',
    f'<math href="javascript:{RUN}">x</math>',
    f'<a href="javascript:{RUN}">x</a>',
    f"[x](javascript:{RUN})",
    f"[x](JaVaScRiPt:{RUN})",
    "[x](data:text/html,<script>1</script>)",
    f"[x](vbscript:{RUN})",
    f"<javascript:{RUN}>",
    f'[x](https://a.example/" onmouseover="{RUN})',
    f'" onmouseover="{RUN}',
    f"' onfocus='{RUN}",
    f"--><script>{RUN}</script>",
    f"<!--><script>{RUN}</script>-->",
    f"<![CDATA[<script>{RUN}</script>]]>",
    f"</style><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</svg><script>{RUN}</script>",
    f"</td></tr></table><script>{RUN}</script>",
    "</section></main></body></html>",
    f'<noscript><p title="</noscript><img src=x onerror={RUN}>">',
    f"<template><script>{RUN}</script></template>",
    "<style>@import 'https://a.example/x.css';</style>",
    "<link rel=stylesheet href=https://a.example/x.css>",
    "<img src=https://a.example/x.png>",
    "![x](https://a.example/x.png)",
    "<meta http-equiv=refresh content='0;url=https://a.example'>",
    "<base href=https://a.example/>",
    "<form action=https://a.example><button>x</button></form>",
    "<video poster=https://a.example/x.png>",
    '<div style="background:url(https://a.example/x.png)">',
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{{ ''.__class__.__mro__ }}",
    "{# x #}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "&amp;lt;",
    "%3Cscript%3E",
    "\u003cscript\u003e",
    "＜script＞",
    "a\x00b\x1b[31mc\ufffed",
    "\u202eabc\u2066",
    '=HYPERLINK("https://a.example")',
    '#include "x"',
    "<?php x ?>",
    "<?xml version='1.0'?>",
    "]]>",
    "<xmp>",
    "<plaintext>",
    "<select><option>",
    f"<x onclick={RUN}>klik</x>",
    "<marquee>",
    "<h1>Kop</h1>",
    "<h2 id=visie>",
]


COVER = [f"<script>{RUN}</script>", f"</title><script>{RUN}</script>", f'"><img src=x onerror={RUN}>']
TOUCH = """
for (const element of document.querySelectorAll('main *'))
  for (const kind of ['click', 'mouseover', 'focus', 'toggle'])
    if (!element.closest('a')) element.dispatchEvent(new Event(kind));
"""


def letters(text):
    return "".join(text.split())


def written(part):
    """List every run of words in a report that a student typed."""
    if isinstance(part, Plain):
        return [part.text]
    if is_dataclass(part):
        part = [getattr(part, field.name) for field in fields(part)]
    return [text for each in part for text in written(each)] if isinstance(part, list | tuple) else []


@pytest.fixture
def hostile(course):
    return everywhere(course, "\n\n".join(PAYLOADS), items=2)


def test_every_payload_in_every_answer_stays_words(page, course, hostile):
    for language in ("nl", "en"):
        shown = page(hostile, language)
        shown.value(TOUCH)
        shown.settle()
        assert shown.value("window.ran") is None
        assert shown.requests() == []
        assert shown.complaints() == []
        assert shown.value("location.href") == shown.url
        text = letters(shown.value("document.querySelector('main').textContent"))
        # What is cut in the drawing stands whole in the table beneath it, so that no field is missed.
        answers = written(build_report(course, hostile, language))
        assert len(answers) > 10 * len(PAYLOADS)
        for answer in answers:
            assert letters(answer) in text


def test_no_answer_adds_removes_or_swallows_an_element_of_the_page(page, course, hostile):
    kinds = "h1,h2,h3,h4,section,article,nav,main,table,th,svg,script,style,form,link,meta,iframe,img"
    outline = f"[...document.querySelectorAll('{kinds}')].map(e => [e.localName, e.id])"
    plain = page(everywhere(course, "woord", items=2)).value(outline)
    assert page(hostile).value(outline) == plain


def test_the_cover_is_no_way_in_either(page, course):
    identity = everywhere(course, "x").identity
    for payload in COVER:
        student = replace(identity.student, name=payload, number=payload)
        school = replace(identity.school, name=payload, place=payload)
        shown = page(Portfolio(replace(identity, student=student, school=school)))
        shown.settle()
        assert shown.value("window.ran") is None
        assert shown.requests() + shown.complaints() == []
        assert payload in shown.value("document.querySelector('header').textContent")
        assert payload in shown.value("document.title")


class Attributes(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = Counter()

    def handle_starttag(self, tag, attrs):
        self.found.update([tag, *(f"@{name}" for name, _ in attrs)])


def test_there_is_one_style_and_one_script_and_no_other_way_to_run(course, hostile):
    html = render_html(build_report(course, hostile, "nl"))
    assert {html.count(tag) for tag in ("<style", "</style", "<script", "</script")} == {1}
    reader = Attributes()
    reader.feed(html)
    assert not [name for name in reader.found if name.startswith("@on")]
    forbidden = {"@style", "@src", "@srcset", "@srcdoc", "iframe", "object", "embed", "form", "base", "img"}
    assert not forbidden & set(reader.found)
