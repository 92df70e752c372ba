"""The drawing holds every contact type in its place, is plain SVG and never more than its input."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.model.text import visible
from stagekit.report.build import build_report
from stagekit.report.cover import labels
from stagekit.report.model import Contact, ImpactFigure, Level, Likely
from stagekit.report.render.figure import MAX_HEIGHT, WIDTH, impact_svg, impact_svgs
from stagekit.report.tree import Plain
from tests.unit.report.conftest import DATA

LEVELS = tuple(Level(id_, f"{id_} impact") for id_ in ("lower", "depends", "higher"))
BLOCKS = (Level("t", "thuis"), Level("p", "participatie"), Level("c", "communicatie"))
SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "rect", "line", "circle", "path", "text"}


def contact(name="Nieuwsbrief", judged="lower", likely="lower", leans=None, blocks=("c",)):
    level = {each.id: each for each in LEVELS}
    reference = Likely(level[likely], leans, "likely", "high", "because", ()) if likely else None
    name_ = (Plain(name),)
    return Contact(
        "c-1", 1, name, name_, likely is None, blocks, level.get(judged), reference, "", None, (), "", ()
    )


def figure(*contacts, title="From lower to higher", blocks=BLOCKS):
    return ImpactFigure(title, "", "", "", LEVELS, blocks, contacts, "All in words.")


def draw(*contacts, **more):
    return ET.fromstring(impact_svg(figure(*contacts, **more), labels("nl"), language="nl"))


def texts(svg):
    return [each.text or "" for each in svg.iter(SVG + "text")]


def signs(svg):
    """Judgements and references of the rows, as (kind, x), without those of the legend."""
    found = []
    for each in svg.iter():
        if each.get("class") == "student":
            found.append(("student", float(each.get("cx"))))
        elif each.get("class") == "reference" and each.get("d").endswith("Z"):
            found.append(("reference", float(re.match(r"M([\d.]+)", each.get("d"))[1])))
    return found[2:]


def test_judgement_and_reference_stand_side_by_side_in_their_columns():
    rows = signs(draw(contact(judged="lower", likely="lower"), contact(judged="lower", likely="higher")))
    assert [kind for kind, _ in rows] == ["student", "reference"] * 2
    (_, student), (_, alike), (_, again), (_, higher) = rows
    assert student == again < alike < higher


def test_a_difference_is_joined_by_a_dashed_line():
    dashed = [line for line in draw(contact(judged="lower", likely="higher")).iter(SVG + "line")
              if line.get("stroke-dasharray")]  # fmt: skip
    assert len(dashed) == 1
    assert not [line for line in draw(contact()).iter(SVG + "line") if line.get("stroke-dasharray")]


def test_what_has_no_reference_or_judgement_says_so_in_words():
    own = draw(contact("Pleinapp", likely=None))
    assert [kind for kind, _ in signs(own)] == ["student"]
    unjudged = draw(contact(judged=None))
    assert [kind for kind, _ in signs(unjudged)] == ["reference"]
    assert any(labels("nl").todo_short in text for text in texts(unjudged))
    assert len(texts(own)) == len(texts(unjudged)) == len(texts(draw(contact()))) + 1


def test_a_lean_is_drawn_and_explained_only_where_there_is_one():
    plain, leaning = draw(contact(likely="depends")), draw(contact(likely="depends", leans="higher"))
    assert len(texts(leaning)) == len(texts(plain)) + 1


def test_building_blocks_are_letters_or_numbers_where_two_begin_alike():
    assert {"T", "P", "C"} <= set(texts(draw(contact())))
    alike = draw(contact(blocks=("b",)), blocks=(Level("a", "praten"), Level("b", "partnerschap")))
    assert {"1", "2"} <= set(texts(alike))


@pytest.mark.parametrize(("count", "parts"), [(0, 1), (1, 1), (20, 1), (40, 2), (100, 4)])
def test_a_long_figure_is_split_into_even_parts_that_hold_every_contact_once(count, parts):
    contacts = [contact(f"soort {number}") for number in range(count)]
    svgs = impact_svgs(figure(*contacts), labels("nl"), language="nl")
    assert len(svgs) == parts
    assert all(float(ET.fromstring(svg).get("height")) <= MAX_HEIGHT for svg in svgs)
    named = [text for svg in svgs for text in texts(ET.fromstring(svg)) if text.startswith("soort ")]
    assert named == [f"soort {number}" for number in range(count)]
    ids = re.findall(r' id="([^"]+)"', "".join(svgs))
    assert len(ids) == len(set(ids)) == 2 * parts


def test_it_says_what_it_shows():
    svg = draw(contact())
    assert svg.get("role") == "img"
    ids = {each.get("id"): each.text for each in svg.iter() if each.get("id")}
    named = [ids[id_] for id_ in svg.get("aria-labelledby").split()]
    assert named == ["From lower to higher", "All in words."]


hostile = st.text().map(visible).map(lambda text: " ".join(text.split())) | st.sampled_from(
    ["<script>alert(1)</script>", '"><image href="http://example.org"/>', "&amp;", "]]>", "x" * 4000, "🎉"]
)


@given(hostile, hostile)
def test_no_name_adds_anything_but_words(name, title):
    svg = draw(contact(name), title=title)
    assert {each.tag.removeprefix(SVG) for each in svg.iter()} <= ALLOWED
    assert not any("href" in key or key.startswith("on") for each in svg.iter() for key in each.attrib)
    assert len(list(svg.iter())) <= len(list(draw(contact("x")).iter())) + 1


def test_names_stay_in_their_column_and_in_two_lines():
    for name in ("W" * 400, "een lange naam " * 40, "مرحبا بالآباء " * 20, "👨‍👩‍👧‍👦" * 80):
        svg = draw(contact(name))
        at_left = [each.text for each in svg.iter(SVG + "text") if each.get("x") == "0"]
        assert len(at_left) == 3  # the head of the column, and two lines
        assert at_left[2].endswith("…")
        assert float(svg.get("width")) == WIDTH


def test_the_same_figure_gives_the_same_drawing_in_either_language():
    one = figure(contact(), replace(contact("Huisbezoek"), blocks=("t", "c")))
    for language in ("nl", "en"):
        first, second = (impact_svg(one, labels(language), language=language) for _ in range(2))
        assert first == second


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_real_answers(course, real, language, update_golden):
    report = build_report(course, real, language)
    blocks = [block for section in report.sections for answer in section.answers for block in answer.blocks]
    drawn = next(block for block in blocks if isinstance(block, ImpactFigure))
    svg = impact_svg(drawn, report.labels, language=language) + "\n"
    file = DATA.parent / "golden" / f"impact-{language}.svg"
    if update_golden:
        file.write_text(svg, encoding="utf-8", newline="\n")
    assert svg == file.read_text(encoding="utf-8")
