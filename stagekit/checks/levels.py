"""The levels of a judgement in words; never a mark, never a colour alone."""

from stagekit.i18n import translate
from stagekit.model.feedback import FeedbackLevel


def level_word(level: FeedbackLevel, language: str) -> str:
    """Give a level as it stands by itself: `On level`."""
    if level == "strong":
        return translate(language, "Strong")
    return translate(language, "On level") if level == "sufficient" else translate(language, "Not there yet")
