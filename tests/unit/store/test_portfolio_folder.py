"""A portfolio on disk: what was typed comes back, and nothing is overwritten unseen."""

import os
import stat
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from stagekit.errors import InvalidInput, UserError
from stagekit.model.portfolio import Mentor
from stagekit.store.portfolio_folder import PortfolioFolder, SaveConflict, course_of
from stagekit.store.yaml_reader import parse
from tests.unit.store.conftest import ANSWERS, edit, make_course, make_identity
from tests.unit.store.test_yaml_writer import TEXT


def contents(root):
    return {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_a_new_portfolio_holds_what_was_given(folder, course):
    loaded = folder.load(course)
    assert loaded.portfolio.answers == ANSWERS
    assert loaded.portfolio.identity == make_identity()
    assert (loaded.problems, loaded.notices) == ((), ())
    assert folder.exists()
    assert course_of(folder.path) == "small"


def test_files_are_forms_in_the_language_of_the_portfolio(visie, observation):
    text = visie.read_text(encoding="utf-8")
    assert text.startswith(
        "# Visie\nassignment: visie\nschema: 1\nanswers:\n  # Welk adres?\n  url: https://"
    )
    assert "  # Wat staat er?\n  summary: |-\n    Eerste regel\n    \tmet tab  \n    en 😀\n" in text
    assert "  # Op welke dag?\n  visited_on:\n" in text
    assert "    # Hoe heet hij?\n    title:\n" in text
    notes = observation.read_text(encoding="utf-8")
    assert notes.count("# Wat werd gezegd?") == 1
    assert "day" not in notes


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_only_the_owner_can_read_it(folder, course):
    folder.save(course, {"visie": {"summary": "x"}})
    paths = [folder.path, *folder.path.rglob("*")]
    assert all(stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600) for path in paths)


def test_a_folder_with_only_the_private_folder_is_as_good_as_empty(tmp_path, course):
    (tmp_path / ".stagekit" / "tmp").mkdir(parents=True)
    (tmp_path / ".stagekit" / "tmp" / "left").write_text("x")
    PortfolioFolder(tmp_path).create(course, make_identity(), {})
    assert PortfolioFolder(tmp_path).load(course).portfolio.answers == {}
    assert list((tmp_path / ".stagekit" / "tmp").iterdir()) == []


def test_the_files_of_a_portfolio_can_be_had_without_writing_them(folder, course, tmp_path):
    files = PortfolioFolder(tmp_path / "nowhere").files(course, make_identity(), ANSWERS)
    assert not (tmp_path / "nowhere").exists()
    assert files == {name: (folder.path / name).read_bytes() for name in files}
    assert sorted(files) == ["answers/1-visie.yaml", "answers/2-observation.yaml", "portfolio.yaml"]


def test_a_portfolio_is_never_made_over_another(folder, course, tmp_path):
    before = contents(folder.path)
    with pytest.raises(UserError, match=r"portfolio\.yaml"):
        folder.create(course, make_identity(), {})
    assert contents(folder.path) == before
    (tmp_path / "other" / "answers").mkdir(parents=True)
    (tmp_path / "other" / "answers" / "1-visie.yaml").write_text("mine")
    with pytest.raises(UserError, match="1-visie"):
        PortfolioFolder(tmp_path / "other").create(course, make_identity(), {})
    assert (tmp_path / "other" / "answers" / "1-visie.yaml").read_text() == "mine"


def test_values_that_do_not_fit_are_refused_before_anything_is_written(tmp_path, course):
    with pytest.raises(InvalidInput):
        PortfolioFolder(tmp_path / "new").create(course, make_identity(), {"visie": {"tone": 9}})
    with pytest.raises(InvalidInput):
        PortfolioFolder(tmp_path / "new").create(course, make_identity(), {"visie": {"summary": "\x1b[31m"}})
    with pytest.raises(UserError):
        PortfolioFolder(tmp_path / "new").create(course, make_identity(), {"vision": {}})
    assert not (tmp_path / "new").exists()


def test_only_the_given_question_changes(folder, course, visie):
    before = visie.read_text(encoding="utf-8")
    folder.save(course, {"visie": {"visited_on": date(2026, 10, 6)}})
    assert visie.read_text(encoding="utf-8") == before.replace("visited_on:", "visited_on: 2026-10-06")
    folder.save(course, {"visie": {"visited_on": None}})
    assert visie.read_text(encoding="utf-8") == before


