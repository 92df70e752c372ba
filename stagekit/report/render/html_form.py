"""The words of the form in which a mentor gives feedback: those on the page, and those its script says."""

from stagekit.i18n import translate


def form_words(language: str) -> dict[str, str]:
    """Give what stands on the page, by the names `templates/html/form.html.j2` uses."""
    return {**_top(language), **_places(language), **_end(language)}


def _top(language: str) -> dict[str, str]:
    return {
        "intro": translate(language, "For the mentor: feedback in five minutes"),
        "read": translate(
            language,
            "Read, and react where you like: below each answer is a button, at the end of each part room "
            "for your judgement. Nothing is compulsory.",
        ),
        "save_step": translate(
            language, "Choose “Save feedback” at the bottom of the screen. You get one small file."
        ),
        "send": translate(language, "Send that file to your student, for instance by e-mail."),
        "local": translate(
            language,
            "What you type stays in this browser on this computer. It is sent nowhere; you send the file "
            "yourself.",
        ),
        "no_script": translate(
            language,
            "Here you can only read. To give feedback, open this file in a browser with JavaScript, such as "
            "Edge, Chrome, Firefox or Safari. Or print it: on paper there is room to write.",
        ),
        "on_paper": translate(
            language,
            "On paper: write your feedback in the boxes after each part, and give the pages back to your "
            "student.",
        ),
        "wipe": translate(language, "Erase what I typed"),
    }


def _places(language: str) -> dict[str, str]:
    return {
        "give": translate(language, "Give feedback on this answer"),
        "on_answer": translate(language, "Your feedback on"),
        "changed_answer": translate(
            language,
            "The answer changed after you wrote this. Your student sees that, until you alter the text or "
            "say that it still holds.",
        ),
        "holds": translate(language, "It still holds"),
        "on_part": translate(language, "Your feedback on part"),
        "changed_part": translate(
            language,
            "This part changed after you judged it. Your student sees that, until you alter something here "
            "or say that it still holds.",
        ),
        "level": translate(language, "Where does this part stand?"),
        "clear_choice": translate(language, "Clear this choice"),
        "rubric": translate(language, "What do these levels mean?"),
        "rubric_note": translate(language, "Your student saw this beside the questions too."),
        "question": translate(language, "Question"),
        "part_comment": translate(language, "Your comment on this part"),
        "sign": translate(language, "I have read this part and sign it off."),
    }


def _end(language: str) -> dict[str, str]:
    return {
        "closing": translate(language, "To finish: your word to the student"),
        "gone": translate(language, "About answers that are no longer here"),
        "gone_note": translate(
            language, "You wrote this on an earlier version. It goes along in the file, unless you remove it."
        ),
        "overall": translate(language, "What do you want to say about the portfolio as a whole?"),
        "name": translate(language, "Your name as mentor"),
        "date": translate(language, "Date"),
        "signature": translate(language, "Signature"),
        "name_missing": translate(
            language, "You signed off a part. Fill in your name too: a signature needs a name."
        ),
        "show_name": translate(language, "My name may be shown in the portfolio."),
        "show_note": translate(
            language,
            "Without this tick an alias stands in its place in every document. Your student does see your "
            "name.",
        ),
        "shared": translate(
            language,
            "Do others use this computer too? Then erase what you typed once you have sent the file.",
        ),
        "bar": translate(language, "Saving your feedback"),
        "save": translate(language, "Save feedback"),
        "ask": translate(language, "Erase everything you typed here?"),
        "ask_note": translate(language, "A file that you saved stays where it is."),
        "no": translate(language, "No, keep it"),
        "yes": translate(language, "Yes, erase everything"),
    }


def told_words(language: str) -> dict[str, str]:
    """Give what the script says, by the names of the data attributes it reads; it fills in `{names}`."""
    return {
        "give": translate(language, "Give feedback on this answer"),
        "given": translate(language, "Your feedback on this answer"),
        "nothing": translate(language, "Nothing filled in yet"),
        "comment": translate(language, "1 comment"),
        "comments": translate(language, "{count} comments"),
        "judged": translate(language, "{count} of {total} parts judged"),
        "kept": translate(language, "Only in this browser, not yet in a file."),
        "insync": translate(language, "All in the file of {time}."),
        "outdated": translate(language, "Changed since the file of {time}: save again."),
        "unkept": translate(
            language, "This browser remembers nothing: save your feedback before you close the page."
        ),
        "restored": translate(
            language,
            "What you typed earlier is back, last changed on {time}. It is only in this browser on this "
            "computer.",
        ),
        "saved": translate(
            language,
            "Your file is {file}; look in your Downloads folder. Send it to your student, for instance "
            "by e-mail.",
        ),
        "failed": translate(
            language, "This browser could not save the file. Open the page in another browser, or print it."
        ),
        "empty": translate(
            language, "There is nothing to save yet: first write a comment or choose a level."
        ),
        "toolong": translate(
            language, "This comment is too long: {count} characters; at most {limit} fit. Make it shorter."
        ),
        "wiped": translate(language, "What you typed is erased from this browser."),
        "remove": translate(language, "Remove"),
    }
