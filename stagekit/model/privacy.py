"""What a course knows of words that give people away: a reference file, for no language stands in code."""

from typing import Annotated

from stagekit.model.decode import Pattern
from stagekit.model.record import record
from stagekit.model.text import Text

PlacePattern = Pattern(r"[a-z0-9-]+\.[a-z0-9_]+(?:\.[a-z0-9_]+)?")
AnswerPlace = Annotated[str, PlacePattern]
"""`assignment.question`, or one step further into a group or list."""


@record
class Subject:
    """Something a person may not want known.

    A word that ends in `*` stands for every word beginning so, one in capitals only for itself in capitals;
    several words with capitals only for themselves as written.
    """

    label: Text
    words: tuple[str, ...]


@record
class Streets:
    """How an address reads: last words or word endings before a house number."""

    endings: tuple[str, ...] = ()
    """Endings, and words of their own, that make a street of any word."""
    weak_endings: tuple[str, ...] = ()
    """Endings that need a capital and a place to live in before them: `aan de Lindenhof 3`."""
    exceptions: tuple[str, ...] = ()
    """Words that end so and are no address: `schoolplein`."""
    at: tuple[str, ...] = ()
    """Words before a weak one: `aan`, `op`."""


@record
class Dates:
    """Words of a date. A public day (`5 december`) without a year is nobody's."""

    months: tuple[tuple[str, ...], ...] = ()
    """Twelve lists of names and abbreviations."""
    weekdays: tuple[str, ...] = ()
    english_months: tuple[str, ...] = ()
    """Those before which no day needs to stand: `March 12`."""
    ordinals: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    """Words between day and month: `van`, `of`."""
    on: tuple[str, ...] = ()
    """Words before a day and month in digits: `op 3/11`."""
    not_after: tuple[str, ...] = ()
    """Words after digits that make them an age or an amount: `op 3/4 jaar`."""
    public_days: tuple[Annotated[str, Pattern(r"\d{1,2}-\d{1,2}")], ...] = ()


@record
class People:
    """Words with which a name gives somebody away, beside the titles and roles of the names file."""

    titles: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    """Before a name or `van` and a name: `dochter Lisa`, `moeder van Yusuf`; or after it: `Daans moeder`."""
    relations_of: tuple[str, ...] = ()
    """Only with `van` and a name, or after one: `ouders van Mila`."""
    links: tuple[str, ...] = ()
    """`van`, `of`."""
    owners: tuple[str, ...] = ()
    """Between a name and a relation: `Lucas zijn moeder`."""
    articles: tuple[str, ...] = ()
    """A capital after one is no person: `de Week van de Opvoeding`."""
    weak_particles: tuple[str, ...] = ()
    """Particles that are prepositions: a name has another one after them, `in 't Veld`."""
    strong_particles: tuple[str, ...] = ()
    """Particles that make a last name even alone, `el Haddadi`, or after another, `van der Meulen`."""
    short_particles: tuple[str, ...] = ()
    """Particles as abbreviated: `v.d.`."""
    first_names: tuple[str, ...] = ()
    """Common first names: read without a capital too after a title, and at the start of a sentence."""
    not_names: tuple[str, ...] = ()
    """Words with a capital that are no person's name: places, peoples, days, organisations."""
    known: tuple[str, ...] = ()
    """Names that everybody knows, from books and history: they give nobody away."""


@record
class Groups:
    """An exact group: `groep 5b`, or `een jongen uit groep 5`."""

    words: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    """Words before a bare group: `in 5b`."""
    ranges: tuple[str, ...] = ()
    """Words after the number that make it more than one group."""


@record
class Privacy:
    """What helps to find personal data in answers; without it only numbers and e-mail addresses are found."""

    identity_words: tuple[str, ...] = ()
    """Beside these, eight digits are a citizen service number too."""
    not_phones: tuple[str, ...] = ()
    """Words before digits that are no phone number: `isbn`."""
    year_words: tuple[str, ...] = ()
    """Words after which four digits are a year and no postcode."""
    acronyms: tuple[str, ...] = ()
    """Two letters behind a year or an amount that make no postcode of it."""
    people: People = People()
    streets: Streets = Streets()
    dates: Dates = Dates()
    groups: Groups = Groups()
    subjects: tuple[Subject, ...] = ()
    public: tuple[AnswerPlace, ...] = ()
    """Answers that hold what a school publishes: its own e-mail address and phone number may stand there."""
    raw_notes: tuple[AnswerPlace, ...] = ()
    """Answers that are notes to work from; `stagekit clean` removes them."""
