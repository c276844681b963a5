"""A report in the browser, and pages in the frame that a notebook shows."""

from __future__ import annotations

import runpy
from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace

import pytest

from kg.views.notebook import ShownAtlas

pytest.importorskip("matplotlib", reason="needs the extra report")
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def reports():
    """The reports of tests/views/test_report.py (test folders are no packages)."""
    path = Path(__file__).parents[1] / "views" / "test_report.py"
    return SimpleNamespace(**runpy.run_path(str(path)))


@pytest.fixture
def opened(page, samples, reports, tmp_path):
    """Open a report or a piece of HTML as a page."""

    def show(html: str):
        some = page(samples.small())
        some.path = tmp_path / "shown.html"
        some.path.write_text(html, "utf-8")
        some.driver.get("about:blank")
        some.complaints(), some.driver.get_log("performance")
        some.driver.get(some.path.as_uri())
        some.until("return document.readyState === 'complete'")
        return some

    return show


def test_a_report_stands_without_a_request_or_a_complaint(opened, reports):
    shown = opened(reports.html(reports.view()))
    assert "They clashed over steel." in shown.text("blockquote")
    pictures = "return [...document.images].map((one) => one.naturalWidth > 100)"
    assert shown.js(pictures) == [True, True]
    shown.one("blockquote a").click()
    assert shown.js("return location.hash") == "#source-1"
    assert shown.requests() == []
    assert shown.complaints() == []


def test_hostile_text_executes_nothing_in_a_report(opened, reports, samples):
    for text in samples.HOSTILE:
        shown = opened(reports.html(reports.view(text, origin=text)))
        assert shown.js("return window.__pwned === undefined"), text
        assert shown.requests() == [], text
        assert shown.complaints() == [], text


def test_axe_finds_nothing_serious_in_a_report(opened, reports, axe):
    assert axe(opened(reports.html(reports.view()))) == []


def test_a_report_fits_a_narrow_screen(opened, reports):
    shown = opened(reports.html(reports.view("x" * 3000)))
    size = {"width": 360, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    shown.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        assert shown.js("return document.documentElement.scrollWidth") <= 360
    finally:
        shown.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_in_a_notebook_the_page_works_and_cannot_reach_out(opened, samples):
    view = samples.hostile()
    atlas = ShownAtlas(*(getattr(view, field.name) for field in fields(view)))
    shown = opened(f"<!doctype html><title>Notebook</title>{atlas._repr_html_()}")
    shown.driver.switch_to.frame(shown.one("iframe"))
    try:
        shown.until("return document.documentElement.dataset.ready === '1'")
        shown.one("#tab-timeline").click()
        shown.one(".mark-event").click()
        assert shown.all("#panel mark")
        assert shown.js("return window.__pwned === undefined")
        reach = "try { return parent.document.title } catch { return 'refused' }"
        assert shown.js(reach) == "refused"
    finally:
        shown.driver.switch_to.default_content()
    assert shown.js("return window.__pwned === undefined")
    assert shown.complaints() == []
