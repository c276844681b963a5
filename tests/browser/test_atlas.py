from __future__ import annotations

import csv
import io
import re

import pytest

pytestmark = pytest.mark.browser

VIEWS = ("matrix", "timeline", "ego", "network", "events", "pairs", "actors")


@pytest.fixture
def small(page, samples):
    return page(samples.small())


def cell(opened, row, column):
    return opened.one(f".cell[aria-label^='{row} and {column}']")


def test_it_opens_from_disk_without_a_request_or_a_complaint(small):
    for name in VIEWS:
        small.one(f"#tab-{name}").click()
        small.until("return document.getElementById('view').children.length > 0")
    assert small.complaints() == []
    assert small.requests() == []


def test_the_policy_stops_what_should_never_be_there(small):
    outcome = small.driver.execute_async_script(
        """const done = arguments[0];
        fetch('https://example.org/').then(() => done('sent'), () => done('refused'));"""
    )
    assert outcome == "refused"
    small.js(
        """const script = document.createElement('script');
        script.textContent = 'window.__pwned = 1'; document.body.append(script);"""
    )
    assert small.js("return window.__pwned === undefined")
    assert len([line for line in small.complaints() if "violates" in line]) >= 2


def test_it_opens_on_the_matrix_with_signs_and_counts(small):
    found = cell(small, "European Union", "United States")
    assert found.text.split("\n") == ["−4.0", "−3", "+1"]
    label = found.get_attribute("aria-label")
    assert "3 confrontations, 1 cooperative event, 0 consultations" in label


def test_a_cell_opens_the_sentences(small):
    cell(small, "European Union", "United States").click()
    panel = small.text("#panel")
    assert "European Union – United States" in panel
    assert "Sentence number 1 says so." in panel
    assert small.one("#panel mark").text.startswith("Sentence number")
    for fact in ("Before it stood this.", "Report 1", "The Wire", "14 Feb 2026", "asserted"):
        assert fact in panel
    assert "confidence 0.50" in panel
    assert "Sentence number 5" not in panel, "hypothetical events are not counted by default"
    link = small.one("#panel a")
    assert link.get_attribute("href") == "https://news.example/report"
    assert "noopener" in link.get_attribute("rel")


def test_an_edge_of_the_network_opens_the_sentences(small):
    from selenium.webdriver.common.action_chains import ActionChains

    small.one("#tab-network").click()
    small.until("return A.canvas() && A.spot('eu,us').x > 0")
    stage = small.one("#network")
    small.js("arguments[0].scrollIntoView()", stage)
    spot = small.js("return A.spot('eu,us')")
    x, y = spot["x"] - stage.size["width"] / 2, spot["y"] - stage.size["height"] / 2
    ActionChains(small.driver).move_to_element_with_offset(stage, int(x), int(y)).click().perform()
    small.until("return document.querySelector('#panel mark')")
    assert "European Union – United States" in small.text("#panel")


def test_a_node_shows_its_own_network(small):
    small.one("#tab-network").click()
    small.js("A.set({actor: 'eu', view: 'ego'})")
    drawn = small.js("return A.drawing().nodes.map((node) => node.label).sort()")
    assert drawn == ["European Union", "United States"]
    small.one("#whole").click()
    assert len(small.js("return A.drawing().nodes")) == 4


def test_conflict_is_dashed_with_a_minus_and_cooperation_solid_with_a_plus(small):
    small.one("#tab-network").click()
    small.until("return A.drawing()")

    def line(picture):
        (line,) = [
            one for one in re.findall("<line[^>]*>", picture) if "d55e00" in one or "0072b2" in one
        ]
        return "d55e00" in line, "stroke-dasharray" in line, re.findall(">([−+])</text>", picture)

    assert line(small.js("return A.picture()")) == (True, True, ["−"])
    small.one("#sign input[value=plus]").click()
    assert line(small.js("return A.picture()")) == (False, False, ["+"])


def test_filters_change_the_counts(small):
    assert small.text("#counts").startswith("5 of 6 events: 3 confrontations")
    small.one("#sign input[value=plus]").click()
    assert small.text("#counts").startswith("1 of 6 events")
    small.one("#reset").click()
    small.choose("#issue", "trade-tariffs")
    assert small.text("#counts").startswith("2 of 6 events")
    small.one("#reset").click()
    small.choose("#status", "hypothetical")
    assert small.text("#counts").startswith("1 of 6 events")
    small.choose("#status", "all")
    assert small.text("#counts").startswith("6 of 6 events")
    small.choose("#confidence", "0.7")
    assert "Nothing matches" in small.text("#view")


def test_a_period_never_drops_undated_events_in_silence(small):
    small.open("#since=2026-01")
    assert small.text("#counts").startswith("3 of 6 events")
    assert "undated: 1, not shown" in small.text("#counts")
    box = small.one("#undated")
    assert not box.is_selected()
    box.click()
    assert small.text("#counts").startswith("4 of 6 events")
    assert "undated: 1, shown" in small.text("#counts")


