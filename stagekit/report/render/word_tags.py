"""The placeholders of a Word part as Jinja, so that a value becomes runs or paragraphs.

Who writes a template types `{{ name }}`, `{% for … %}` and `{% if … %}` as ordinary text. A placeholder
alone in its paragraph is replaced by as many paragraphs as the value has, one among other words by
runs, each looking as the placeholder did. A statement alone in its paragraph, or a row of a table with
nothing but statements, leaves no paragraph or row behind; a row that begins with `{% for %}` in its
first cell and ends with `{% endfor %}` in its last is repeated. What else docxtpl knows (`{%tr %}`,
`{%tc %}`, `{% colspan %}`, `{% cellbg %}`, `{% vm %}`, `{% hm %}`) is left to docxtpl.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from stagekit.report.render.word_package import BadPackage, R, W
from stagekit.report.render.word_xml import Format, Properties

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_VALUE = re.compile(r"\{\{-?(?:(?:p|r)(?=\s))?(.*?)-?\}\}", re.DOTALL)
_STATEMENT = re.compile(r"\{%-?(?:p(?=\s))?(.*?)-?%\}", re.DOTALL)
_DOCXTPL = re.compile(r"\{%-?(?:tr|tc|r)\s|\{%\s*(?:colspan|cellbg|vm|hm)\b|\{\{(?:tr|tc)\s")
_OPENING = re.compile(r"\s*\{%\s*(for|if)\b.*?%\}", re.DOTALL)
_CLOSING = re.compile(r"\{%\s*end(for|if)\s*%\}\s*\Z")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " ", "\t": " "})
_MARK = "\ue000{}\ue001"
_MARKS = re.compile("\ue000([0-9]+)\ue001")
_STANDALONE = frozenset({"pPr", "r", "proofErr", "bookmarkStart", "bookmarkEnd"})
_IN_RUN = frozenset({"rPr", "t", "lastRenderedPageBreak"})


class Converter:
    """Turns one part into the source of a Jinja template.

    Tags become marks of two private characters around a number first, at the place in the tree where
    their value belongs, and Jinja's own words in the written text.
    """

    def __init__(self, root: Any, formats: list[Format], *, links: bool) -> None:
        self.root = root
        self.formats = formats
        self.links = links
        self.tags: list[str] = []

    def source(self) -> str:
        """Give the part as Jinja."""
        from lxml import etree

        for text in self.root.iter(_q("t")):
            text.text = re.sub("[\ue000\ue001]", "\ufffd", text.text or "")
        for paragraph in self.root.iter(_q("p")):
            _join(paragraph)
        for row in list(self.root.iter(_q("tr"))):
            self._row(row)
        for paragraph in list(self.root.iter(_q("p"))):
            self._paragraph(paragraph)
        xml = _with_prefixes(etree.tostring(self.root, encoding="unicode"), self.root.nsmap)
        if "{%" in xml or "{{" in xml or "{#" in xml:
            xml = _patched(xml)
        return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + _MARKS.sub(
            lambda match: self.tags[int(match[1])], xml
        )

    def _row(self, row: Any) -> None:
        """Take the statements of a row that are about the row as a whole out of it."""
        texts = [text for text in row.iter(_q("t")) if next(text.iterancestors(_q("tr"))) is row]
        full = "".join(text.text or "" for text in texts)
        if "{%" not in full or _DOCXTPL.search(full):
            return
        if not _TAG.sub("", full).strip() and "{{" not in full:
            statements = "".join(self._mark(tag) for tag in _TAG.findall(full))
            _put_before(row, statements)
            _remove(row)
            return
        opening, closing = _OPENING.match(full), _CLOSING.search(full)
        if opening and closing and _pair(full):
            first = next(text for text in texts if (text.text or "").strip())
            last = next(text for text in reversed(texts) if (text.text or "").strip())
            if next(first.iterancestors(_q("tc"))) is next(last.iterancestors(_q("tc"))):
                return
            head, tail = _OPENING.match(first.text), _CLOSING.search(last.text)
            if head and tail:
                first.text, last.text = first.text[head.end() :], last.text[: tail.start()]
                _put_before(row, self._mark(head.group()))
                row.tail = self._mark(tail.group()) + (row.tail or "")

    def _paragraph(self, paragraph: Any) -> None:
        texts = list(_own_texts(paragraph))
        full = "".join(text.text or "" for text in texts)
        if "{" not in full or not _TAG.search(full):
            return
        tags = _TAG.findall(full)
        alone = not _TAG.sub("", full).strip() and _holds_words_only(paragraph) and not _DOCXTPL.search(full)
        values = [tag for tag in tags if tag.startswith("{{")]
        if alone and (not values or len(values) == len(tags) == 1):
            run = next(text for text in texts if (text.text or "").strip()).getparent()
            _put_before(paragraph, "".join(self._mark(tag, paragraph, run, whole=True) for tag in tags))
            _remove(paragraph)
            return
        if not values and not _TAG.sub("", full).strip() and _opened(full) and not _DOCXTPL.search(full):
            _put_before(paragraph, "".join(self._mark(tag) for tag in tags))  # beside a page break, say
            for text in texts:
                text.text = ""
            return
        for run in dict.fromkeys(text.getparent() for text in texts if _TAG.search(text.text or "")):
            self._cut(paragraph, run)

    def _cut(self, paragraph: Any, run: Any) -> None:
        """Cut a run at its tags, whose marks then stand between runs."""
        pieces: list[Any] = [_empty(run)]
        for child in list(run):
            if _local(child) == "t":
                self._cut_text(paragraph, run, child, pieces)
            elif _local(child) != "rPr":
                pieces[-1].append(child)
        for piece in pieces:
            if isinstance(piece, str):
                _put_before(run, piece)
            elif any(_local(child) != "rPr" for child in piece):
                run.addprevious(piece)
        _remove(run)

    def _cut_text(self, paragraph: Any, run: Any, text: Any, pieces: list[Any]) -> None:
        content, end = text.text or "", 0
        for match in _TAG.finditer(content):
            if not _DOCXTPL.match(match.group()):
                _add_text(pieces[-1], content[end : match.start()])
                pieces.extend([self._mark(match.group(), paragraph, run), _empty(run)])
                end = match.end()
        _add_text(pieces[-1], content[end:])

    def _mark(self, tag: str, paragraph: Any = None, run: Any = None, *, whole: bool = False) -> str:
        """Keep the Jinja of a tag and give the mark that stands for it."""
        tag = tag.translate(_QUOTES)
        if tag.startswith("{#"):
            return ""
        if tag.startswith("{%"):
            jinja = "{%" + _STATEMENT.fullmatch(tag)[1] + "%}"  # type: ignore[index]
        else:
            expression = _VALUE.fullmatch(tag)[1]  # type: ignore[index]
            self.formats.append(_format(paragraph, run))
            linked = self.links and not any(_local(each) == "hyperlink" for each in run.iterancestors())
            function = "lines" if whole else "words"
            arguments = f"({expression}), {len(self.formats) - 1}, {linked}"
            jinja = "{{ " + f"{function}({arguments})" + " }}"
        self.tags.append(jinja)
        return _MARK.format(len(self.tags) - 1)


def _q(name: str) -> str:
    return f"{{{W}}}{name}"


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _with_prefixes(xml: str, known: dict[str | None, str]) -> str:
    """Declare the prefix that links need; the one all of ours has must be there."""
    if known.get("w") != W or known.get("r", R) != R:
        raise BadPackage("word")
    return xml if "r" in known else re.sub(r"(<w:\w+)", rf'\1 xmlns:r="{R}"', xml, count=1)


def _pair(full: str) -> bool:
    """Tell whether the first statement of a row is ended by its last."""
    depth = 0
    statements = re.findall(r"\{%-?\s*(for|if|endfor|endif)\b", full)
    for index, word in enumerate(statements):
        depth += -1 if word.startswith("end") else 1
        if depth == 0:
            return index == len(statements) - 1
    return False


def _opened(full: str) -> bool:
    """Tell whether more statements begin than end here, or fewer."""
    words = re.findall(r"\{%-?\s*(for|if|endfor|endif|else|elif)\b", full)
    ended: int = sum(1 for word in words if word.startswith("end"))
    return ended * 2 != len(words)


def _own_texts(paragraph: Any) -> Iterator[Any]:
    """Give the texts of a paragraph, not those of a text box anchored in it."""
    for text in paragraph.iter(_q("t")):
        if next(text.iterancestors(_q("p"))) is paragraph:
            yield text


def _join(paragraph: Any) -> None:
    """Put a tag that Word has spread over several runs into the first of them."""
    texts = list(_own_texts(paragraph))
    full = "".join(text.text or "" for text in texts)
    if "{" not in full:
        return
    starts, position = [], 0
    for text in texts:
        starts.append(position)
        position += len(text.text or "")
    contents = [text.text or "" for text in texts]
    for match in reversed(list(_TAG.finditer(full))):
        first = max(i for i, start in enumerate(starts) if start <= match.start())
        last = max(i for i, start in enumerate(starts) if start < match.end())
        if first == last:
            continue
        contents[first] = contents[first][: match.start() - starts[first]] + match.group()
        contents[last] = contents[last][match.end() - starts[last] :]
        contents[first + 1 : last] = [""] * (last - first - 1)
    for text, content in zip(texts, contents, strict=True):
        text.text = content


def _holds_words_only(paragraph: Any) -> bool:
    """Tell whether nothing is lost with the paragraph but its words."""
    properties = paragraph.find(_q("pPr"))
    if properties is not None and properties.find(_q("sectPr")) is not None:
        return False
    names = [_local(child) for child in paragraph]
    inner = {_local(child) for run in paragraph.iter(_q("r")) for child in run}
    same = names.count("bookmarkStart") == names.count("bookmarkEnd")
    return set(names) <= _STANDALONE and inner <= _IN_RUN and same


def _empty(run: Any) -> Any:
    """Give a run that looks like `run` and holds nothing."""
    new = deepcopy(run)
    new.tail = None
    for child in list(new):
        if _local(child) != "rPr":
            new.remove(child)
    return new


def _add_text(run: Any, text: str) -> None:
    from lxml import etree

    if text:
        inner = etree.SubElement(run, _q("t"))
        inner.text = text
        inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _put_before(element: Any, text: str) -> None:
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _remove(element: Any) -> None:
    _put_before(element, element.tail or "")
    element.tail = None
    element.getparent().remove(element)


def _format(paragraph: Any, run: Any) -> Format:
    left_out = {"rPr", "sectPr", "pPrChange", "rPrChange"}
    return Format(
        _properties(paragraph.find(_q("pPr")), left_out), _properties(run.find(_q("rPr")), left_out)
    )


def _properties(element: Any, left_out: set[str]) -> Properties:
    from lxml import etree

    if element is None:
        return ()
    return tuple(
        (
            _local(child),
            re.sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(child, encoding="unicode", with_tail=False)),
        )
        for child in element
        if _local(child) not in left_out
    )


def _patched(xml: str) -> str:
    """Have docxtpl turn its own tags into Jinja."""
    from io import BytesIO

    from docxtpl import DocxTemplate

    return str(DocxTemplate(BytesIO()).patch_xml(xml))
