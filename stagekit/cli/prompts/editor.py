"""A visit to the person's own editor, with a copy that never leaves the portfolio."""

import contextlib
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from stagekit.errors import UserError
from stagekit.i18n import _

PREFIX = ".writing-"
"""How a copy's name begins; what a crash left behind is known by it."""

_WAITING = {"code": "--wait", "codium": "--wait", "subl": "--wait", "mate": "--wait", "gedit": "--wait"}
"""Editors that come back at once unless they are told to wait."""


class EditorFailed(UserError):
    """The visit brought nothing: the editor is missing or ended with an error, or its text cannot be read."""


def editor_command(
    environment: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    which: Callable[[str], str | None] = shutil.which,
) -> list[str]:
    """Give the command of the person's editor, without the file: $VISUAL, $EDITOR, else the system's own.

    Raises EditorFailed where there is none.
    """
    for name in ("VISUAL", "EDITOR"):
        if chosen := environment.get(name, "").strip():
            return _chosen(chosen, platform, which)
    remote = "SSH_CONNECTION" in environment
    usual = {"win32": [["notepad"]], "darwin": [["open", "-n", "-W", "-t"]]}.get(platform, [])
    for command in [*([] if remote and platform == "darwin" else usual), ["nano"], ["vim"], ["vi"]]:
        if which(command[0]):
            return command
    raise EditorFailed(
        _("No text editor was found on this computer."),
        _("You can go on writing here, or set the variable EDITOR to the one you use."),
    )


def _chosen(command: str, platform: str, which: Callable[[str], str | None]) -> list[str]:
    try:
        parts = [command] if which(command) else shlex.split(command, posix=platform != "win32")
    except ValueError:
        parts = command.split()
    if not parts or not which(parts[0]):
        raise EditorFailed(
            _("The editor “{command}” was not found.", command=command),
            _("You can go on writing here; VISUAL or EDITOR tells which editor is started."),
        )
    wait = _WAITING.get(Path(parts[0]).stem.lower())
    return [*parts, wait] if wait and wait not in parts and "-w" not in parts else parts


def visit(text: str, folder: Path, keep: Callable[[str], None], ended: Callable[[], bool]) -> str:
    """Let a person write in their own editor, and give the text as it is when they close it.

    `keep` gets what they save meanwhile, at most a second later; `ended` tells that the program has to
    stop, which ends the visit. The copy is readable by its owner only and removed in any case. Raises
    EditorFailed; the text from before then still stands.
    """
    command = editor_command()
    with _copy(text, folder) as file:
        try:
            code = _run([*command, str(file)], file, text, keep, ended)
        except OSError as error:
            raise EditorFailed(
                _("The editor “{command}” could not be started.", command=Path(command[0]).name),
                _("Your text is as it was; you can go on writing here."),
            ) from error
        if code != 0 and not ended():
            raise EditorFailed(
                _("The editor “{command}” ended with an error.", command=Path(command[0]).name),
                _("Your text is as it was; you can go on writing here."),
            )
        return _read(file, text)


@contextlib.contextmanager
def _copy(text: str, folder: Path) -> Iterator[Path]:
    from tempfile import mkstemp

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in folder.glob(f"{PREFIX}*.txt"):
            left.unlink(missing_ok=True)
        handle, name = mkstemp(prefix=PREFIX, suffix=".txt", dir=folder)
        file = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="") as stream:
            stream.write(text + ("\n" if text and not text.endswith("\n") else ""))
    except OSError as error:
        raise EditorFailed(
            _("The copy for your editor could not be made in {folder}.", folder=folder),
            _("You can go on writing here."),
        ) from error
    try:
        yield file
    finally:
        # What an editor puts beside the copy (a backup, a swap file) holds the text too.
        for left in folder.glob(f"*{file.stem}*"):
            with contextlib.suppress(OSError):
                left.unlink()


def _run(
    command: list[str], file: Path, text: str, keep: Callable[[str], None], ended: Callable[[], bool]
) -> int:
    """Wait for the editor; what it saves is handed on as it goes."""
    import signal

    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process = subprocess.Popen(command)  # noqa: S603 - the person's own choice of editor
        seen = _stamp(file)
        while (code := _waited(process, ended)) is None:
            if _stamp(file) != seen:
                seen = _stamp(file)
                with contextlib.suppress(EditorFailed):
                    keep(_read(file, text))
            if ended():
                process.terminate()
                return 0
        return code
    finally:
        signal.signal(signal.SIGINT, before)


def _waited(process: "subprocess.Popen[bytes]", ended: Callable[[], bool]) -> int | None:
    """Wait at most a second for the end of the editor."""
    until = time.monotonic() + 1
    while time.monotonic() < until and not ended():
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(timeout=0.1)
    return None


def _stamp(file: Path) -> tuple[int, int]:
    try:
        found = file.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def _read(file: Path, before: str) -> str:
    """Read the copy; the line end that editors put after the last line is not the person's."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise EditorFailed(
            _("What your editor saved cannot be read as UTF-8 text."),
            _("Your text is as it was; let the editor save as UTF-8, or go on writing here."),
        ) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text[:-1] if text.endswith("\n") and not before.endswith("\n") else text
