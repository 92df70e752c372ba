"""Names that give somebody away: after a title, beside a relation, and with a tussenvoegsel."""

import re
from collections.abc import Iterator

from stagekit.checks.findings_scan import Kind, Scan, Spot

_CITED = re.compile(
    r"(?: e\.? ?a\.?| et al\.?| (?:en|and|&) (?:'?[^\W\d_]{1,4} ){0,3}[^\W\d_]{2,30}(?:'s)?)?"
    r",? ?\(?(?:19|20)\d\d(?!\d)",
    re.IGNORECASE,
)
_WITHIN = frozenset({" ", "-", ".", ". ", "'", " '", "\n"})
_MAX_WORDS = 7
_MAX_BEFORE = 3
_MAX_PARTICLES = 4


def names(scan: Scan) -> Iterator[Spot]:
    """Give every name that stands with a title, a relation or a particle."""
    lexicon, words = scan.lexicon, scan.words
    done = 0
    for index in _beginnings(scan):
        if index < done:
            continue
        word = words[index]
        spot = None
        if word in lexicon.titles:
            spot = _titled(scan, index)
        if spot is None and word in lexicon.relations_of:
            spot = _related(scan, index)
        if spot is None and (word in lexicon.particles or word in lexicon.short_particles):
            spot = _with_particle(scan, index)
        if spot is not None:
            done = spot[1]
            yield spot[0]


def _beginnings(scan: Scan) -> list[int]:
    """Give the places of titles and relations, and of particles before a capital: most are but an article."""
    words, beside, particles = scan.words, scan.lexicon.beside_names, scan.lexicon.any_particles
    places = [] if beside.isdisjoint(words) else [i for i, word in enumerate(words) if word in beside]
    for capital in [index for index, capital in enumerate(scan.capitals) if capital]:
        place = capital - 1
        while 0 <= place >= capital - _MAX_PARTICLES and words[place] in particles:
            places.append(place)
            place -= 1
    return sorted(set(places))


Found = tuple[Spot, int]


def _spot(scan: Scan, kind: Kind, first: int, last: int, name: tuple[int, int]) -> Found:
    start, end = scan.starts[min(first, name[0])], scan.ends[max(last, name[1] - 1)]
    return scan.spot(kind, start, end, (scan.starts[name[0]], scan.ends[name[1] - 1])), max(last + 1, name[1])


def _titled(scan: Scan, index: int) -> Found | None:
    typed = scan.word_typed(index)
    if len(typed) == 2 and typed.isupper():  # the MR, the GO
        return None
    at = index + 1
    if at >= len(scan.words) or scan.gap(index) not in {" ", ".", ". ", "\n"}:
        return None
    end = _name(scan, at, loud=typed.isupper() and len(typed) > 2)
    if end == at:
        return None
    return _spot(scan, Kind.TITLED_NAME, index, index, (at, end))


def _related(scan: Scan, index: int) -> Found | None:
    """Read `moeder van Yusuf`, `dochter Lisa`, `Daans moeder` or `Lucas zijn moeder`."""
    lexicon, words = scan.lexicon, scan.words
    if (
        index + 2 < len(words)
        and words[index + 1] in lexicon.links
        and scan.gap(index) == " " == scan.gap(index + 1)
    ):
        end = _name(scan, index + 2, particles=False)
        if end > index + 2:
            return _spot(scan, Kind.RELATION_NAME, index, index, (index + 2, end))
    before = _owner(scan, index)
    if before is not None:
        return _spot(scan, Kind.RELATION_NAME, before[0], index, before)
    if words[index] in lexicon.relations and index + 1 < len(words) and scan.gap(index) == " ":
        end = _name(scan, index + 1, particles=False)
        if end > index + 1:
            return _spot(scan, Kind.RELATION_NAME, index, index, (index + 1, end))
    return None


