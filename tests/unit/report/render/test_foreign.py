"""Someone else's template: it gets the answers that may be shown, and can do no harm."""

import time
from dataclasses import replace

import pytest

from stagekit.checks.consent import Reader
from stagekit.errors import InvalidInput, UserError
from stagekit.report.build import build_report
from stagekit.report.render import foreign
from stagekit.report.render.foreign import render_foreign


@pytest.fixture(scope="module")
def report(course, real):
    return build_report(course, real, "nl", Reader.STUDENT)


@pytest.fixture
def rendered(report, tmp_path):
    def render(source, name="form.txt"):
        file = tmp_path / name
        file.write_text(source, encoding="utf-8")
        return render_foreign(report, file)

    return render


@pytest.fixture
def refused(rendered):
    def render(source):
        with pytest.raises(InvalidInput) as caught:
            rendered(source)
        (problem,) = caught.value.problems
        assert problem.file.name == "form.txt"
        assert "Noor" not in str(caught.value)
        assert caught.value.__cause__ is None
        return problem

    return render


class TestWhatATemplateCanUse:
    def test_who_and_what(self, rendered):
        text = rendered("{{ who.student }} {{ who.number }}\n{{ answers.visie.summary.text }}")
        assert text.startswith("Noor van den Berg 0123456\n")
        assert "#maatwerk" in text

    def test_every_section_and_answer(self, rendered, report):
        each = "{{ a.label }}|{{ a.text }}|{{ a.markdown }}"
        source = "{% for s in sections %}{% for a in s.answers %}" + each + "{% endfor %}{% endfor %}"
        text = rendered(source)
        for section in report.sections:
            for answer in section.answers:
                assert answer.label in text
        assert "Karin" not in text
        assert "Wilde liever niet" not in text

    def test_tables_items_and_contacts(self, rendered):
        text = rendered(
            "{% set a = answers['soorten-contact'] %}{{ a.contacts.tables[0].rows|length }} "
            "{{ a['contacts-impact'].contacts[0].title }} "
            "{{ answers['parent-interview'].parents['items'][1].answers.ready }}"
        )
        assert text.startswith("8 Nieuwsbrief Zijn zoon pakt zelf zijn tas.")

    def test_markup_is_escaped_in_html_only(self, course, real, tmp_path):
        identity = replace(real.identity, student=replace(real.identity.student, name="<b>"))
        report = build_report(course, replace(real, identity=identity), "nl", Reader.STUDENT)
        for name, expected in (("a.html", "&lt;b&gt;"), ("a.html.j2", "&lt;b&gt;"), ("a.md", "<b>")):
            file = tmp_path / name
            file.write_text("{{ who.student }}")
            assert render_foreign(report, file) == expected

    def test_the_same_every_time(self, rendered):
        with pytest.raises(InvalidInput, match="lipsum"):
            rendered("{{ lipsum() }}")


class TestLimits:
    def test_a_loop_without_end_is_stopped(self, refused, monkeypatch):
        monkeypatch.setattr(foreign, "SECONDS", 1.0)
        start = time.monotonic()
        loop = "{% for a in range(99999) %}" * 3 + "{% endfor %}" * 3
        assert "too long" in refused(loop).message or "te lang" in refused(loop).message
        assert time.monotonic() - start < 8

    @pytest.mark.parametrize("source", [
        "{{ 'a'*10**9 }}", "{{ 'a' * 1000000000 }}", "{{ ['a'] * 100000000 }}", "{{ 9**9**9**9 }}",
        "{% for i in range(10**12) %}{% endfor %}", "{{ '%1000000000d'|format(1) }}",
        "{{ 'a'|center(2000000000) }}",
        "{{ '{:>1000000000}'.format(1) }}", "{{ ('a'*1000000)|replace('a','b'*10000) }}",
        "{% set n=namespace(x='a'*1000) %}{% for i in range(40) %}{% set n.x = n.x ~ n.x %}"
        "{% endfor %}{{ n.x }}",
        "{% for a in range(99999) %}{% for b in range(99999) %}xxxxxxxxxx{% endfor %}{% endfor %}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    ])  # fmt: skip
    def test_too_much_is_refused(self, refused, source):
        start = time.monotonic()
        refused(source)
        assert time.monotonic() - start < 5

    @pytest.mark.parametrize("source", [
        "{{ ''.__class__.__mro__ }}", "{{ ''['__class__'] }}", "{{ ''|attr('__class__') }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}", "{{ self._TemplateReference__context }}",
        "{{ sections.append(1) }}", "{{ ''.format.__globals__ }}", "{{ '{0.__class__.__mro__}'.format('') }}",
    ])  # fmt: skip
    def test_the_sandbox_holds(self, refused, source):
        refused(source)

    @pytest.mark.parametrize("source", [
        "{% include '/etc/passwd' %}", "{% extends 'x' %}", "{% import 'os' as os %}",
        "{% from 'x' import y %}",
    ])  # fmt: skip
    def test_no_other_file_is_read(self, refused, source):
        assert refused(source).line == 1


class TestMistakes:
    def test_a_syntax_error_has_its_line(self, refused):
        problem = refused("a\nb\n{% for %}")
        assert problem.line == 3

    def test_an_unknown_name_has_its_line_and_is_named(self, refused):
        problem = refused("a\n{{ who.naam }}")
        assert (problem.line, "naam" in problem.message) == (2, True)

    def test_an_answer_is_never_in_the_message(self, refused):
        problem = refused("{{ who[answers.visie.summary.text] }}\n{{ answers.visie.summary.text + 1 }}")
        assert "maatwerk" not in problem.message

    def test_what_goes_wrong_at_work_has_its_line(self, refused):
        assert refused("\n\n{{ 1 / 0 }}").line == 3

    def test_no_template_there(self, report, tmp_path):
        with pytest.raises(UserError):
            render_foreign(report, tmp_path / "none.txt")

    @pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"x" * 1_000_001])
    def test_no_text(self, report, tmp_path, data):
        file = tmp_path / "a.txt"
        file.write_bytes(data)
        with pytest.raises(UserError):
            render_foreign(report, file)