def test_saving_what_is_there_writes_nothing(folder, course):
    before = contents(folder.path)
    result = folder.save(
        course, {key: dict(values) for key, values in ANSWERS.items()}, identity=make_identity()
    )
    assert result.written == ()
    assert contents(folder.path) == before


@given(TEXT, TEXT)
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_through_save_and_load(tmp_path_factory, one, two):
    course = make_course()
    store = PortfolioFolder(tmp_path_factory.mktemp("any") / "p")
    store.create(course, make_identity(), {})
    store.save(course, {"visie": {"summary": one, "guide": {"title": two}}})
    store.append(course, "observation", "notes", {"heard": two})
    answers = PortfolioFolder(store.path).load(course).portfolio.answers
    assert answers == {
        "visie": {"summary": one, "guide": {"title": two}},
        "observation": {"notes": ({"heard": two},)},
    }


def test_two_sessions_that_save_different_answers_both_survive(folder, course):
    one, two = folder.load(course).snapshot, PortfolioFolder(folder.path).load(course).snapshot
    folder.save(course, {"visie": {"summary": "van de een"}}, base=one)
    PortfolioFolder(folder.path).save(course, {"visie": {"tone": 5}}, base=two)
    answers = folder.load(course).portfolio.of("visie")
    assert (answers["summary"], answers["tone"]) == ("van de een", 5)


def test_the_same_answer_changed_elsewhere_is_refused_with_both_versions(folder, course, visie):
    base = folder.load(course).snapshot
    edit(visie, "Eerste regel", "Met de hand veranderd")
    before = contents(folder.path)
    with pytest.raises(SaveConflict, match=r"1-visie\.yaml:\d+ \(visie\.summary\)") as caught:
        folder.save(course, {"visie": {"summary": "van mij", "tone": 4}}, base=base)
    assert contents(folder.path) == before
    (conflict,) = caught.value.conflicts
    assert (conflict.question_id, conflict.ours) == ("summary", "van mij")
    assert conflict.theirs.startswith("Met de hand")
    assert "van mij" not in repr(conflict)
    folder.save(course, {"visie": {"summary": "van mij"}})
    assert folder.load(course).portfolio.of("visie")["summary"] == "van mij"


def test_a_session_goes_on_from_what_it_saved_and_still_sees_changes_of_others(folder, course, visie):
    base = folder.load(course).snapshot
    base = folder.save(course, {"visie": {"summary": "een"}}, base=base).snapshot
    base = folder.save(course, {"visie": {"summary": "twee"}}, base=base).snapshot
    edit(visie, "tone: 3", "tone: 2")
    base = folder.save(course, {"visie": {"summary": "drie"}}, base=base).snapshot
    with pytest.raises(SaveConflict):
        folder.save(course, {"visie": {"tone": 5}}, base=base)
    assert folder.load(course).portfolio.of("visie")["tone"] == 2


def test_the_same_change_in_both_is_no_conflict(folder, course, visie):
    base = folder.load(course).snapshot
    edit(visie, "tone: 3", "tone: 4")
    folder.save(course, {"visie": {"tone": 4}}, base=base)


def test_append_adds_behind_what_stands_there_and_keeps_the_rest(folder, course, observation):
    edit(
        observation,
        "    - heard: Een zucht.",
        "    - heard: Een zucht.\n      mood: grijs\n      day: gisteren",
    )
    assert folder.append(course, "observation", "notes", {"heard": "no", "kinds": ("advice",)}) == 3
    text = observation.read_text(encoding="utf-8")
    assert "mood: grijs" in text
    assert "day: gisteren" in text
    notes = folder.load(course).portfolio.of("observation")["notes"]
    assert notes == (
        {"heard": "Een grap.", "kinds": ("sharing",)},
        {"heard": "Een zucht."},
        {"heard": "no", "kinds": ("advice",)},
    )


