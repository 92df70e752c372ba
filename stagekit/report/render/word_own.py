"""What StageKit's own Word templates share: loaded once, in the language of the document, pages counted."""

import re
from functools import cache
from typing import Any

from stagekit.i18n import translate
from stagekit.report.render import word_package
from stagekit.report.render.environment import own_environment
from stagekit.report.render.word_fill import Filler
from stagekit.report.render.word_template import Prepared, prepare
from stagekit.report.render.word_xml import Runs, field, run

LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
_LANG = re.compile(rb'(<w:lang\b[^>]*?\bw:val=")[^"]*')
_THEME_LANG = re.compile(rb'(<w:themeFontLang\b[^>]*?\bw:val=")[^"]*')


@cache
def own_template(name: str) -> Prepared:
    """Give a template of `templates/word`, ready to be filled in."""
    from stagekit import resources

    file = resources.templates_dir() / "word" / name
    return prepare(word_package.read(file.read_bytes()), own_environment(autoescape=True))


class OwnDocument(Filler):
    """A document from one of our templates, in `language`."""

    def __init__(self, template: str, language: str) -> None:
        super().__init__(own_template(template), own_lists=True)
        self.language = language

    def render(self, context: dict[str, Any], properties: dict[str, str]) -> bytes:
        """Fill in the template, which may call what is in `context`."""
        given = context | {"words": self.words, "lines": self.lines, "page_of": self.page_of()}
        parts = dict(self.template.parts)
        for name, compiled in self.template.templates.items():
            parts[name] = compiled.render(given).encode()
        self.finish(parts, self.pictures(parts))
        language = LANGUAGES[self.language]
        for name, pattern in (("word/styles.xml", _LANG), ("word/settings.xml", _THEME_LANG)):
            parts[name] = pattern.sub(rb"\g<1>" + language.encode(), parts[name])
        parts[word_package.CORE] = word_package.core_properties(properties | {"dc:language": language})
        return word_package.write(parts)

    def pictures(self, parts: dict[str, bytes]) -> tuple[str, ...]:  # noqa: ARG002 - for those with pictures
        """Add pictures to the parts; gives their relationships."""
        return ()

    def page_of(self) -> Runs:
        """Write “page x of y” with the numbers as fields."""
        text = translate(self.language, "Page {page} of {pages}", page="\ue000", pages="\ue001")
        fields = {"\ue000": field("PAGE", "1"), "\ue001": field("NUMPAGES", "1")}
        parts = re.split("([\ue000\ue001])", text)
        return Runs("".join(fields.get(part) or run(part) for part in parts if part))
