"""The pair timeline, one actor's ring, the filters, large networks and saved pictures."""

from __future__ import annotations

import re

import pytest

from kg.views.model import AtlasView, CampsView, NodeView, Sides

pytestmark = pytest.mark.browser


@pytest.fixture
def small(page, samples):
    return page(samples.small())


def marks(opened):
    return [mark.get_attribute("aria-label") for mark in opened.all(".mark-event")]


def test_the_timeline_tells_confrontation_from_cooperation_without_colour(small):
    small.open("#view=timeline")
    assert small.js("return document.getElementById('timeline-pair').value") == "eu,us"
    assert marks(small)[:2] == [
        "Nov 2025, cooperation +4.0: Kaja Kallas → Mike Waltz, support",
        "10 Jan 2026, confrontation −4.0: Kaja Kallas → Mike Waltz, criticise",
    ]
    look = "return getComputedStyle(document.querySelector('.mark-event.%s > %s')).strokeDasharray"
    assert small.js(look % ("minus", "path")) != "none"
    assert small.js(look % ("plus", "circle")) == "none"
    signs = {small.text(".mark-event.minus .inside"), small.text(".mark-event.plus .inside")}
    assert signs == {"−", "+"}
    assert "undated" in small.text("svg.years")


def test_a_mark_opens_its_sentence_and_the_pair_stays_chosen(small):
    small.open("#view=timeline&pair=eu,us")
    small.one(".mark-event.plus").click()
    assert small.text("#panel mark") == "Sentence number 4 says so."
    assert "1 independent source" in small.text("#panel")
    assert small.one("#timeline-pair").get_attribute("value") == "eu,us"
    assert "chosen" in small.one(".mark-event.plus").get_attribute("class")
    assert "pair=eu,us" in small.js("return location.hash")


def test_the_timeline_is_walked_by_keyboard(small):
    from selenium.webdriver.common.keys import Keys

    small.open("#view=timeline&pair=eu,us")
    small.js("document.querySelector('.mark-event[tabindex=\"0\"]').focus()")
    small.press(Keys.ARROW_RIGHT)
    assert "10 Jan 2026" in small.focused().get_attribute("aria-label")
    small.press(Keys.ENTER)
    assert small.text("#panel mark") == "Sentence number 2 says so."
    small.press(Keys.ESCAPE)
    assert "10 Jan 2026" in small.focused().get_attribute("aria-label")


def test_the_timeline_has_a_table_that_says_the_same(small):
    small.open("#view=timeline&pair=eu,us")
    small.one(".twin summary").click()
    rows = [row.text for row in small.all(".twin tbody tr")]
    assert rows[0] == "Nov 2025 0 1 0 +2.0"
    assert rows[-1] == "undated 1 0 0 −2.0"


def test_another_pair_can_be_chosen_in_the_timeline(small):
    small.open("#view=timeline")
    small.choose("#timeline-pair", "france,ukraine")
    assert marks(small) == ["14 Feb 2026, consultation: France, Ukraine, consult"]
    assert "France – Ukraine" in small.text("#panel-title")


def test_acts_are_filtered_by_type_and_by_class(small):
    small.choose("#type", "accuse")
    assert small.text("#counts").startswith("3 of 6 events")
    small.choose("#type", "criticise")
    assert small.text("#counts").startswith("3 of 6 events")
    small.choose("#type", "consult")
    assert small.text("#counts").startswith("1 of 6 events")
    assert small.open("#type=support").text("#counts").startswith("1 of 6 events")


def test_events_need_as_many_independent_sources_as_asked(page, samples):
    first = samples.event(1, -1, "2026-02-14").mentions[0]
    copy = type(first)(quote="A copy.", document="d2", story="wire")
    original = type(first)(quote="The original.", document="d3", story="wire")
    two = samples.event(2, -1, "2026-02-15", mentions=(first, copy))
    copies = samples.event(3, -1, "2026-02-16", mentions=(copy, original))
    assert (two.sources, copies.sources) == (2, 1)
    opened = page(AtlasView("Sources", samples.NODES, (two, copies)))
    opened.choose("#sources", "2")
    assert opened.text("#counts").startswith("1 of 2 events")
    assert opened.open("#pair=eu,us").text("#panel").count("2 independent sources") >= 1


