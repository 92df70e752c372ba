"""What a document shows, to whom, and what it never shows."""

import re
from dataclasses import replace

import pytest

from stagekit.checks.completeness import completeness
from stagekit.checks.consent import Reader
from stagekit.i18n import translate
from stagekit.model.portfolio import Mentor, Portfolio, School, Settings
from stagekit.model.values import Consent
from stagekit.report.build import build_report
from stagekit.report.cover import phase
from stagekit.report.model import ImpactFigure, Item, Note, Table, Tally, Todo
from stagekit.report.render.data import report_data
from stagekit.report.render.markdown import render_markdown
from stagekit.report.tree import words

NAMES = ["Karin", "Fatima", "Joost", "Samira", "Peter", "Wei Chen", "Wei", "Chen", "De Wit", "El Amrani",
"Amrani",
         "'t Hart", "Hart", "Bouzid", "Jansen"]  # fmt: skip


@pytest.fixture
def report(course, real):
    return build_report(course, real, "nl", Reader.STUDENT)


def answer(report, id_):
    return next(a for section in report.sections for a in section.answers if a.id == id_)


def blocks(report, kind):
    return [
        b for section in report.sections for a in section.answers for b in a.blocks if isinstance(b, kind)
    ]


def with_answers(portfolio, assignment, **values):
    merged = {**portfolio.of(assignment), **values}
    given = {key: value for key, value in merged.items() if value is not None}
    return Portfolio(portfolio.identity, {**portfolio.answers, assignment: given})


class TestNobodyIsGivenAway:
    @pytest.mark.parametrize("language", ["nl", "en"])
    @pytest.mark.parametrize("reader", list(Reader))
    @pytest.mark.parametrize("name", NAMES)
    def test_no_private_name_anywhere(self, course, real, language, reader, name):
        report = build_report(course, real, language, reader)
        everything = render_markdown(report) + str(report) + str(report_data(report))
        assert not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", everything, re.IGNORECASE)

    def test_a_withheld_conversation_leaves_one_sentence(self, course, real):
        parents = list(real.of("parent-interview")["parents"])
        parents[2] = {
            **parents[2],
            "ready": "KWARTELEI",
            "phase": "lower",
            "surprise": "https://kwartelei.example",
        }
        portfolio = with_answers(real, "parent-interview", parents=tuple(parents))
        for reader in Reader:
            report = build_report(course, portfolio, "nl", reader)
            text = render_markdown(report)
            shown = text + str(replace(report, form=None))  # its rubrics say “onderbouw” to everyone
            assert not re.search("kwartelei|onderbouw|wilde liever niet", shown, re.IGNORECASE)
            assert "kwartelei" not in str(report.form).lower()
            assert text.count("Ouder 3") == 1

    def test_dates_of_a_withheld_conversation_do_not_count(self, course, real):
        parents = list(real.of("parent-interview")["parents"])
        parents[2] = {**parents[2], "consent": Consent(may_use="no", date=None)}
        only = Portfolio(real.identity, {"parent-interview": {"parents": (parents[2],)}})
        assert "period" not in [fact.id for fact in build_report(course, only, "nl").cover.facts]

    def test_without_consent_only_the_student_reads_it(self, course, real):
        parents = list(real.of("parent-interview")["parents"])
        parents[0] = {key: value for key, value in parents[0].items() if key != "consent"}
        portfolio = with_answers(real, "parent-interview", parents=tuple(parents))
        own = build_report(course, portfolio, "nl", Reader.STUDENT)
        assert "Wekker om zes uur" in render_markdown(own)
        assert any(
            b.kind == "unrecorded" for item in blocks(own, Item) for b in item.blocks if isinstance(b, Note)
        )
        for reader in (Reader.MENTOR, Reader.LECTURER):
            other = build_report(course, portfolio, "nl", reader)
            assert "Wekker" not in render_markdown(other) + str(other)
            assert [note.kind for note in blocks(other, Note)] == ["unrecorded", "withheld"]

    def test_paraphrased_is_said(self, report):
        marked = [item.title for item in blocks(report, Item) for b in item.blocks
                  if isinstance(b, Note) and b.kind == "paraphrased"]  # fmt: skip
        assert marked == ["Leermoment 3"]

    def test_the_class_is_a_phase(self, course, real):
        school = School(name="De Wilgenhof", place="Nieuwegein", group="7b van Zeester")
        report = build_report(course, replace(real, identity=replace(real.identity, school=school)), "en")
        assert "7b" not in render_markdown(report) + str(report)
        assert "Zeester" not in str(report)

    @pytest.mark.parametrize(("group", "numbers"), [
        ("1", "1"), ("2/3", "1,3"), ("groep 5", "3"), ("6-7-8", "6"), ("5b", "3"), ("Zeesterren", ""),
        (None, ""), ("12", ""),
    ])  # fmt: skip
    def test_phases(self, group, numbers):
        found = re.findall(r"\((?:groups|groepen) (\d)", phase(group, "en"))
        assert ",".join(found) == numbers

    def test_no_mentor_no_line(self, course, real):
        portfolio = replace(real, identity=replace(real.identity, mentor=Mentor()))
        alone = Portfolio(portfolio.identity, {})
        assert "mentor" not in [fact.id for fact in build_report(course, alone, "nl").cover.facts]


