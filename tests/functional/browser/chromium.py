"""Chromium, spoken to through a pipe in its own protocol: no driver, no port, no package."""

import base64
import contextlib
import fcntl
import json
import os
import select
import signal
import time
from pathlib import Path

ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--remote-debugging-pipe",
)  # fmt: skip
TIMEOUT = 60
"""Seconds an answer may take, on a busy machine too."""


class Chromium:
    """A browser process with a profile of its own."""

    def __init__(self, program: str, profile: Path) -> None:
        self.program = program
        theirs_in, self.writes = os.pipe()
        self.reads, theirs_out = os.pipe()
        high = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 100) for fd in (theirs_in, theirs_out)]
        null = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 1, 2)]
        ends = [(os.POSIX_SPAWN_DUP2, fd, number) for fd, number in zip(high, (3, 4), strict=True)]
        command = [program, *ARGUMENTS, f"--user-data-dir={profile}"]
        self.process = os.posix_spawn(program, command, os.environ, file_actions=[*null, *ends])
        for fd in (theirs_in, theirs_out, *high):
            os.close(fd)
        self.buffer = b""
        self.count = 0
        self.events: list[dict] = []

    def close(self) -> None:
        with contextlib.suppress(OSError, EOFError, TimeoutError):
            self.call("Browser.close")
        until = time.monotonic() + 10
        while os.waitpid(self.process, os.WNOHANG)[0] == 0:
            if time.monotonic() > until:
                os.kill(self.process, signal.SIGKILL)
                os.waitpid(self.process, 0)
                break
            time.sleep(0.02)
        os.close(self.reads)
        os.close(self.writes)

    def call(self, method: str, session: str | None = None, **params: object) -> dict:
        self.count += 1
        message = {"id": self.count, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.writes, data) :]
        while True:
            answer = self.read()
            if answer.get("id") == self.count:
                assert "error" not in answer, (method, answer)
                return answer["result"]
            self.events.append(answer)

    def read(self) -> dict:
        until = time.monotonic() + TIMEOUT
        while b"\0" not in self.buffer:
            if not select.select([self.reads], [], [], max(0, until - time.monotonic()))[0]:
                raise TimeoutError("Chromium gives no answer")
            data = os.read(self.reads, 1 << 16)
            if not data:
                raise EOFError("Chromium has ended")
            self.buffer += data
        message, _, self.buffer = self.buffer.partition(b"\0")
        return json.loads(message)

    def wait_for(self, name: str) -> dict:
        while True:
            for event in self.events:
                if event.get("method") == name:
                    return event
            self.events.append(self.read())

    def open(self, url: str, **view: object) -> "Page":
        return Page(self, url, **view)


class Page:
    """A tab: what it shows, asks for, and says goes wrong."""

    def __init__(
        self,
        browser: Chromium,
        url: str,
        *,
        width: int = 1280,
        height: int = 900,
        dark: bool = False,
        media: str = "screen",
        phone: bool = False,
        script: bool = True,
    ) -> None:
        self.browser = browser
        self.target: str = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=self.target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.call(f"{domain}.enable")
        self.resize(width, height, phone=phone)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media=media, features=[scheme])
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        browser.events.clear()
        self.call("Page.navigate", url=url)
        browser.wait_for("Page.loadEventFired")
        self.url = url

    def call(self, method: str, **params: object) -> dict:
        return self.browser.call(method, self.session, **params)

    def resize(self, width: int, height: int, *, phone: bool = False) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone}
        self.call("Emulation.setDeviceMetricsOverride", **size)

    def close(self) -> None:
        """Close the tab as its reader does; once more changes nothing."""
        if self.target:
            self.browser.call("Target.closeTarget", targetId=self.target)
        self.target = ""

    def value(self, expression: str) -> object:
        """Evaluate JavaScript as the developer's console does, which no policy of the page stops."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def settle(self) -> None:
        """Let pictures, timers and frames do what they were going to do."""
        self.value("new Promise(done => requestAnimationFrame(() => setTimeout(done, 150)))")

    def requests(self) -> list[str]:
        """List what was asked for besides the page itself."""
        sent = [e["params"]["request"]["url"] for e in self.browser.events
                if e.get("method") == "Network.requestWillBeSent"]  # fmt: skip
        return [url for url in sent if url != self.url and not url.startswith("data:,")]

    def complaints(self) -> list[str]:
        """List dialogs, errors and what the policy stopped: all that something trying to run leaves."""
        names = {"Page.javascriptDialogOpening", "Runtime.exceptionThrown", "Log.entryAdded",
                 "Runtime.consoleAPICalled"}  # fmt: skip
        return [json.dumps(e["params"])[:400] for e in self.browser.events if e.get("method") in names]

    def pdf(self) -> bytes:
        return base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True)["data"])

    def screenshot(self) -> bytes:
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 16000), "scale": 1}
        taken = self.call("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(taken["data"])
