import sys

import pytest

from stagekit.cli.prompts.editor import EditorFailed, editor_command, visit


def command(environment, platform="linux", there=("nano", "vi", "code", "notepad", "open")):
    return editor_command(environment, platform, lambda name: name if name in there else None)


@pytest.mark.parametrize(
    ("environment", "platform", "there", "expected"),
    [
        ({"VISUAL": "vi", "EDITOR": "nano"}, "linux", ("vi", "nano"), ["vi"]),
        ({"VISUAL": " ", "EDITOR": "nano -w"}, "linux", ("nano",), ["nano", "-w"]),
        ({"EDITOR": '"my editor" -x'}, "linux", ("my editor",), ["my editor", "-x"]),
        ({"EDITOR": "code"}, "linux", ("code",), ["code", "--wait"]),
        ({"EDITOR": "code -n"}, "linux", ("code",), ["code", "-n", "--wait"]),
        ({"EDITOR": "code --wait"}, "linux", ("code",), ["code", "--wait"]),
        ({}, "linux", ("nano", "vi"), ["nano"]),
        ({}, "linux", ("vi",), ["vi"]),
        ({}, "win32", ("notepad",), ["notepad"]),
        ({}, "darwin", ("open", "nano"), ["open", "-n", "-W", "-t"]),
        ({"SSH_CONNECTION": "x"}, "darwin", ("open", "nano"), ["nano"]),
    ],
)
def test_the_persons_own_choice_then_the_systems(environment, platform, there, expected):
    assert command(environment, platform, there) == expected


@pytest.mark.parametrize("environment", [{}, {"EDITOR": "gone"}, {"EDITOR": "'broken"}])
def test_without_one_it_says_what_to_do(environment):
    with pytest.raises(EditorFailed) as failure:
        command(environment, there=())
    assert failure.value.next_step


@pytest.fixture
def editor(tmp_path, monkeypatch):
    def make(code):
        program = tmp_path / "editor.py"
        program.write_text(f"import sys\nfrom pathlib import Path\nfile = Path(sys.argv[-1])\n{code}\n")
        monkeypatch.setenv("VISUAL", f'"{sys.executable}" "{program}"')

    return make


def go(folder, text="één\n\ntwee", keep=lambda _text: None, ended=lambda: False):
    return visit(text, folder, keep, ended)


@pytest.mark.parametrize("text", ["", "één\n\ntwee", "slot\n", "\ttab  \n\n", "a\n\n\n"])
def test_a_visit_that_changes_nothing_changes_nothing(tmp_path, editor, text):
    editor("")
    assert go(tmp_path / "copies", text) == text


@pytest.mark.parametrize(
    ("written", "expected"),
    [(b"\xef\xbb\xbfnieuw\r\nregel\r\n", "nieuw\nregel"), (b"zonder einde", "zonder einde"), (b"", "")],
)
def test_what_editors_add_is_not_the_persons(tmp_path, editor, written, expected):
    editor(f"file.write_bytes({written!r})")
    assert go(tmp_path / "copies") == expected


def test_nothing_stays_behind_not_even_a_backup(tmp_path, editor):
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / ".writing-crashed.txt").write_text("old")
    (folder / "draft.json").write_text("{}")
    editor(
        "file.with_name(file.name + '~').write_text('x'); file.with_name('.' + file.name + '.swp').touch()"
    )
    go(folder)
    assert [file.name for file in folder.iterdir()] == ["draft.json"]


@pytest.mark.parametrize("code", ["sys.exit(1)", "file.write_bytes(b'\\xff')", "file.unlink()"])
def test_a_failed_visit_is_told_and_leaves_no_copy(tmp_path, editor, code):
    editor(code)
    with pytest.raises(EditorFailed):
        go(tmp_path / "copies")
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_folder_that_cannot_be_written(tmp_path, editor):
    editor("")
    (tmp_path / "file").touch()
    with pytest.raises(EditorFailed):
        go(tmp_path / "file" / "copies")


def test_what_is_saved_meanwhile_is_handed_on(tmp_path, editor):
    editor("import time\nfile.write_text('half')\ntime.sleep(2.5)\nfile.write_text('whole')")
    kept = []
    assert go(tmp_path / "copies", keep=kept.append) == "whole"
    assert kept[:1] == ["half"]