def test_events_are_filtered_by_modality(page, samples):
    told = samples.event(1, -1, "2026-02-14").mentions[0]
    told = type(told)(quote=told.quote, document="d1", modality="background")
    events = (samples.event(1, -1, "2026-02-14", mentions=(told,)), samples.event(2, 1, "2026-01"))
    opened = page(AtlasView("Modality", samples.NODES, events))
    opened.choose("#modality", "background")
    assert opened.text("#counts").startswith("1 of 2 events: 1 confrontation")


def test_the_slider_sets_the_period_by_keyboard(small):
    from selenium.webdriver.common.keys import Keys

    small.one("#slide-first").send_keys(Keys.ARROW_RIGHT)
    assert small.one("#since").get_attribute("value") == "2025-12-01"
    assert small.focused().get_attribute("id") == "slide-first"
    small.press(Keys.ARROW_RIGHT)
    assert small.one("#since").get_attribute("value") == "2026-01-01"
    assert small.one("#slide-first").get_attribute("aria-valuetext") == "Jan 2026"
    small.one("#slide-last").send_keys(Keys.ARROW_LEFT)
    small.press(Keys.ARROW_LEFT)
    assert small.one("#until").get_attribute("value") == "2026-01-31"
    assert small.text("#counts").startswith("1 of 6 events")


def test_one_actor_stands_among_its_counterparts(small):
    small.open("#view=ego&level=person")
    assert small.js("return A.drawing().nodes.find((node) => node.centre).label") == "Kaja Kallas"
    adversary = small.js("return A.drawing().nodes.find((node) => node.label === 'Mike Waltz').x")
    assert adversary < 0
    small.choose("#ego-actor", "france")
    assert small.js("return A.drawing().nodes.map((node) => node.label)") == ["France", "Ukraine"]
    small.one("#whole").click()
    assert len(small.js("return A.drawing().nodes")) == 4


def test_the_network_moves_by_keyboard(small):
    from selenium.webdriver.common.keys import Keys

    small.open("#view=network")
    before = small.js("return A.spot('eu,us')")
    small.js("document.getElementById('network').focus()")
    small.press(Keys.ARROW_RIGHT)
    assert small.js("return A.spot('eu,us').x") < before["x"] - 30
    small.press("0")
    assert abs(small.js("return A.spot('eu,us').x") - before["x"]) < 2


def test_camps_stand_as_blocks_in_the_matrix(page, samples):
    view = samples.small()
    camps = CampsView("polity", ((samples.EU, samples.FRANCE),), "Proved to be the least.")
    opened = page(AtlasView("Camps", view.nodes, view.events, camps=(camps,)))
    assert [head.text for head in opened.all(".camps th")] == ["Camp 1", "in no camp"]
    columns = [head.text for head in opened.all(".matrix thead tr:last-child th")]
    assert set(columns[:2]) == {"European Union", "France"}
    assert "Proved to be the least." in opened.text("#view")
    assert opened.open("#level=person").all(".camps th") == []


@pytest.fixture(scope="module")
def crowd(samples):
    """2,400 people in a ring, each with two counterparts, and two polities."""
    people = tuple(NodeView(f"p/{n}", f"Person {n}", "person") for n in range(2400))
    events = tuple(
        samples.event(
            n,
            (-1, 1)[n % 2],
            "2026-02-14",
            id=f"e{n:05d}",
            person=Sides((f"p/{n}",), (f"p/{(n + 1) % 2400}",)),
        )
        for n in range(2400)
    )
    return AtlasView("A crowd", (*people, *samples.NODES), events)


