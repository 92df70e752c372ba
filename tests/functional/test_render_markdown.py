"""`stagekit render`: what a student hands in, from the real answers."""

import re

import pytest

NAMES = [
    "Karin", "Fatima", "Joost", "Samira", "Peter", "Wei Chen", "De Wit", "El Amrani", "'t Hart", "’t Hart",
    "Bouzid", "Jansen", "Amrani",
]  # fmt: skip


@pytest.fixture(params=["nl", "en"])
def markdown(request, stagekit, real):
    stagekit("render", real, "--lang", request.param)
    name = "portfolio.md" if request.param == "nl" else "portfolio-en.md"
    return (real / name).read_text(encoding="utf-8")


def test_holds_every_answer_that_may_be_shown(markdown):
    for words in [
        "0123456", "Noor van den Berg", "De Wilgenhof", "Nieuwegein",
        "Educatief partnerschap is een manier van denken.", "#maatwerk", '100% "welkom"',
        "Pleinapp van de klassenouder", "Voor iedereen hetzelfde; je kunt er niets op terugzeggen.",
        "Ouders met wisseldiensten", "om de maand aan het eind van de middag",
        "wat zijn zoon thuis vertelde, werd het rustig", "De moeder werkte 's avonds in een verpleeghuis",
        "Eerst samen uitzoeken wat je allebei voor het kind wilt", "Wekker om zes uur",
        "Zijn zoon pakt zelf zijn tas", "Er wordt gemopperd over ouders", "Dat had je ook kunnen vragen",
        "drie van de vier gesprekken", "Dat één vraag een heel gesprek kan kantelen.",
        "gelijkwaardig is ook nee mogen zeggen", "Bereikbaar zijn is iets anders dan een app hebben.",
        "Ik stel in elk gesprek met een ouder eerst een open vraag.",
    ]:  # fmt: skip
        assert words in " ".join(markdown.split()), words


def test_gives_nobody_away(markdown):
    for name in NAMES:
        assert not re.search(rf"(?<!\w){re.escape(name)}", markdown, re.IGNORECASE), name


def test_a_withheld_conversation_leaves_no_word(markdown):
    assert "Wilde liever niet" not in markdown


def test_same_input_same_bytes(stagekit, real):
    stagekit("render", real)
    first = (real / "portfolio.md").read_bytes()
    stagekit("render", real)
    assert (real / "portfolio.md").read_bytes() == first


def test_half_a_portfolio_renders_and_says_what_is_to_do(stagekit, tmp_path):
    (tmp_path / "a.yaml").write_text("portfolio: {language: nl}\nvisie: {summary: Kort.}\n", encoding="utf-8")
    stagekit("start", "P", "--answers", "a.yaml")
    stagekit("render", "P")
    text = (tmp_path / "P" / "portfolio.md").read_text(encoding="utf-8")
    assert "Kort." in text
    assert "Nog te doen" in text


def test_another_folder_and_an_unknown_format(stagekit, real, tmp_path):
    stagekit("render", real, "-o", "out")
    assert (tmp_path / "out" / "portfolio.md").is_file()
    result = stagekit("render", real, "-f", "odt", ok=False)
    assert result.code == 2
    assert "md" in result.err


def test_someone_elses_template(stagekit, real, tmp_path):
    template = tmp_path / "own.md.j2"
    template.write_text("{% for s in sections %}{{ s.title }};{% endfor %}", encoding="utf-8")
    stagekit("render", real, "--template", template)
    assert "Soorten contact;" in (real / "portfolio-own.md").read_text(encoding="utf-8")
    template.write_text("{{ nothing_of_ours }}", encoding="utf-8")
    result = stagekit("render", real, "--template", template, ok=False)
    assert result.code == 2
    assert "own.md.j2" in result.err
