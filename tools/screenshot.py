"""Take a picture of an exported page: ``python tools/screenshot.py atlas.html atlas.png``.

Needs Chromium with its driver and Selenium (in the dev dependencies). The browser is told not to
talk to anybody; the page is opened from the disk.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

__all__ = ["Shot", "take"]

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
)
# A page of ours says when it stands; a report has no script and stands when it is loaded.
READY = """
return document.querySelector('script') ? document.documentElement.dataset.ready === '1'
  : document.readyState === 'complete'"""


@dataclass(frozen=True)
class Shot:
    """One picture: which page in which state, its size in CSS pixels, how dense, light or dark."""

    page: Path
    picture: Path
    size: tuple[int, int] = (1440, 900)
    state: str = ""
    dark: bool = False
    scale: float = 1.5
    scroll: str = ""


def take(*shots: Shot) -> None:
    """Open each page in one browser and save what is seen.

    Raises:
        OSError: a picture cannot be written.
    """
    options = Options()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for flag in FLAGS:
        options.add_argument(flag)
    driver = webdriver.Chrome(options, Service(shutil.which("chromedriver")))
    driver.set_script_timeout(30)
    try:
        for shot in shots:
            _take(driver, shot)
    finally:
        driver.quit()


def _take(driver: webdriver.Chrome, shot: Shot) -> None:
    width, height = shot.size
    metrics = {"width": width, "height": height, "deviceScaleFactor": shot.scale, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    scheme = [{"name": "prefers-color-scheme", "value": "dark" if shot.dark else "light"}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
    driver.get("about:blank")
    driver.get(shot.page.resolve().as_uri() + (f"#{shot.state}" if shot.state else ""))
    WebDriverWait(driver, 30).until(lambda here: here.execute_script(READY))
    if shot.scroll:
        driver.execute_script("document.querySelector(arguments[0]).scrollIntoView()", shot.scroll)
    two_frames = "requestAnimationFrame(() => requestAnimationFrame(() => arguments[0](1)))"
    driver.execute_async_script(two_frames)
    shot.picture.parent.mkdir(parents=True, exist_ok=True)
    if not driver.save_screenshot(str(shot.picture)):
        raise OSError(f"cannot write {shot.picture}")
    print(f"wrote {shot.picture}", file=sys.stderr)


def main() -> int:
    """Read the command line and take the picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("html", type=Path, help="a page written by kg export html or kg report")
    parser.add_argument("png", type=Path, help="where the picture goes")
    parser.add_argument("--size", default="1440x900", help="window in CSS pixels (1440x900)")
    parser.add_argument("--dark", action="store_true", help="in dark mode")
    parser.add_argument("--at", default="", metavar="STATE", help="deep link: view=network&pair=…")
    given = parser.parse_args()
    if not given.html.is_file():
        parser.error(f"no such file: {given.html}")
    width, _, height = given.size.partition("x")
    take(Shot(given.html, given.png, (int(width), int(height)), given.at, given.dark))
    return 0


if __name__ == "__main__":
    sys.exit(main())
