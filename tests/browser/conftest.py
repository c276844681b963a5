from __future__ import annotations

import json
import runpy
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GRAVE = ("serious", "critical")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--window-size=1440,1000",
)


@pytest.fixture(scope="session")
def samples() -> SimpleNamespace:
    """The views of tests/views/samples.py (test folders are no packages)."""
    path = Path(__file__).parents[1] / "views" / "samples.py"
    return SimpleNamespace(**runpy.run_path(str(path)))


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A headless Chromium that logs its console and every request."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="needs selenium (dev group)")
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    chromedriver = shutil.which("chromedriver")
    if not browser or not chromedriver:
        pytest.skip("needs chromium and chromedriver on the PATH")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in FLAGS:
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('chromium')}")
    folder = str(tmp_path_factory.mktemp("downloads"))
    options.add_experimental_option("prefs", {"download.default_directory": folder})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options, webdriver.ChromeService(chromedriver))
    driver.set_script_timeout(20)
    driver.downloads = Path(folder)
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Run axe-core in a page: its serious and critical findings, one line each."""
    package = pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python")
    script = (Path(package.__file__).parent / "axe.min.js").read_text("utf-8")

    def run(page: Page) -> list[str]:
        page.js(script)
        found = page.driver.execute_async_script(
            "const done = arguments[0]; axe.run(document).then((all) => done(["
            "all.passes.length, all.violations.map((one) => [one.impact, one.id,"
            " one.nodes[0].html.slice(0, 120)])]));"
        )
        assert found[0] > 10, "axe did not look"
        return [f"{i}: {name}: {html}" for i, name, html in found[1] if i in GRAVE]

    return run


class Page:
    """One opened page and what a reader does with it."""

    def __init__(self, driver: Any, path: Path) -> None:
        self.driver = driver
        self.path = path

    def open(self, fragment: str = "") -> Page:
        self.driver.get("about:blank")
        self.driver.get_log("browser"), self.driver.get_log("performance")
        self.driver.get(self.path.as_uri() + fragment)
        self.until("return document.documentElement.dataset.ready === '1'")
        return self

    def js(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def until(self, script: str) -> Any:
        from selenium.webdriver.support.ui import WebDriverWait

        return WebDriverWait(self.driver, 20, 0.05).until(
            lambda driver: driver.execute_script(script)
        )

    def all(self, css: str) -> list[Any]:
        return self.driver.find_elements("css selector", css)

    def one(self, css: str) -> Any:
        return self.driver.find_element("css selector", css)

    def text(self, css: str) -> str:
        return str(self.one(css).text)

    def press(self, *keys: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def focused(self) -> Any:
        return self.driver.switch_to.active_element

    def choose(self, css: str, value: str) -> None:
        from selenium.webdriver.support.ui import Select

        Select(self.one(css)).select_by_value(value)

    def complaints(self) -> list[str]:
        """What the console said since the page was opened."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """Addresses asked for since the page was opened, but for itself and what it carries."""
        told = (
            json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")
        )
        asked = [
            message["params"]["request"]["url"]
            for message in told
            if message["method"] == "Network.requestWillBeSent"
        ]
        own = self.path.as_uri()
        assert own in [url.partition("#")[0] for url in asked], "the log does not work"
        return [url for url in asked if not url.startswith((own, "data:", "blob:", "about:"))]


@pytest.fixture
def page(driver: Any, tmp_path: Path) -> Callable[..., Page]:
    """Write a view to a file, open it, give the page."""
    from kg.views.html import html_page

    def make(view: Any, fragment: str = "", start: str = "") -> Page:
        path = tmp_path / "atlas.html"
        path.write_text(html_page(view, start), encoding="utf-8", newline="\n")
        return Page(driver, path).open(fragment)

    return make