def test_a_large_network_is_drawn_on_a_canvas_and_can_be_clicked(page, crowd):
    from selenium.webdriver.common.action_chains import ActionChains

    opened = page(crowd)
    assert opened.js("return A.state.level") == "polity", "it opens on the aggregate"
    opened.open("#view=network&level=person&nodes=all")
    assert opened.js("return A.renderer()") == "canvas"
    assert len(opened.js("return A.drawing().nodes")) == 2400
    stage = opened.one("#network")
    opened.js("arguments[0].scrollIntoView({block: 'center'})", stage)
    width, height = stage.size["width"], stage.size["height"]
    before = opened.js("return A.spot(A.pairs[0].key)")
    move = ActionChains(opened.driver).move_to_element_with_offset(stage, 20, 20)
    move.click_and_hold().move_by_offset(-50, 30).release().perform()
    after = opened.js("return A.spot(A.pairs[0].key)")
    assert (after["x"] - before["x"], after["y"] - before["y"]) == pytest.approx((-50, 30), abs=1)
    opened.one(".zoomer button[aria-label='Show all']").click()
    for _ in range(12):
        opened.one(".zoomer button[aria-label='Zoom in']").click()
    centre = "const b = A.byId('network').getBoundingClientRect();"
    hit = opened.js(
        f"{centre} const node = A.drawing().nodes.reduce((best, one) => {{"
        " const at = A.place(one); const far = Math.hypot(at.x - b.width / 2, at.y - b.height / 2);"
        " return !best || far < best.far ? {far, at, label: one.label} : best; }, null);"
        " return node;"
    )
    x, y = hit["at"]["x"] - width / 2, hit["at"]["y"] - height / 2
    ActionChains(opened.driver).move_to_element_with_offset(
        stage, round(x), round(y)
    ).click().perform()
    assert hit["label"] in opened.text("#panel-title")
    assert opened.complaints() == []


def test_every_drawn_view_is_saved_as_a_picture_of_its_own(small):
    wanted = {"matrix": "−4.0", "timeline": "Nov", "ego": "Kaja Kallas", "network": "France"}
    for view, word in wanted.items():
        level = "person" if view == "ego" else "polity"
        small.open(f"#view={view}&level={level}")
        picture = small.js("return A.picture()")
        assert picture.startswith("<svg"), view
        assert word in re.sub("<[^>]*>", " ", picture), view
        script = "A.png().then((blob) => arguments[0](blob.size), (e) => arguments[0](String(e)))"
        assert small.driver.execute_async_script(script) > 2000, view
    assert small.complaints() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(small, axe, scheme):
    feature = [{"name": "prefers-color-scheme", "value": scheme}]
    small.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": feature})
    try:
        for view in ("matrix", "timeline", "ego", "network", "events", "pairs", "actors"):
            assert axe(small.open(f"#view={view}&pair=eu,us")) == [], view
        assert axe(small.open("#event=e001")) == []
    finally:
        small.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_at_twice_the_size_nothing_is_cut_off(small):
    size = {"width": 720, "height": 500, "deviceScaleFactor": 2, "mobile": False}
    small.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        for view in ("matrix", "timeline", "ego", "pairs"):
            small.open(f"#view={view}&pair=eu,us")
            assert small.js("return document.documentElement.scrollWidth") <= 720, view
            assert small.one("#panel-title").is_displayed()
    finally:
        small.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_long_silence_in_a_timeline_is_one_marked_gap(page, samples):
    events = (samples.event(1, -1, "2015-03-04"), samples.event(2, 1, "2025-03-04"))
    opened = page(AtlasView("Ten years", samples.NODES, events), "#view=timeline")
    title = opened.js("return document.querySelector('.years .gap title').textContent")
    assert title == "119 months without an event"
    assert "stands for months without an event" in opened.text("#view")
    assert len(marks(opened)) == 2
