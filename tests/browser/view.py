"""A page that is open in a browser, with what tests look at and do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest

# Whoever imports this is skipped where it is not installed.
pytest.importorskip("selenium", reason="selenium is not installed")

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

__all__ = ["Keys", "View"]

# In seconds: for machines that are busy with something else.
PATIENCE = 100
POLLING = 0.05


class View:
    """What one test sees; `complaints` is all that must not have happened."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver
        self._opened: set[str] = set()
        driver.set_page_load_timeout(PATIENCE)
        driver.set_script_timeout(PATIENCE)
        self.size(1280, 900)
        self.prefers(dark=False)

    def load(self, page: Path, fragment: str = "") -> None:
        """Loads any page anew, at a fragment."""
        self._opened.add(page.as_uri())
        # A change of the fragment alone would not load it.
        self.driver.get("about:blank")
        self.driver.get(page.as_uri() + fragment)
        self.until(LOADED, page.as_uri())

    def open(self, page: Path, fragment: str = "", *, anew: bool = False) -> None:
        """Shows a report at a fragment; it is loaded where another page is there, or `anew`."""
        if anew or not self.run(LOADED, page.as_uri()):
            self.load(page, fragment)
        else:
            self._opened.add(page.as_uri())
            self.run(GO, fragment)
        self.settled()

    def settled(self) -> None:
        """Waits until a report shows what its address names."""
        self.until(SHOWN)

    def back(self) -> None:
        """Goes back to where the report was before."""
        self.run("delete document.documentElement.dataset.shown")
        self.driver.back()
        self.settled()

    def size(self, width: int, height: int) -> None:
        """The size of the window in CSS pixels."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )
        self.until("return innerWidth === arguments[0]", width)

    def prefers(self, *, dark: bool) -> None:
        """What the system prefers."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        dark_now = "return matchMedia('(prefers-color-scheme: dark)').matches === arguments[0]"
        self.until(dark_now, dark)

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script returns that is run in the page."""
        return self.driver.execute_script(script, *arguments)

    def one(self, selector: str) -> WebElement:
        """The first element, once it is there."""
        found: WebElement = self.until("return document.querySelector(arguments[0])", selector)
        return found

    def all(self, selector: str) -> list[WebElement]:
        """All elements."""
        found: list[WebElement] = self.driver.find_elements(By.CSS_SELECTOR, selector)
        return found

    def text(self, selector: str) -> str:
        """The text of the first element, once it is there, also of one that is not seen."""
        return str(self.until(TEXT, selector)[0])

    def texts(self, selector: str) -> list[str]:
        """The texts of all elements."""
        script = "return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent)"
        return list(self.run(script, selector))

    def click(self, selector: str) -> None:
        """Clicks on the first element, in the middle of the window; follows it if it is a link."""
        element = self.one(selector)
        leads_to = self.run(MIDDLE, element)
        element.click()
        if leads_to is not None:
            self.until("return location.hash === arguments[0]", leads_to)
            self.settled()

    def press(self, name: str, within: str = "main") -> None:
        """Presses the button that is called so."""
        self.one(f"{within} button")
        for button in self.all(f"{within} button"):
            if button.text == name:
                self.run(MIDDLE, button)
                button.click()
                return
        raise AssertionError(f"no button is called {name}")

    def keys(self, *keys: str) -> None:
        """Presses keys, wherever the focus is."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def tab_to(self, selector: str, *, most: int = 60) -> None:
        """Presses the tabulator until the focus is on a fitting element, which shows it."""
        for _ in range(most):
            self.keys(Keys.TAB)
            focus = "return document.activeElement.matches(arguments[0])"
            if self.run(focus, selector):
                assert self.run(SHOWS_FOCUS), f"{selector} does not show its focus"
                return
        raise AssertionError(f"{most} tabulators do not lead to {selector}")

    def until(self, condition: str, *arguments: Any, said: str = "") -> Any:
        """What a script returns, once it is true."""
        waiting = WebDriverWait(self.driver, PATIENCE, poll_frequency=POLLING)
        return waiting.until(lambda _: self.run(condition, *arguments), said or condition)

    def reads(self, selector: str, text: str) -> None:
        """Waits until an element has a text."""
        self.until(
            "return document.querySelector(arguments[0])?.textContent === arguments[1]",
            selector,
            text,
            said=f"{selector} reads {text!r}",
        )

    def allow(self, name: str, setting: str) -> None:
        """What the page may do, as somebody who is asked would say it."""
        permission = {"permission": {"name": name}, "setting": setting}
        self.driver.execute_cdp_cmd("Browser.setPermission", permission)

    def pasted(self) -> str:
        """What was copied last."""
        self.allow("clipboard-read", "granted")
        reading = "navigator.clipboard.readText().then(arguments[0])"
        return str(self.driver.execute_async_script(reading))

    @property
    def brightness(self) -> float:
        """Of what lies below all: 0 is black, 255 is white."""
        return float(self.run(BRIGHTNESS))

    @property
    def count(self) -> str:
        """How many there are, as the page says it."""
        return self.text("#count")

    def counts(self, text: str) -> None:
        """Waits until the page says that there are so many."""
        self.reads("#count", text)

    @property
    def fragment(self) -> str:
        """The fragment of the address."""
        return str(self.run("return location.hash"))

    def complaints(self) -> list[str]:
        """Errors in the console, and requests for anything but the pages that were opened."""
        said = [
            entry["message"]
            for entry in self.driver.get_log("browser")
            if entry["level"] in ("SEVERE", "WARNING")
        ]
        for entry in self.driver.get_log("performance"):
            event = json.loads(entry["message"])["message"]
            if event["method"] == "Network.requestWillBeSent":
                # The browser's own first page asks for much.
                by = urldefrag(event["params"]["documentURL"]).url
                url = urldefrag(event["params"]["request"]["url"]).url
                if by in self._opened and url != by:
                    said.append(f"request for {url}")
        return said


# The element itself, or the label that stands for an input nobody sees.
SHOWS_FOCUS = """
const element = document.activeElement;
const shown = element.matches('.unseen') ? element.closest('label') : element;
const style = getComputedStyle(shown);
return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
"""

LOADED = """
return document.readyState === 'complete' && location.href.split('#')[0] === arguments[0];
"""
# The page says in its first element what it shows, once that is there.
SHOWN = "return document.documentElement.dataset.shown === location.hash;"
# In a list, since nothing may be all of the text.
TEXT = """
const element = document.querySelector(arguments[0]);
return element && [element.textContent];
"""
# As if a link were followed; by way of another view, so that nothing is left of what was there.
GO = """
for (const fragment of ['#run', '#remainder', arguments[0] || '#']) {
  history.replaceState(null, '', fragment);
  dispatchEvent(new Event('hashchange'));
}
"""
# In the middle nothing lies above it; where it leads if it is a link.
MIDDLE = """
arguments[0].scrollIntoView({block: 'center'});
return arguments[0].closest('a[href]')?.hash ?? null;
"""
BRIGHTNESS = """
const colour = getComputedStyle(document.body).backgroundColor;
return colour.match(/[0-9]+/g).slice(0, 3).reduce((sum, each) => sum + Number(each) / 3, 0);
"""
