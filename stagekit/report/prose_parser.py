"""The parser of the limited Markdown an answer may use; anything else in it is text."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

MAX_LIST_DEPTH = 3

_BARE = re.compile(r"//[^\s<>\"\\^`{|}\[\]]+")
_LINK = re.compile(
    r"\[(?P<label>[^\[\]]{1,1000})\]"
    r"\((?P<target>(?:https?://|mailto:)[^\s<>\"\\^`{|}()]{1,2000}"
    r"(?:\([^\s<>\"\\^`{|}()]{0,500}\)[^\s<>\"\\^`{|}()]{0,500}){0,5})\)",
    re.IGNORECASE,
)


@cache
def parser() -> "MarkdownIt":
    """Give the parser, made once: lists, paragraphs, emphasis and links."""
    from markdown_it import MarkdownIt

    rules = {
        "options": {"maxNesting": 2 * MAX_LIST_DEPTH + 6},
        "components": {
            "core": {"rules": ["normalize", "block", "inline"]},
            "block": {"rules": ["list", "paragraph"]},
            "inline": {
                "rules": ["text", "linkify", "newline", "emphasis", "link"],
                "rules2": ["balance_pairs", "emphasis", "fragments_join"],
            },
        },
    }
    made = MarkdownIt(rules)  # type: ignore[arg-type]
    made.inline.ruler.at("linkify", _bare_link_rule)
    made.inline.ruler.at("link", _link_rule)
    made.inline.ruler.at("emphasis", _emphasis_rule)
    return made


def _emphasis_rule(state: "StateInline", silent: bool) -> bool:
    """Read `*`, `**` and a single `_`; more underscores (`__init__`, a line to write on) stand as typed.

    A star within a word or a sum opens nothing: in `3*4 en 5*6` both stand as typed.
    """
    from markdown_it.rules_inline.emphasis import tokenize

    start = state.pos
    if state.src[start] == "_" and not silent:
        length = state.scanDelims(start, False).length
        if length > 1:
            state.push("text", "", 0).content = "_" * length
            state.pos += length
            return True
    if not tokenize(state, silent):
        return False
    around = state.src[max(0, start - 1) : start] + state.src[start + 1 : start + 2]
    if len(around) == 2 and around.isalnum():
        state.delimiters[-1].open = False
    return True


def _bare_link_rule(state: "StateInline", silent: bool) -> bool:
    """Read `https://…`; called at the colon, with the scheme among what is pending."""
    scheme = re.search(r"(?<![^\W_])https?$", state.pending[-6:], re.IGNORECASE)
    if state.src[state.pos] != ":" or state.linkLevel > 0 or scheme is None:
        return False
    match = _BARE.match(state.src, state.pos + 1, state.posMax)
    address = trimmed(match.group()) if match else ""
    if len(address) < 3:
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme.group())]
        target = f"{scheme.group()}:{address}"
        state.push("link_open", "a", 1).attrs = {"href": target}
        state.push("text", "", 0).content = target
        state.push("link_close", "a", -1)
    state.pos += 1 + len(address)
    return True


def _link_rule(state: "StateInline", silent: bool) -> bool:
    """Read `[words](https://…)`; behind a `!` it would be an image, which stands as typed."""
    if state.src[state.pos] != "[" or state.linkLevel > 0 or state.src[max(0, state.pos - 1)] == "!":
        return False
    match = _LINK.match(state.src, state.pos, state.posMax)
    if match is None or not match["label"].strip():
        return False
    if not silent:
        end = state.posMax
        state.pos, state.posMax = match.span("label")
        state.push("link_open", "a", 1).attrs = {"href": match["target"]}
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.push("link_close", "a", -1)
        state.posMax = end
    state.pos = match.end()
    return True


def trimmed(address: str) -> str:
    """Leave off the punctuation and the bracket that end a sentence, not the address."""
    end = len(address)
    surplus = address.count(")") - address.count("(")
    while end and (address[end - 1] in ".,:;!?'’”*_" or (address[end - 1] == ")" and surplus > 0)):
        end -= 1
        surplus -= address[end] == ")"
    return address[:end]