class TestReaders:
    def test_the_mentor_does_not_read_the_staff_room(self, course, real):
        report = build_report(course, real, "nl", Reader.MENTOR)
        assert [section.number for section in report.sections] == [1, 2, 3, 4, 6]
        assert "gemopperd" not in str(report)
        assert len(report.notices) == 2

    def test_unless_the_student_turns_it_on(self, course, real):
        settings = Settings(mentor_sees=("visie", "observation"))
        portfolio = replace(real, identity=replace(real.identity, settings=settings))
        report = build_report(course, portfolio, "nl", Reader.MENTOR)
        assert [section.id for section in report.sections] == ["visie", "observation"]

    @pytest.mark.parametrize(
        ("sees", "said"),
        [(("visie",), "deze delen"), ((), "geen van de delen")],
    )
    def test_what_is_out_of_sight_is_not_called_complete(self, course, real, sees, said):
        portfolio = replace(real, identity=replace(real.identity, settings=Settings(mentor_sees=sees)))
        report = build_report(course, portfolio, "nl", Reader.MENTOR)
        assert said in report.labels.complete
        assert len(report.notices) == (6 if sees else 1)


class TestComplete:
    def test_the_real_answers_lack_nothing(self, report):
        assert report.todo == ()
        assert not blocks(report, Todo)

    def test_every_answer_that_may_be_shown_is_there(self, course, real, report):
        text = " ".join(str(report).split())
        for typed in ("bijna elke dag", "Voor iedereen hetzelfde", "Ze oefent elke ochtend",
        "De vraag wat het kind",
                      "Om half negen niet meer", "Feit: drie van de vier", "Notitie met datum"):  # fmt: skip
            assert typed in text

    def test_whatever_is_missing_for_status_is_to_do_in_the_document(self, course, empty, real):
        half = Portfolio(real.identity, {"visie": {"url": "https://a.nl"}, "parent-interview": {
            "parents": ({"phase": "lower", "on_time": "x", "consent": Consent(informed=True, may_use="yes")},)
        }})  # fmt: skip
        for portfolio in (empty, half):
            report = build_report(course, portfolio, "nl")
            found = completeness(course, portfolio)
            expected = [m.worded("nl") for a in found.assignments for m in a.missing]
            assert [entry.text for entry in report.todo] == expected
            text = render_markdown(report)
            for entry in report.todo:
                assert entry.text in text
        assert len(blocks(build_report(course, empty, "nl"), Todo)) >= 8

    def test_what_is_optional_leaves_no_trace(self, course, empty):
        report = build_report(course, empty, "nl")
        ids = {answer.id for section in report.sections for answer in section.answers}
        assert "parent-interview-my_change" not in ids
        assert any(section.advised for section in report.sections)

    def test_an_answer_that_does_not_apply_is_not_shown(self, course, real):
        portfolio = with_answers(real, "visie", nothing_found=True, looked_where="Overal gezocht")
        ids = [answer.id for answer in build_report(course, portfolio, "nl").sections[0].answers]
        assert "visie-looked_where" in ids
        assert "visie-summary" not in ids


