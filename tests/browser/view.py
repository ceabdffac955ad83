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

PATIENCE = 20


class View:
    """What one test sees; `complaints` is all that must not have happened."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver
        self.page: Path | None = None
        self._opened: set[str] = set()
        self.size(1280, 900)
        self.prefers(dark=False)

    def open(self, page: Path, fragment: str = "") -> View:
        """Loads a page anew, at a fragment."""
        self.page = page
        self._opened.add(page.as_uri())
        # A change of the fragment alone would not load it.
        self.driver.get("about:blank")
        self.driver.get(page.as_uri() + fragment)
        return self

    def size(self, width: int, height: int) -> None:
        """The size of the window in CSS pixels."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )

    def prefers(self, *, dark: bool) -> None:
        """What the system prefers."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script returns that is run in the page."""
        return self.driver.execute_script(script, *arguments)

    def one(self, selector: str) -> WebElement:
        """The first element."""
        found: WebElement = self.driver.find_element(By.CSS_SELECTOR, selector)
        return found

    def all(self, selector: str) -> list[WebElement]:
        """All elements."""
        found: list[WebElement] = self.driver.find_elements(By.CSS_SELECTOR, selector)
        return found

    def text(self, selector: str) -> str:
        """The text of the first element, also of one that is not seen."""
        return str(self.run("return document.querySelector(arguments[0]).textContent", selector))

    def texts(self, selector: str) -> list[str]:
        """The texts of all elements."""
        script = "return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent)"
        return list(self.run(script, selector))

    def click(self, selector: str) -> None:
        """Clicks on the first element, in the middle of the window."""
        element = self.one(selector)
        self.run("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def press(self, name: str, within: str = "main") -> None:
        """Presses the button that is called so."""
        for button in self.all(f"{within} button"):
            if button.text == name:
                self.run("arguments[0].scrollIntoView({block: 'center'})", button)
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

    def until(self, condition: str, *arguments: Any) -> None:
        """Waits until a script returns what is true."""
        WebDriverWait(self.driver, PATIENCE).until(lambda _: self.run(condition, *arguments))

    def reads(self, selector: str, text: str) -> None:
        """Waits until an element has a text."""
        self.until(
            "return document.querySelector(arguments[0])?.textContent === arguments[1]",
            selector,
            text,
        )

    @property
    def count(self) -> str:
        """How many there are, as the page says it."""
        return self.text("#count")

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
