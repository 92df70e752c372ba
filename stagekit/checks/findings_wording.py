"""Why a finding matters and what to do about it, in plain words."""

from collections.abc import Iterable

from stagekit.checks.findings_scan import Kind
from stagekit.i18n import N_, _, ngettext, translate
from stagekit.model.text import Text

_WHY = {
    Kind.BSN: N_("This is a citizen service number (BSN): with it somebody can be found anywhere."),
    Kind.PHONE: N_("This is a phone number: it leads to one person."),
    Kind.IBAN: N_("This is a bank account number: it leads to one person."),
    Kind.EMAIL: N_("This is an e-mail address: it leads to one person."),
    Kind.SCHOOL_CONTACT: N_(
        "This is an e-mail address or a phone number, in a text that the school publishes."
    ),
    Kind.POSTCODE: N_("This looks like a postcode: it leads to a street."),
    Kind.ADDRESS: N_("This looks like an address: it leads to a home."),
    Kind.TITLED_NAME: N_("This looks like somebody's name, after a word such as “Mrs”."),
    Kind.RELATION_NAME: N_("This looks like somebody's name, beside a word such as “mother” or “son”."),
    Kind.SURNAME: N_("This looks like somebody's full name."),
    Kind.DATE: N_("This is a date: with the school's name beside it, it may lead to one person."),
    Kind.QUOTATION: N_("Here words stand between quotation marks, and this person allowed only the gist."),
    Kind.SENSITIVE: N_("This may be about {subject}: nobody but the family decides who knows that."),
    Kind.GROUP: N_("This is an exact group: in a small school that leads to one child."),
    Kind.PRIVATE_NAME: N_(
        "This is the name of somebody you talked with, or an ordinary word; it is left as it is."
    ),
}
_DO = {
    Kind.BSN: N_("Take it out. You never need it here."),
    Kind.PHONE: N_("Take it out, or write “a phone number”."),
    Kind.IBAN: N_("Take it out, or write “an account number”."),
    Kind.EMAIL: N_("Take it out, or write “an e-mail address”."),
    Kind.SCHOOL_CONTACT: N_("Is it the school's own? Then it may stay; accept it. If not, take it out."),
    Kind.POSTCODE: N_("Take it out, or write “in the neighbourhood”."),
    Kind.ADDRESS: N_("Take it out, or write “close to the school”."),
    Kind.TITLED_NAME: N_("Give this name an alias, or write “a teacher” or “a parent”."),
    Kind.RELATION_NAME: N_("Give this name an alias, or leave the name out: “a mother”."),
    Kind.SURNAME: N_("Give this name an alias, or leave it out. Is it an author or a book? Then accept it."),
    Kind.DATE: N_("Leave it out, or write “in the autumn”. Dates of talks have a question of their own."),
    Kind.QUOTATION: N_("Say it in your own words, without quotation marks."),
    Kind.SENSITIVE: N_("Does the reader need this? If not, leave it out or say it more generally."),
    Kind.GROUP: N_("Write the phase: lower, middle or upper years."),
    Kind.PRIVATE_NAME: N_(
        "Is it the name? Write the alias instead. Is it a word? Then accept it, or leave it."
    ),
}


def reason(kind: Kind, subject: Text | None, language: str) -> str:
    """Say why a finding of this kind matters."""
    if subject is not None:
        return translate(language, _WHY[kind], subject=subject[language])
    return translate(language, _WHY[kind])


def remedy(kind: Kind, language: str) -> str:
    """Say what to do about a finding of this kind."""
    return translate(language, _DO[kind])


def counted(weights: Iterable[str]) -> str:
    """Say in one line how many findings of each weight there are, in the language of the interface."""
    each = list(weights)
    block, warn, attention = (each.count(weight) for weight in ("block", "warn", "attention"))
    parts = [
        ngettext("{count} stops handing in", "{count} stop handing in", block) if block else "",
        ngettext("{count} warning", "{count} warnings", warn) if warn else "",
        ngettext("{count} to think about", "{count} to think about", attention) if attention else "",
    ]
    return _("Privacy: {counts}.", counts=", ".join(filter(None, parts)))