def test_append_to_what_is_no_list_is_refused_with_the_line(folder, course, observation):
    observation.write_text("answers:\n  notes: zomaar tekst\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"2-observation\.yaml:2"):
        folder.append(course, "observation", "notes", {"heard": "x"})
    assert "zomaar tekst" in observation.read_text()


def test_unknown_keys_are_kept_and_named(folder, course, visie):
    edit(visie, "  # Welke toon?", "  sumary: oud\n  # Welke toon?")
    edit(visie, "schema: 1", "schema: 1\ncolour: [rood, {a: b}]")
    loaded = folder.load(course)
    assert loaded.problems == ()
    assert [notice.path for notice in loaded.notices] == ["visie.sumary", "colour"]
    assert "summary" in loaded.notices[0].message
    assert loaded.notices[0].line == visie.read_text().splitlines().index("  sumary: oud") + 1
    folder.save(course, {"visie": {"tone": 5}})
    text = visie.read_text(encoding="utf-8")
    assert "sumary: oud" in text
    assert parse(text.encode()).entries["colour"] == parse(b"- rood\n- a: b\n")


def test_unknown_keys_and_wrong_values_inside_a_list_stay_with_their_item(folder, course, observation):
    edit(
        observation,
        "    - heard: Een zucht.",
        "    - heard: Een zucht.\n      mood: grijs\n      day: gisteren",
    )
    notes = ANSWERS["observation"]["notes"]
    folder.save(course, {"observation": {"notes": (notes[1], {**notes[0], "heard": "Een betere grap."})}})
    items = parse(observation.read_bytes()).entries["answers"].entries["notes"].items
    assert [sorted(item.entries) for item in items] == [["day", "heard", "mood"], ["heard", "kinds"]]


def test_a_wrong_value_costs_only_itself(folder, course, visie):
    edit(visie, "tone: 3", "tone: drie")
    loaded = folder.load(course)
    (problem,) = loaded.problems
    assert (problem.file, problem.path) == (visie, "visie.tone")
    assert visie.read_text().splitlines()[problem.line - 1] == "  tone: drie"
    assert "summary" in loaded.portfolio.of("visie")
    folder.save(course, {"visie": {"summary": "anders"}})
    assert "tone: drie" in visie.read_text(encoding="utf-8")
    folder.save(course, {"visie": {"tone": 1}})
    assert folder.load(course).problems == ()


BREAKS = [
    ("  tone: 3", '  tone: "3'),
    ("  tone: 3", "\ttone: 3"),
    ("  tone: 3", "  tone: 3: 4"),
    ("  tone: 3", "  tone: [1, 2"),
    ("  tone: 3", "  tone: 3\n  tone: 4"),
    ("  tone: 3", "  tone: !!int 3"),
    ("  tone: 3", "  tone: *x"),
    ("  tone: 3", "  tone: 3\n   scheef: x"),
]


@pytest.mark.parametrize(("old", "new"), BREAKS)
def test_broken_yaml_costs_only_the_answer_it_stands_in(folder, course, visie, old, new):
    edit(visie, old, new)
    before = visie.read_bytes()
    loaded = folder.load(course)
    answers = loaded.portfolio.of("visie")
    assert answers["summary"] == ANSWERS["visie"]["summary"]
    assert answers["url"] == ANSWERS["visie"]["url"]
    line = visie.read_text().splitlines().index(new.splitlines()[0]) + 1
    assert any(problem.file == visie and problem.line in (line, line + 1) for problem in loaded.problems)
    with pytest.raises(InvalidInput, match=r"1-visie\.yaml:"):
        folder.save(course, {"visie": {"summary": "nieuw"}})
    assert visie.read_bytes() == before
    folder.save(course, {"observation": {"pattern": "kan wel"}})


def test_bytes_that_are_no_utf8_cost_only_the_answer_they_stand_in(folder, course, visie):
    visie.write_bytes(visie.read_bytes().replace(b"met tab", b"m\xe9t tab"))
    loaded = folder.load(course)
    assert loaded.portfolio.of("visie")["tone"] == 3
    assert loaded.problems[0].line == visie.read_bytes().splitlines().index(b"    \tm\xe9t tab  ") + 1


def test_comments_of_a_person_stay_and_prompts_stay_single(folder, course, visie):
    edit(visie, "  # Welke toon?", "  # nog navragen!\n  # Welke toon?")
    edit(visie, "tone: 3", "tone: 3   # twijfel")
    visie.write_text(visie.read_text(encoding="utf-8") + "# tot hier\n", encoding="utf-8")
    for summary in ("een", "twee"):
        assert folder.save(course, {"visie": {"summary": summary}}).notices == ()
    text = visie.read_text(encoding="utf-8")
    for line in ("# nog navragen!", "# Welke toon?", "tone: 3 # twijfel", "# tot hier", "# Visie"):
        assert text.count(line) == 1, line


def test_more_comments_than_anyone_writes_go_to_the_history_and_that_is_said(folder, course, visie):
    visie.write_text(visie.read_text(encoding="utf-8") + "# spam\n" * 4000, encoding="utf-8")
    (notice,) = folder.save(course, {"visie": {"tone": 5}}).notices
    assert notice.file == visie
    assert "spam" not in visie.read_text(encoding="utf-8")
    (version,) = (folder.path / ".stagekit" / "history" / "1-visie").iterdir()
    assert version.read_text(encoding="utf-8").count("# spam") == 4000


def test_prompts_follow_the_language(folder, course, visie, observation):
    folder.save(course, {"visie": {"tone": 5}}, identity=make_identity(language="en"))
    text = visie.read_text(encoding="utf-8")
    assert "# What does it say?" in text
    assert "# Wat staat er?" not in text
    assert folder.load(course).portfolio.identity.language == "en"


def test_identity_fields_change_one_by_one(folder, course):
    file = folder.path / "portfolio.yaml"
    edit(file, "school:", "# mijn school\nclass: 1B\nschool:")
    edit(file, "place:", "place: Utrecht\n  team: blauw")
    loaded = folder.load(course)
    assert [notice.path for notice in loaded.notices] == ["class", "school.team"]
    before = loaded.portfolio.identity
    folder.save_identity(replace(before, mentor=Mentor(name="Karin")), base=before)
    edit(file, "name: Karin", "name: Fatima")
    folder.save_identity(replace(before, student=replace(before.student, name="Nora")), base=before)
    identity = folder.load(course).portfolio.identity
    assert (identity.student.name, identity.mentor.name, identity.school.place) == (
        "Nora",
        "Fatima",
        "Utrecht",
    )
    assert "# mijn school\nclass: 1B\nschool:" in file.read_text()
    with pytest.raises(UserError, match=r"mentor\.name"):
        folder.save_identity(replace(before, mentor=Mentor(name="Joost")), base=before)
    with pytest.raises(InvalidInput):
        folder.save_identity(replace(before, mentor=Mentor(name="\x1b")))


def test_a_wrong_line_in_portfolio_yaml_costs_only_itself(folder, course):
    file = folder.path / "portfolio.yaml"
    edit(file, "language: nl", "language: frysk")
    edit(file, "name: De Wilgenhof", "name: [De, Wilgenhof]")
    edit(file, 'group: "5"', 'group: "5')
    loaded = folder.load(course)
    assert loaded.portfolio.answers == ANSWERS
    assert loaded.portfolio.identity.student.name == "Noor"
    assert loaded.portfolio.identity.language == "nl"
    assert len(loaded.problems) >= 2
    with pytest.raises(InvalidInput):
        folder.save_identity(replace(loaded.portfolio.identity, mentor=Mentor(name="x")))
    edit(file, "id: abc", "id: ABC")
    with pytest.raises(InvalidInput, match=r"portfolio\.yaml"):
        folder.load(course)


COPIES = {
    "1-visie-LAPTOP123.yaml": "OneDrive",
    "1-visie (Noors conflicterende kopie 2026-10-06).yaml": "Dropbox",
    "1-visie (Noor's conflicted copy 2026-10-06).yaml": "Dropbox",
    "1-visie (1).yaml": "Google Drive",
    "1-visie 2.yaml": "iCloud",
    "1-visie.sync-conflict-20261006-102000-ABCDEFG.yaml": "Syncthing",
    "1-visie.yaml.bak": "1-visie.yaml",
    "aantekeningen.yaml": "aantekeningen.yaml",
}


@pytest.mark.parametrize(("name", "said"), COPIES.items())
def test_copies_of_synchronising_programs_are_named_and_never_touched(folder, course, name, said):
    copy = folder.path / "answers" / name
    copy.write_text("answers:\n  tone: 1\n")
    (notice,) = folder.load(course).notices
    assert notice.file == copy
    assert said in notice.message + str(notice.file)
    folder.save(course, {"visie": {"tone": 5}})
    assert copy.read_text() == "answers:\n  tone: 1\n"
    assert folder.load(course).portfolio.of("visie")["tone"] == 5


def test_a_copy_beside_portfolio_yaml_is_named(folder, course):
    (folder.path / "portfolio (1).yaml").write_text("x")
    (notice,) = folder.load(course).notices
    assert "Google Drive" in notice.message


def test_a_missing_answer_file_is_no_answers_and_comes_back_as_a_form(folder, course, visie):
    visie.unlink()
    loaded = folder.load(course)
    assert loaded.problems == ()
    assert loaded.portfolio.of("visie") == {}
    folder.save(course, {"visie": {"tone": 1}}, base=loaded.snapshot)
    assert "# Wat staat er?" in visie.read_text(encoding="utf-8")


def test_an_answer_file_of_another_assignment_is_not_used_and_not_overwritten(
    folder, course, visie, observation
):
    observation.write_bytes(visie.read_bytes())
    loaded = folder.load(course)
    assert loaded.portfolio.of("observation") == {}
    assert loaded.problems[0].path == "assignment"
    with pytest.raises(InvalidInput):
        folder.append(course, "observation", "notes", {"heard": "x"})
    assert observation.read_bytes() == visie.read_bytes()


def make_directory(path):
    path.unlink()
    path.mkdir()


def make_placeholder(path):
    path.rename(path.with_name(f".{path.name}.icloud"))


def make_dangling(path):
    path.unlink()
    path.symlink_to("nowhere.yaml")


def make_pipe(path):
    path.unlink()
    os.mkfifo(path)


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")
@pytest.mark.parametrize("spoil", [make_directory, make_placeholder, make_dangling, make_pipe])
def test_a_file_that_cannot_be_read_is_not_absent(folder, course, visie, spoil):
    spoil(visie)
    loaded = folder.load(course)
    assert [problem.file for problem in loaded.problems] == [visie]
    assert loaded.portfolio.answers == {"observation": ANSWERS["observation"]}
    with pytest.raises(UserError):
        folder.save(course, {"visie": {"tone": 1}}, base=loaded.snapshot)
    assert not visie.is_file()


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
@pytest.mark.parametrize(
    "name", ["answers/1-visie.yaml", "answers", ".stagekit", "portfolio.yaml", ".stagekit/tmp"]
)
def test_a_link_is_read_but_never_saved_through(folder, course, tmp_path, name):
    place = folder.path / name
    elsewhere = tmp_path / "elsewhere"
    place.rename(elsewhere)
    place.symlink_to(elsewhere)
    assert folder.load(course).portfolio.answers == ANSWERS
    before = contents(tmp_path)
    with pytest.raises(UserError):
        folder.save(course, {"visie": {"tone": 1}}, identity=make_identity(language="en"))
    assert {path: data for path, data in contents(tmp_path).items() if path.suffix} == {
        path: data for path, data in before.items() if path.suffix
    }
    assert place.is_symlink()


def test_a_hand_edit_during_the_save_is_seen(folder, course, visie, monkeypatch):
    from stagekit.store import answer_file

    compose = answer_file.compose
    edits = iter([("tone: 3", "tone: 1"), ("tone: 1", "tone: 2")])

    def slow(*arguments):
        for old, new in edits:
            edit(visie, old, new)
            break
        return compose(*arguments)

    monkeypatch.setattr(answer_file, "compose", slow)
    folder.save(course, {"visie": {"summary": "nieuw"}})
    answers = folder.load(course).portfolio.of("visie")
    assert (answers["summary"], answers["tone"]) == ("nieuw", 2)


def test_a_program_that_keeps_writing_is_named_and_loses_nothing(folder, course, visie, monkeypatch):
    from stagekit.store import answer_file

    compose = answer_file.compose
    counts = iter(range(10))

    def busy(*arguments):
        visie.write_text(f"answers:\n  tone: 1\n# {next(counts)}\n", encoding="utf-8")
        return compose(*arguments)

    monkeypatch.setattr(answer_file, "compose", busy)
    with pytest.raises(UserError, match="1-visie"):
        folder.save(course, {"visie": {"summary": "nieuw"}})
    assert visie.read_text(encoding="utf-8") == "answers:\n  tone: 1\n# 2\n"


def test_no_portfolio_is_said_so(tmp_path, course):
    for call in (
        lambda: PortfolioFolder(tmp_path).load(course),
        lambda: PortfolioFolder(tmp_path).save(course, {}),
        lambda: course_of(tmp_path / "nothing"),
    ):
        with pytest.raises(UserError, match=str(tmp_path)):
            call()
    assert list(tmp_path.iterdir()) == []
