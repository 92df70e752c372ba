"""What one attempt is: a portfolio, an answers file, only a document, nothing, or something to refuse."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from stagekit.cohort.model import Limits, Place, SubmissionKind
from stagekit.cohort.safe_names import ending, same_file, shown
from stagekit.cohort.tree import File, Folder, portfolio_parts
from stagekit.i18n import _

_DOCUMENTS = frozenset({".docx", ".doc", ".pdf", ".odt", ".rtf", ".pages", ".html", ".htm", ".md"})
_OTHER_ARCHIVES = frozenset({".7z", ".rar", ".tar", ".gz", ".tgz"})
_YAML = frozenset({".yaml", ".yml"})
_ANSWER_FILE = re.compile(r"\d-[a-z-]+\.ya?ml", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sorted:
    """What an attempt turned out to be, as in Submission."""

    kind: SubmissionKind
    files: Mapping[str, File] = field(default_factory=dict)
    reason: str = ""
    packed: bool = False

    @property
    def places(self) -> dict[str, Place]:
        """Give where the bytes of each file are."""
        return {name: file.place for name, file in self.files.items()}


def refused(what: str, next_step: str = "") -> Sorted:
    """Give a refusal: what is wrong, and what to do."""
    return Sorted("refused", reason=f"{what} {next_step or ask_again()}")


def ask_again() -> str:
    """Say what a lecturer does with a submission that cannot be used."""
    return _("Ask the student for the zip that `stagekit submit` makes.")


def sort_out(folder: Folder, limits: Limits) -> Sorted:
    """Tell what stands in a submission's folder; no byte of it is read."""
    fault = next(folder.all_faults(), None)
    if fault is not None:
        return refused(fault)
    found = list(folder.walk())
    if too_much := _too_much(found, limits):
        return refused(*too_much)
    roots = _portfolios(folder, limits.folders)
    if len(roots) > 1:
        names = ", ".join(shown(name, 40) for name, _root in roots[:5])
        return refused(_("There are several portfolios in it: {names}.", names=names))
    if roots:
        return _portfolio(roots[0][1])
    return _other(folder, found)


def _too_much(found: list[tuple[str, File]], limits: Limits) -> tuple[str, str] | None:
    if len(found) > limits.submission_files:
        what = _("It holds more than {limit} files.", limit=limits.submission_files)
        return what, _("If that is right, allow more with --max-files.")
    if sum(file.size for _name, file in found) > limits.submission_bytes:
        what = _("Unpacked it is larger than {limit} MB.", limit=limits.submission_bytes // 1_000_000)
        return what, _("If that is right, allow more with --max-mb.")
    return None


def _portfolios(folder: Folder, depth: int) -> list[tuple[str, Folder]]:
    """List the folders that hold a `portfolio.yaml`, with their path; only those least deep."""
    level = [("", folder)]
    for _step in range(depth + 1):
        roots = [(name, each) for name, each in level if each.is_portfolio()]
        if roots:
            return roots
        level = [(f"{name}/{below}" if name else below, each.folders[below])
                 for name, each in level for below in sorted(each.folders)]  # fmt: skip
    return []


def _portfolio(root: Folder) -> Sorted:
    files: dict[str, File] = {}
    for name, file in portfolio_parts(root):
        if ending(name) not in _YAML:
            continue
        key = same_file(name)
        if key in files:
            return refused(_("“{name}” is there twice, in capitals or accents only different.",
                             name=shown(name)))  # fmt: skip
        files[key] = file
    return Sorted("portfolio", files)


def _other(folder: Folder, found: list[tuple[str, File]]) -> Sorted:
    if any(name.casefold() == "portfolio.yaml" for name in _folder_names(folder)):
        return refused(_("“portfolio.yaml” is a folder, not a file."))
    by_ending: dict[str, list[tuple[str, File]]] = {}
    for name, file in found:
        by_ending.setdefault(ending(name), []).append((name, file))
    zips = by_ending.get(".zip", [])
    if zips:
        return Sorted("portfolio", dict(zips), packed=True)
    yaml = [pair for ending in _YAML for pair in by_ending.get(ending, [])]
    if yaml:
        return _answers(yaml)
    if _DOCUMENTS & by_ending.keys():
        reason = _("Only a Word or PDF file or the like was handed in; StageKit reads no answers from it.")
        return Sorted("document", reason=f"{reason} {ask_again()}")
    return _nothing(found, by_ending)


def _answers(yaml: list[tuple[str, File]]) -> Sorted:
    whole = [pair for pair in yaml if not _ANSWER_FILE.fullmatch(PurePosixPath(pair[0]).name)]
    if len(whole) == 1:
        return Sorted("answers", dict(whole))
    if whole:
        names = ", ".join(shown(name, 40) for name, _file in sorted(whole)[:5])
        return refused(_("There are several YAML files and no portfolio.yaml: {names}.", names=names))
    return _of_no_use(_("There are answers, but portfolio.yaml is missing."))


def _nothing(found: list[tuple[str, File]], endings: Iterable[str]) -> Sorted:
    other = sorted(_OTHER_ARCHIVES & set(endings))
    if other:
        return _of_no_use(_("It is packed as {kind}; only zip is read.", kind=other[0]))
    if not found:
        return _of_no_use(_("Nothing is in it."))
    names = ", ".join(shown(name, 40) for name, _file in found[:3])
    return _of_no_use(_("There is no portfolio in it, only: {names}.", names=names))


def _of_no_use(reason: str) -> Sorted:
    return Sorted("nothing", reason=f"{reason} {ask_again()}")


def _folder_names(folder: Folder) -> Iterable[str]:
    for name, below in folder.folders.items():
        yield name
        yield from _folder_names(below)