def test_a_rough_date_counts_only_when_it_lies_surely_within(small):
    assert small.open("#since=2025-11-01&until=2025-11-30").text("#counts").startswith("1 of 6")
    within = small.open("#since=2025-11-15").text("#counts")
    assert "not surely within the period: 1, not shown" in within


def test_levels_switch_between_people_and_polities(small):
    small.one("#level input[value=person]").click()
    assert cell(small, "Kaja Kallas", "Mike Waltz").text.split("\n")[0] == "−4.0"
    small.one("#level input[value=bloc]").click()
    assert "Ukraine" in small.text(".matrix")
    assert "France" not in small.text(".matrix")


def test_search_finds_an_actor_and_a_sentence_by_keyboard(small):
    from selenium.webdriver.common.keys import Keys

    small.press("/")
    assert small.focused().get_attribute("id") == "search"
    small.press("kallas")
    assert "Kaja Kallas" in small.text("#found")
    small.press(Keys.ENTER)
    assert "Kaja Kallas" in small.text("#panel-title")
    assert "Sentence number 1" in small.text("#panel"), "at the level where she occurs"
    small.press("/", "number 6")
    small.press(Keys.ENTER)
    assert small.text("#panel mark") == "Sentence number 6 says so."


def test_the_keyboard_alone_reaches_a_sentence_and_comes_back(small):
    from selenium.webdriver.common.keys import Keys

    for _ in range(60):
        small.press(Keys.TAB)
        if "cell" in (small.focused().get_attribute("class") or ""):
            break
    first = small.focused().get_attribute("aria-label")
    small.press(Keys.ARROW_RIGHT)
    small.press(Keys.ARROW_LEFT)
    assert small.focused().get_attribute("aria-label") == first
    small.press(Keys.ENTER)
    assert small.focused().get_attribute("id") == "panel-title"
    assert small.all("#panel mark")
    small.press(Keys.ESCAPE)
    assert small.focused().get_attribute("aria-label") == first
    assert "Rifts and alliances" in small.text("#panel")


def test_the_table_is_reached_sorted_and_read_by_keyboard(small):
    from selenium.webdriver.common.keys import Keys

    small.one("#tab-matrix").send_keys(Keys.ARROW_RIGHT, "")
    small.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    assert small.focused().get_attribute("id") == "tab-events"
    head = "#table-events th[data-column=date]"
    assert small.one(head).get_attribute("aria-sort") == "descending"
    dates = [row.text for row in small.all("#table-events tbody td:first-child")]
    assert dates == ["14 Feb 2026", "14 Feb 2026", "10 Jan 2026", "Nov 2025", "undated"]
    small.one(f"{head} button").send_keys(Keys.ENTER)
    assert small.one(head).get_attribute("aria-sort") == "ascending"
    assert small.all("#table-events tbody td:first-child")[-1].text == "undated"
    small.press(Keys.TAB)
    small.one("#table-events tbody button").send_keys(Keys.ENTER)
    assert small.text("#panel mark") == "Sentence number 4 says so."


def test_pairs_and_actors_say_what_the_network_draws(small):
    small.one("#tab-pairs").click()
    rows = [row.text.replace("\n", " ") for row in small.all("#table-pairs tbody tr")]
    assert rows == [
        "European Union – United States −4.0 3 1 0 4 1 14 Feb 2026",
        "France – Ukraine 0.0 0 0 1 1 1 14 Feb 2026",
    ]
    small.one("#tab-actors").click()
    assert "European Union −" in small.text("#table-actors tbody tr:nth-child(2)")


def test_a_deep_link_restores_what_was_seen(small):
    small.open("#level=person&pair=mike-waltz,kaja-kallas&since=2026-02")
    assert "Kaja Kallas – Mike Waltz" in small.text("#panel-title")
    assert small.one("#since").get_attribute("value") == "2026-02-01"
    small.one("#tab-events").click()
    assert "view=events" in small.js("return location.hash")
    assert "since=2026-02" in small.js("return location.hash")
    assert small.open("#pair=no,body&view=evil&level=x&event=99").text("#counts").startswith("5 of")


def test_both_colour_schemes_and_the_switch(small):
    ground = "return getComputedStyle(document.body).backgroundColor"
    light = small.js(ground)
    small.one("#theme").click()
    dark = small.js(ground)
    assert dark != light
    assert small.one("#theme").text == "Light"
    plus = "return getComputedStyle(document.documentElement).getPropertyValue('--plus')"
    assert small.js(plus) == "#56b4e9"
    small.one("#theme").click()
    assert small.js(plus) == "#0072b2"


