import pytest

from stagekit.checks.completeness import Lack, completeness, given
from stagekit.model.values import Consent

CONSENT = "consent: {informed: true, form: spoken, date: 2026-10-13, may_use: yes}"
NO = "consent: {may_use: no}"


def look(kit, text="", assignment="work"):
    return completeness(kit.course, kit.portfolio(text)).of(assignment)


def moments(kit, items):
    return look(kit, f"mentor-interview: {{learning_moments: {items}}}", "mentor-interview")


def paths(found):
    return [item.path for item in found]


def test_the_real_answers_are_complete(shipped, real):
    found = completeness(shipped.course, real).as_json()
    assert found["complete"]
    assert [a["id"] for a in found["assignments"]] == [
        "visie", "soorten-contact", "mentor-interview", "parent-interview", "observation", "reflection",
    ]  # fmt: skip
    assert all(a["complete"] and a["missing"] == [] for a in found["assignments"])


def test_an_empty_portfolio_lacks_only_what_the_course_sheet_asks(shipped):
    found = completeness(shipped.course, shipped.portfolio()).as_json()
    assert {a["id"]: a["missing"] for a in found["assignments"]} == {
        "visie": ["summary"],
        "soorten-contact": ["contacts"],
        "mentor-interview": ["learning_moments"],
        "parent-interview": ["parents"],
        "observation": ["notes"],
        "reflection": [
            "impressed", "impressed_why", "thinking", "thinking_why", "learned", "questions", "next_steps",
        ],
    }  # fmt: skip
    assert not found["complete"]


def test_nothing_found_on_the_website_is_a_valid_answer(shipped):
    found = look(shipped, "visie: {nothing_found: true, looked_where: Overal.}", "visie")
    assert found.complete
    assert not look(shipped, "visie: {nothing_found: true}", "visie").complete


def test_each_missing_field_of_an_item_has_its_place_and_a_sentence(shipped):
    items = "[{type: huisbezoek, judgement: higher}, {type: nieuwsbrief}]"
    found = look(shipped, f"soorten-contact: {{contacts: {items}}}", "soorten-contact")
    assert paths(found.missing) == [("contacts", 1, "judgement")]
    assert found.missing[0].question == "contacts"
    assert found.missing[0].worded("en") == "Contact type 2, impact: not filled in yet"
    assert found.missing[0].place("nl").startswith("Contactsoort 2, ")


def test_an_own_contact_needs_its_name_only_when_it_is_one(shipped):
    text = "soorten-contact: {contacts: [{type: other, judgement: higher}]}"
    found = look(shipped, text, "soorten-contact")
    assert paths(found.missing) == [("contacts", 0, "name")]


def test_both_school_guide_and_mentor_are_advised_over_the_whole_list(shipped):
    def advised(*sources):
        items = ", ".join(f"{{type: huisbezoek, judgement: higher, sources: [{s}]}}" for s in sources)
        found = look(shipped, f"soorten-contact: {{contacts: [{items}]}}", "soorten-contact")
        return [m.what["en"] for m in found.advised if m.lack is Lack.VALUE]

    assert advised("school_guide", "mentor") == []
    assert advised("school_guide", "website") == ["mentor"]
    assert advised("website") == ["school guide", "mentor"]
    assert advised("") == []


def test_quotas_ask_for_who_is_missing_and_nothing_twice(shipped):
    full = f"{{role: teacher, learning: L, {CONSENT}}}"
    found = moments(shipped, f"[{full}]")
    assert [(m.lack, m.count) for m in found.missing] == [(Lack.QUOTA, 1), (Lack.QUOTA, 1)]
    three = moments(shipped, f"[{full}, {full}, {full}]")
    assert [(m.count, m.what["en"]) for m in three.missing] == [(1, "a learning moment of your mentor")]
    assert three.missing[0].worded("en") == "A learning moment of your mentor: 1 more needed"


@pytest.mark.parametrize("withheld", [f"{{role: mentor, {NO}}}", f"{{{NO}}}"])
def test_a_withheld_conversation_counts_as_held_and_needs_no_fields(shipped, withheld):
    full = f"{{role: teacher, learning: L, {CONSENT}}}"
    found = moments(shipped, f"[{withheld}, {full}, {full}]")
    assert found.complete


def test_one_withheld_conversation_fills_one_place_only(shipped):
    full = f"{{role: teacher, learning: L, {CONSENT}}}"
    found = moments(shipped, f"[{{{NO}}}, {full}]")
    assert [m.count for m in found.missing] == [1]