class TestContactTypes:
    @pytest.fixture
    def figure(self, report):
        (figure,) = blocks(report, ImpactFigure)
        return figure

    def test_from_lower_to_higher(self, figure):
        order = [contact.judgement.id for contact in figure.contacts]
        assert order == ["lower"] * 2 + ["depends"] * 4 + ["higher"] * 2

    def test_judgement_beside_the_reference_with_its_reason(self, figure):
        by_title = {words(contact.name): contact for contact in figure.contacts}
        visit = by_title["Huisbezoek"]
        assert visit.judgement.id == visit.likely.level.id == "higher"
        assert set(visit.likely.sources) == {"CT", "JHU", "LUS"}
        assert "verzuim" in visit.likely.reason
        assert len(visit.characteristics) == 3
        assert re.match(r"3 \w+ 9 ", visit.characteristics_text)

    def test_ones_own_has_no_reference_and_says_so(self, figure):
        (own,) = [contact for contact in figure.contacts if contact.own]
        assert own.likely is None
        assert words(own.name) == "Pleinapp van de klassenouder"
        assert own.comparison

    def test_a_difference_is_told_in_words(self, course, real):
        contacts = [{**contact, "judgement": "higher"} for contact in real.of("soorten-contact")["contacts"]]
        portfolio = with_answers(real, "soorten-contact", contacts=tuple(contacts))
        (figure,) = blocks(build_report(course, portfolio, "en"), ImpactFigure)
        compared = {contact.title: contact.comparison for contact in figure.contacts}
        assert compared["Newsletter"] == "The student sees a higher impact than the reference list does."
        assert compared["Home visit"] == "The student and the reference list see this alike."
        assert not re.search(r"\b(right|wrong|correct|score|error|fout|goed)\b", " ".join(compared.values()))

    def test_sources_of_the_reasons_are_listed(self, report):
        keys = {source.key for group in report.sources for source in group.sources if source.key}
        assert {"CT", "JHU", "LUS", "WL"} <= keys
        assert "BAK" not in keys or "BAK" in str(blocks(report, ImpactFigure))

    def test_the_schools_own_pages_are_listed_once(self, report):
        school = report.sources[0]
        assert [source.url for source in school.sources] == [
            "https://dewilgenhof.example/ouders/educatief-partnerschap",
            "https://dewilgenhof.example/schoolgids.pdf",
        ]  # fmt: skip


class TestLanguages:
    def test_questions_switch_and_answers_stay(self, course, real):
        text = render_markdown(build_report(course, real, "en"))
        assert "What does the school say on its website" in text
        assert "Dat één vraag een heel gesprek kan kantelen." in text
        assert "6 October 2026, 10:20" in text
        assert "staff room" in text

    def test_labels_stand_for_ids(self, course, real):
        for language in ("nl", "en"):
            assert not re.search(r"staff_room|school_guide|seen_myself|kletspraatje-deur|\bTrue\b|\bNone\b",
                                 render_markdown(build_report(course, real, language)))  # fmt: skip

    def test_it_says_pseudonymised_and_never_anonymous(self, course, real):
        for language in ("nl", "en"):
            text = render_markdown(build_report(course, real, language)).lower()
            assert "pseudonym" in text or "gepseudonimiseerd" in text
            assert "anoniem" not in text
            assert "anonym" not in text.replace("pseudonym", "")


class TestTables:
    def test_contacts_learning_moments_parents_and_observations_have_one(self, report):
        for id_, rows in (("soorten-contact-contacts", 8), ("mentor-interview-learning_moments", 3),
                          ("parent-interview-parents", 2), ("observation-notes", 4), ("reflection-goals",
                          1)):  # fmt: skip
            (table,) = [b for b in answer(report, id_).blocks if isinstance(b, Table)]
            assert len(table.rows) == rows
            assert {len(row) for row in table.rows} == {len(table.columns)}

    def test_kinds_of_talk_are_counted(self, report):
        (tally,) = blocks(report, Tally)
        assert tally.total == 4
        assert {count.id: count.count for count in tally.counts} == {
            "sharing": 2, "advice": 1, "enquiring": 1, "grumbling": 1, "laughing": 1, "enjoying": 1,
        }  # fmt: skip

    def test_a_missing_required_cell_is_marked(self, course, real):
        contacts = [dict(contact) for contact in real.of("soorten-contact")["contacts"]]
        del contacts[0]["judgement"]
        report = build_report(course, with_answers(real, "soorten-contact", contacts=tuple(contacts)), "nl")
        (table,) = [b for b in answer(report, "soorten-contact-contacts").blocks if isinstance(b, Table)]
        assert [cell.todo for cell in table.rows[0]].count(True) == 1
        assert translate("nl", "still to do") in render_markdown(report)
        assert len(report.todo) == 1