def test_a_dark_system_gives_a_dark_page(small):
    feature = [{"name": "prefers-color-scheme", "value": "dark"}]
    small.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": feature})
    try:
        small.open()
        colour = "return getComputedStyle(document.documentElement).getPropertyValue('--minus')"
        assert small.js(colour) == "#e69f00"
    finally:
        small.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_paper_shows_no_controls(small):
    small.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not small.one(".tools").is_displayed()
        assert small.one(".matrix").is_displayed()
    finally:
        small.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("width", [360, 720])
def test_a_narrow_screen_scrolls_only_downwards(small, width):
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    small.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        for name in VIEWS:
            small.open(f"#view={name}&pair=eu,us")
            assert small.js("return document.documentElement.scrollWidth") <= width
    finally:
        small.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_pair_timeline_draws_signed_bars(small):
    cell(small, "European Union", "United States").click()
    marks = [mark.text for mark in small.all(".timeline .count")]
    assert sorted(marks) == ["+1", "−1", "−1"]
    assert "1 without a month not drawn" in small.text("#panel figcaption")


def test_dragging_over_the_histogram_sets_the_period(small):
    from selenium.webdriver.common.action_chains import ActionChains

    chart = small.one("#histogram svg")
    edge = chart.size["width"] // 5  # within the fourth of five months
    chain = ActionChains(small.driver).move_to_element_with_offset(chart, edge, -10)
    chain.click_and_hold().move_by_offset(-8, 0).release().perform()
    assert small.one("#since").get_attribute("value") == "2026-02-01"
    assert small.one("#until").get_attribute("value") == "2026-02-28"
    assert small.text("#counts").startswith("2 of 6 events")


def test_what_is_shown_can_be_saved(small):
    small.one("#sign input[value=plus]").click()
    rows = list(csv.DictReader(io.StringIO(small.js("return A.csv()"))))
    assert [row["quote"] for row in rows] == ["Sentence number 4 says so."]
    assert small.js("return A.csvCell('=1+1')") == "'=1+1"
    small.one("#save").click()
    small.one("#save-menu button").click()
    saved = small.driver.downloads / "events.csv"
    small.driver.implicitly_wait(0)
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(small.driver, 10, 0.05).until(lambda _: saved.exists())
    assert saved.read_text("utf-8-sig").startswith("date,actors,recipients")


def test_the_network_can_be_saved_as_a_picture(small):
    small.one("#tab-network").click()
    small.until("return A.canvas()")
    drawing = small.js("return A.picture()")
    assert re.findall(r"<text[^>]*>([^<]+)</text>", drawing).count("European Union") == 1
    assert "stroke-dasharray" in drawing
    size = small.driver.execute_async_script("A.png().then((blob) => arguments[0](blob.size))")
    assert size > 2000


@pytest.mark.parametrize("view", VIEWS)
def test_hostile_text_executes_nothing(page, samples, view):
    opened = page(samples.hostile(), f"#view={view}&status=all")
    for number in range(len(samples.HOSTILE)):
        opened.js("A.open({event: A.events[arguments[0]].key})", number)
        opened.js("A.open({pair: A.pairs[arguments[0]].key})", number)
        opened.js("A.open({actor: A.actors[arguments[0] * 2].key})", number)
    opened.one("#search").send_keys("script")
    assert opened.all("#found li")
    opened.js(
        "for (const link of document.querySelectorAll('#panel *')) link.dispatchEvent("
        "new MouseEvent('mouseover', {bubbles: true}))"
    )
    assert opened.js("return window.__pwned === undefined")
    assert (
        opened.js("return document.images.length + document.querySelectorAll('main a').length") == 0
    )
    assert opened.complaints() == []
    assert opened.requests() == []


def test_hostile_text_is_shown_as_it_is(page, samples):
    opened = page(samples.hostile())
    shown = set()
    for number in range(len(samples.HOSTILE)):
        opened.js("A.open({event: A.events[arguments[0]].key})", number)
        shown.add(
            opened.js("return document.querySelector('#panel mark').textContent.toWellFormed()")
        )
    assert {text for text in samples.HOSTILE if "\ud800" not in text} <= shown
    direction = "return getComputedStyle(document.querySelector('#panel mark bdi')).unicodeBidi"
    assert opened.js(direction) == "isolate"


def test_two_thousand_events_stay_workable(page, samples):
    opened = page(samples.large(), "#level=person")
    assert "of 2,000 events" in opened.text("#counts")
    opened.one("#tab-network").click()
    assert len(opened.js("return A.drawing().nodes")) == 40
    opened.one("#tab-events").click()
    assert len(opened.all("#table-events tbody tr")) == 100
    assert "1–100 of" in opened.text(".pager")
    opened.one(".pager button:last-child").click()
    assert "101–200 of" in opened.text(".pager")
    assert opened.complaints() == []


def test_an_empty_store_gives_a_page_that_says_so(page):
    from kg.views.model import AtlasView

    opened = page(AtlasView("Empty", (), ()))
    assert "Nothing matches" in opened.text("#view")
    for name in VIEWS:
        opened.one(f"#tab-{name}").click()
    assert opened.complaints() == []