def test_parents_short_of_the_minimum_are_counted(shipped):
    one = f"{{on_time: a, ready: b, important: c, {CONSENT}}}"
    found = look(shipped, f"parent-interview: {{parents: [{one}, {{}}]}}", "parent-interview")
    assert [(m.lack, m.count, m.total) for m in found.missing] == [(Lack.ITEMS, 1, 2)]
    assert found.missing[0].worded("en") == "Parents: 1 more needed (1 of 2 there)"
    two = look(shipped, f"parent-interview: {{parents: [{one}, {one}]}}", "parent-interview")
    assert two.complete
    assert [m.lack for m in two.advised if m.path == ("parents",)] == [Lack.SUGGESTED]


def test_what_many_items_lack_is_advised_once(small):
    kit = small("""
  - {id: things, type: repeat, label: LABEL, prompt: LABEL, need: required, item: {nl: ding, en: thing},
     questions: [{id: a, type: text, label: LABEL, prompt: LABEL, need: required},
                 {id: b, type: text, label: {nl: Datum, en: Date}, prompt: LABEL, need: advised}]}
""")
    found = look(kit, "work: {things: [{a: x}, {a: y, b: z}, {a: q}]}")
    assert [(m.path, m.count, m.total) for m in found.advised] == [(("things", "b"), 2, 3)]
    assert found.advised[0].worded("en") == "Label, date: not filled in yet in 2 of 3"
    assert found.complete


def test_blanks_are_no_answer(small):
    kit = small("  - {id: a, type: long_text, label: LABEL, prompt: LABEL, need: required}")
    for text in ('" "', '"\\n\\t"', '"\\u00a0\\u200b\\ufeff"'):
        assert paths(look(kit, f"work: {{a: {text}}}").missing) == [("a",)]
    assert look(kit, "work: {a: '0'}").complete


def test_no_is_an_answer_and_half_a_consent_is_not(small):
    kit = small("""
  - {id: a, type: yes_no, label: LABEL, prompt: LABEL, need: required}
  - {id: c, type: consent, label: LABEL, prompt: LABEL, need: advised}
""")
    assert look(kit, "work: {a: false}").complete
    assert paths(look(kit, "work: {a: false, c: {informed: true}}").advised) == [("c",)]
    assert look(kit, "work: {a: false, c: {informed: true, may_use: yes}}").advised == ()
    assert look(kit, "work: {a: false, c: {may_use: no}}").advised == ()


GROUP = """
  - id: g
    type: group
    label: {nl: Gids, en: Guide}
    prompt: LABEL
    need: NEED
    questions:
      - {id: a, type: text, label: {nl: Titel, en: Title}, prompt: LABEL, need: INNER}
      - {id: b, type: text, label: {nl: Blad, en: Page}, prompt: LABEL}
"""


@pytest.mark.parametrize(
    ("need", "inner", "answers", "missing", "advised"),
    [
        ("required", "optional", "{}", [("g",)], []),
        ("required", "optional", "{work: {g: {b: x}}}", [], []),
        ("required", "required", "{}", [("g", "a")], []),
        ("advised", "advised", "{}", [], [("g",)]),
        ("advised", "advised", "{work: {g: {b: x}}}", [], [("g", "a")]),
        ("optional", "required", "{work: {g: {b: x}}}", [("g", "a")], []),
        ("optional", "advised", "{}", [], [("g", "a")]),
    ],
)
def test_a_group_asks_for_what_stands_in_it(small, need, inner, answers, missing, advised):
    kit = small(GROUP.replace("NEED", need).replace("INNER", inner))
    found = look(kit, answers)
    assert (paths(found.missing), paths(found.advised)) == (missing, advised)


def test_given_of_total_counts_the_questions_that_apply(shipped):
    found = look(shipped, "visie: {nothing_found: true, looked_where: x}", "visie")
    assert found.given == 2
    assert found.total == len(shipped.course.assignment("visie").questions) - 2


@pytest.mark.parametrize("value", [None, "", "\u200b", (), ({},), ({"a": " "},), {}, Consent()])
def test_nothing_is_not_given(value):
    assert not given(value)


@pytest.mark.parametrize("value", [False, 0, "x", ("a",), ({"a": "x"},), {"a": 0}, Consent(form="spoken")])
def test_something_is_given(value):
    assert given(value)


def test_every_way_of_missing_has_a_sentence_in_both_languages(shipped):
    one = "{type: huisbezoek, sources: [mentor], judgement: higher}"
    text = f"soorten-contact: {{contacts: [{one}]}}"
    for portfolio in (shipped.portfolio(text), shipped.portfolio()):
        for assignment in completeness(shipped.course, portfolio).assignments:
            for found in (*assignment.missing, *assignment.advised):
                for language in ("nl", "en"):
                    assert found.place(language)
                    assert "{" not in found.worded(language)
                assert found.sentence
