"""A reader at the page: mouse, finger and keyboard as the system gives them, not as a script would."""

import time

from tests.functional.browser.chromium import Page

KEYS = {
    "Tab": ("Tab", 9, ""),
    "Enter": ("Enter", 13, "\r"),
    "Escape": ("Escape", 27, ""),
    " ": ("Space", 32, " "),
    "ArrowDown": ("ArrowDown", 40, ""),
}
SHIFT = 8
BLUR = "document.activeElement.blur()"


class Hands:
    """What one person does with one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str, *, shift: bool = False) -> None:
        code, number, text = KEYS[key]
        given = {"key": key, "code": code, "windowsVirtualKeyCode": number, "modifiers": SHIFT * shift}
        self.page.call("Input.dispatchKeyEvent", type="keyDown", **given, **({"text": text} if text else {}))
        self.page.call("Input.dispatchKeyEvent", type="keyUp", **given)

    def type(self, text: str) -> None:
        self.page.call("Input.insertText", text=text)

    def at(self, selector: str) -> tuple[float, float]:
        """Bring an element into view; give its middle, of which nothing else may lie on top."""
        found = self.page.value(
            f"""(() => {{
              const element = document.querySelector({selector!r});
              element.scrollIntoView({{ block: "nearest" }});
              const box = element.getBoundingClientRect();
              const at = [box.left + box.width / 2, box.top + box.height / 2];
              const top = document.elementFromPoint(...at);
              return element.contains(top) ? at : String(top?.outerHTML).slice(0, 200);
            }})()"""
        )
        assert isinstance(found, list), (selector, found)
        return found[0], found[1]

    def click(self, selector: str) -> None:
        x, y = self.at(selector)
        for kind in ("mousePressed", "mouseReleased"):
            self.page.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def tap(self, selector: str) -> None:
        x, y = self.at(selector)
        self.page.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        self.page.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def tab_to(self, selector: str, most: int = 200) -> None:
        """Go on by Tab until the element has the focus, and can be seen to have it."""
        for _ in range(most):
            self.press("Tab")
            if self.page.value(f"document.activeElement.matches({selector!r})"):
                assert self.page.value("getComputedStyle(document.activeElement).outlineStyle") == "solid"
                return
        raise AssertionError(f"the keyboard does not reach {selector}")

    def until(self, expression: str) -> None:
        """Wait until something is true in the page."""
        end = time.monotonic() + 20
        while not self.page.value(expression):
            assert time.monotonic() < end, expression
            time.sleep(0.02)