def _owner(scan: Scan, index: int) -> tuple[int, int] | None:
    """Give the words of the name whose relation this is: before it, as a possessive."""
    words, lexicon = scan.words, scan.lexicon
    if index >= 1 and scan.gap(index - 1) in {" ", "' "}:
        before = index - 1
        if words[before] == "s" and before >= 1 and scan.gap(before - 1) == "'":
            return _one(scan, before - 1, words[before - 1])
        if words[before] in lexicon.owners or words[before] in {"z", "d"}:
            return (
                _one(scan, before - 1, words[before - 1], owned=True)
                if before >= 1 and scan.gap(before - 1) == " "
                else None
            )
        if words[before][-1] == "s" and len(words[before]) > 3:
            return _one(scan, before, words[before][:-1])
    return None


def _one(scan: Scan, index: int, stem: str, *, owned: bool = False) -> tuple[int, int] | None:
    """Give the one word at `index` if it is a name; at the start of a sentence only a well-known one."""
    lexicon, word = scan.lexicon, scan.words[index]
    if not scan.capital(index) or len(stem) < 2 or {word, stem} & lexicon.not_names:
        return None
    if {word, stem} & lexicon.sure_names:
        return index, index + 1
    possessive = stem == word and not owned
    if scan.begins_sentence(index) and (not possessive or word in lexicon.ambiguous):
        return None
    if _acronym(scan, index):
        return None
    return index, index + 1


def _name(scan: Scan, at: int, *, particles: bool = True, loud: bool = False) -> int:
    """Give where the name that begins with word `at` ends; `at` itself where none begins there."""
    lexicon, words = scan.lexicon, scan.words
    index = end = at
    while index < len(words) and index < at + _MAX_WORDS:
        if index > at and scan.gap(index - 1) not in _WITHIN:
            break
        word = words[index]
        if (
            index > at
            and scan.gap(index - 1) in {".", ". "}
            and not _initial(scan, index - 1)
            and words[index - 1] not in lexicon.short_particles
        ):
            break
        if (
            word in lexicon.particles
            and (particles or index > at)
            and not (scan.capital(index) and word in lexicon.sure_names)
        ):
            index += 1
            continue
        if not _is_name(scan, index, first=end == at, loud=loud):
            break
        index += 1
        end = index
    if end > at and all(_initial(scan, each) for each in range(at, end)):
        return at
    return end


def _is_name(scan: Scan, index: int, *, first: bool, loud: bool) -> bool:
    word, lexicon = scan.words[index], scan.lexicon
    if word[0].isdigit() or word in lexicon.not_names:
        return False
    if not scan.capital(index):
        return first and word in lexicon.sure_names
    if loud or len(word) == 1:
        return not (loud and _shouted(scan, index + 1)) or word in lexicon.first_names
    return not _acronym(scan, index) or word in lexicon.sure_names


def _shouted(scan: Scan, index: int) -> bool:
    return index < len(scan.words) and len(scan.words[index]) > 1 and scan.word_typed(index).isupper()


def _acronym(scan: Scan, index: int) -> bool:
    typed = scan.word_typed(index)
    return 1 < len(typed) <= 4 and typed.isupper()


def _initial(scan: Scan, index: int) -> bool:
    return len(scan.words[index]) == 1 and scan.capital(index)


def _with_particle(scan: Scan, index: int) -> Found | None:
    """Read `Jan de Vries`, `J. van den Heuvel`, `van der Meulen`, `el Haddadi`."""
    run = _run(scan, index)
    if run is None:
        return None
    after, strong = run
    end = after + 1
    while (
        end < min(len(scan.words), after + _MAX_WORDS)
        and scan.gap(end - 1) == "-"
        and (scan.capital(end) or scan.words[end] in scan.lexicon.particles)
    ):
        end += 1
    begin = _first_names(scan, index, strong=strong)
    if begin == index and not _alone(scan, index, after):
        return None
    if _CITED.match(scan.folded.text, scan.ends[end - 1]):
        return None
    return _spot(scan, Kind.SURNAME, begin, end - 1, (begin, end))


