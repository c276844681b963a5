"""Take a picture of an exported page: ``python tools/screenshot.py atlas.html atlas.png``.

Needs Chromium with its driver and Selenium (in the dev dependencies). The browser is told not to
talk to anybody; the page is opened from the disk.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

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


def take(page: Path, picture: Path, size: tuple[int, int], dark: bool, fragment: str) -> None:
    """Open ``page`` at ``fragment`` in a window of ``size`` CSS pixels and save what is seen."""
    options = Options()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for flag in (*FLAGS, "--force-device-scale-factor=1.5"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options, Service(shutil.which("chromedriver")))
    try:
        metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1.5, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
        driver.get(page.resolve().as_uri() + fragment)
        ready = "return document.documentElement.dataset.ready === '1'"
        WebDriverWait(driver, 30).until(lambda here: here.execute_script(ready))
        two_frames = "requestAnimationFrame(() => requestAnimationFrame(() => arguments[0](1)))"
        driver.execute_async_script(two_frames)
        picture.parent.mkdir(parents=True, exist_ok=True)
        if not driver.save_screenshot(str(picture)):
            raise OSError(f"cannot write {picture}")
    finally:
        driver.quit()


def main() -> int:
    """Read the command line and take the picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("html", type=Path, help="a page written by kg export html")
    parser.add_argument("png", type=Path, help="where the picture goes")
    parser.add_argument("--size", default="1440x900", help="window in CSS pixels (1440x900)")
    parser.add_argument("--dark", action="store_true", help="in dark mode")
    parser.add_argument("--at", default="", metavar="STATE", help="deep link: view=network&pair=…")
    given = parser.parse_args()
    if not given.html.is_file():
        parser.error(f"no such file: {given.html}")
    width, _, height = given.size.partition("x")
    fragment = f"#{given.at}" if given.at else ""
    take(given.html, given.png, (int(width), int(height)), given.dark, fragment)
    print(f"wrote {given.png}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