def _run(scan: Scan, index: int) -> tuple[int, bool] | None:
    """Give the last name after particles that begin at `index`, and whether only a name is written so."""
    words, lexicon = scan.words, scan.lexicon
    after = index
    most = min(len(words), index + _MAX_PARTICLES)
    while after < most and (words[after] in lexicon.particles or words[after] in lexicon.short_particles):
        after += 1
    if after >= len(words) or not scan.capital(after):  # most often it is no name, and this says so soonest
        return None
    if any(scan.gap(at) not in {" ", " '", "-", ".", ". ", "/", "'"} for at in range(index, after - 1)):
        return None
    if scan.gap(after - 1) not in {" ", "-", "'", ".", ". ", "\n"}:
        return None
    particles = words[index:after]
    if any(word in lexicon.short_particles for word in particles) and not _shortened(scan, index, after):
        return None
    if not _may_be_last(scan, index, after):
        return None
    if len(particles) == 1 and particles[0] in lexicon.weak_particles and not _after_first_name(scan, index):
        return None
    return after, any(
        word in lexicon.strong_particles or word in lexicon.short_particles for word in particles
    )


def _may_be_last(scan: Scan, index: int, after: int) -> bool:
    """Tell whether the word after particles may be a last name; a place only after a known first name."""
    word, lexicon = scan.words[after], scan.lexicon
    if len(word) < 2 or _acronym(scan, after):
        return False
    if word not in lexicon.not_names:
        return True
    weak = after == index + 1 and scan.words[index] in lexicon.weak_particles
    return not weak and _named_before(scan, index)  # `Hans de Koning`, `Linda van Delft`


def _after_first_name(scan: Scan, index: int) -> bool:
    """Tell whether a preposition with a capital is a particle: `Mohamed Ben Ali`."""
    return scan.capital(index) and _named_before(scan, index)


def _named_before(scan: Scan, index: int) -> bool:
    before = index - 1
    known = before >= 0 and scan.words[before] in scan.lexicon.sure_names
    return known and scan.capital(before) and scan.gap(before) == " "


def _shortened(scan: Scan, index: int, after: int) -> bool:
    """Tell whether `v.d.` or `vd` stands here, and not a letter of its own."""
    if scan.words[index] in {"vd", "vdn", "vander", "vanden"}:
        return True
    return after - index == 2 and scan.gap(index) in {".", ". ", "/"}


def _first_names(scan: Scan, index: int, *, strong: bool) -> int:
    """Give where first names or initials before a particle begin; `index` where there are none."""
    begin = index
    while begin > 0 and index - begin < _MAX_BEFORE:
        before = begin - 1
        gap = scan.gap(before)
        initial = _initial(scan, before) and gap in {".", ". ", " "}
        if initial or (gap in {" ", "-", "\n"} and _may_be_first(scan, before, strong=strong)):
            begin = before
        else:
            break
    return begin


def _may_be_first(scan: Scan, index: int, *, strong: bool) -> bool:
    word, lexicon = scan.words[index], scan.lexicon
    if (
        not scan.capital(index)
        or len(word) < 2
        or word in lexicon.not_names - lexicon.first_names
        or word in lexicon.particles - lexicon.first_names
    ):
        return False
    if word in lexicon.sure_names:
        return True
    if index and scan.words[index - 1] in lexicon.articles and scan.gap(index - 1) == " ":
        return False
    if _acronym(scan, index):
        return False
    return not scan.begins_sentence(index) or (
        word not in lexicon.ambiguous and (strong or word in lexicon.first_names)
    )


def _alone(scan: Scan, index: int, after: int) -> bool:
    """Tell whether particles and a last name are a name without a first name before them."""
    particles, lexicon = scan.words[index:after], scan.lexicon
    if any(scan.capital(each) for each in range(index + 1, after)) and not scan.capital(index):
        return False  # “van Den Haag”
    if particles[0] in lexicon.weak_particles and not scan.capital(index):
        return False  # “in 't Park”
    if len(particles) == 1:
        return particles[0] in {"el", "ait", "oulad", "ould"}
    strong = [
        word for word in particles[1:] if word in lexicon.strong_particles or word in lexicon.short_particles
    ]
    return bool(strong) and particles[0] not in lexicon.articles
