"""The app in a real browser: nothing complains, nothing leaks, everybody can use it."""

from __future__ import annotations

import re
import shutil

import pytest

pytestmark = pytest.mark.browser

PAGES = {
    "overview": "/",
    "matrix": "/matrix",
    "network": "/network",
    "pair": "/pair?a=state/us&b=state/germany",
    "person": "/actor?id=person/kaja-kallas",
    "state": "/actor?id=state/uk",
    "issues": "/issues",
    "issue": "/issue?code=trade-tariffs",
    "documents": "/documents",
    "search": "/search?q=berlin",
    "nothing": "/search?q=xyzzy",
    "editor": "/query",
    "review": "/review",
    "missing": "/nowhere",
}


@pytest.fixture(scope="module")
def chromium():
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright (dev group)")
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        pytest.skip("needs chromium on the PATH")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


class Visit:
    """One visitor, what the console said to them, and what was asked of the network."""

    def __init__(self, context, server):
        self.page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.server = server
        self.complaints, self.requests = [], []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))

    def _heard(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def open(self, path):
        self.server.page(path)  # so that no part is still computed
        self.page.goto(self.server.origin + path, wait_until="load")
        if path.startswith("/query"):
            self.page.wait_for_selector("html[data-ready='1']", state="attached")
        return self.page

    def strangers(self):
        own = (self.server.origin, "data:", "blob:", "about:")
        return [url for url in self.requests if not url.startswith(own)]


@pytest.fixture
def visit(chromium, server):
    """``visit(**options)`` gives a visitor with such a screen."""
    contexts = []

    def make(to=None, **options):
        contexts.append(chromium.new_context(**options))
        return Visit(contexts[-1], to or server)

    yield make
    for context in contexts:
        context.close()


def seen(locator):
    """Wait until a visitor sees it: a click returns before the page it leads to is there."""
    locator.wait_for(state="visible")


def event_and_document(server):
    event = re.search(r'"(/event\?id=[0-9a-f]+)"', server.page("/").text)[1]
    document = re.search(r'"(/document\?id=[0-9a-f]+)', server.page(event).text)[1]
    return event, document


@pytest.mark.parametrize("name", PAGES)
def test_no_page_complains_or_asks_anybody_else(visit, name):
    one = visit()
    one.open(PAGES[name])
    expected = ["404"] if name == "missing" else []
    found = [line for line in one.complaints if not any(part in line for part in expected)]
    assert found == []
    assert one.strangers() == []


def test_events_and_documents_neither(visit, server):
    one = visit()
    for path in event_and_document(server):
        one.open(path)
    assert (one.complaints, one.strangers()) == ([], [])


def serious(page):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe")
    found = axe.Axe().run(page, options={"iframes": False}).response["violations"]
    return [
        (finding["id"], [node["html"][:160] for node in finding["nodes"][:3]])
        for finding in found
        if finding["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [name for name in PAGES if name != "editor"])
def test_axe_finds_nothing_serious(visit, name, scheme):
    one = visit(color_scheme=scheme)
    assert serious(one.open(PAGES[name])) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_events_and_documents(visit, server, scheme):
    one = visit(color_scheme=scheme)
    for path in event_and_document(server):
        assert serious(one.open(path)) == []


def test_axe_finds_nothing_serious_around_the_editor(visit):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe")
    page = visit().open("/query")
    around = {"exclude": [["#yasgui"]]}  # the library's own markup is not ours
    found = axe.Axe().run(page, context=around).response["violations"]
    assert [f["id"] for f in found if f["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("width", [360, 720])  # a telephone; 200 % on a screen of 1440
@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_out_of_a_narrow_screen(visit, name, width):
    page = visit(viewport={"width": width, "height": 700}).open(PAGES[name])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    seen(page.locator("h1"))


def test_dark_follows_the_system_and_can_be_chosen_for_good(visit):
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = visit(color_scheme="dark")
    assert dark.open("/").evaluate(ground) == "rgb(18, 21, 26)"
    one = visit(color_scheme="light")
    page = one.open("/")
    assert page.evaluate(ground) == "rgb(246, 245, 242)"
    page.get_by_role("button", name="Switch to dark colours").click()
    assert page.evaluate(ground) == "rgb(18, 21, 26)"
    assert one.open("/issues").evaluate(ground) == "rgb(18, 21, 26)"


def test_everything_works_with_keys_alone(visit):
    one = visit()
    page = one.open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page = one.open("/matrix")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('cell')"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/pair?" in page.url
    page = one.open("/")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("munich")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    seen(page.locator("mark").first)


def test_a_reader_gets_from_a_number_to_the_marked_sentence(visit):
    page = visit().open("/matrix")
    page.get_by_role("link", name=re.compile("^Germany and United States")).click()
    page.get_by_role("link", name=re.compile("criticise")).first.click()
    assert "Washington criticised Berlin" in page.locator(".telling mark").first.inner_text()
    page.locator(".telling .origin a").first.click()
    seen(page.locator(".reading.text .act.minus").first)


def test_the_editor_runs_ready_questions_against_this_server(visit):
    one = visit()
    page = one.open("/query")
    page.locator("[data-question='confrontations']").click()
    with page.expect_response("**/sparql") as got:
        page.locator(".yasqe_queryButton").click()
    assert got.value.status == 200
    page.wait_for_selector("#yasgui .yasr table tbody tr")
    assert "Washington" in page.locator("#yasgui .yasr").inner_text()
    assert one.strangers() == []
    assert [line for line in one.complaints if "violates" in line or "Refused" in line] == []


def test_the_policy_stops_what_should_never_be_there(visit):
    one = visit()
    page = one.open("/query")
    page.evaluate("""() => {
      const script = document.createElement('script');
      script.textContent = 'window.__pwned = 1';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.__pwned = 2">');
    }""")
    sent = page.evaluate("fetch('https://example.org/').then(() => 'sent', () => 'refused')")
    assert sent == "refused"
    assert page.evaluate("window.__pwned === undefined")
    assert len([line for line in one.complaints if "violates" in line.lower()]) >= 2


def test_nothing_hostile_runs(visit, hostile):
    one = visit(hostile)
    paths = ["/", "/matrix?level=person", "/documents", "/review", "/search?q=rebuked", "/network",
             "/search?q=%3Cscript%3Ewindow.__pwned=1%3C/script%3E"]  # fmt: skip
    listing = hostile.page("/documents").text + hostile.page("/").text
    paths += sorted(set(re.findall(r'"(/(?:document|event)\?id=[0-9a-f]+)', listing)))[:30]
    for path in paths:
        page = one.open(path)
        for frame in page.frames:
            assert frame.evaluate("window.__pwned === undefined"), path
    assert one.strangers() == []


def test_a_question_is_answered_by_clicking(visit, start):
    one = visit(start("--writable", "--author", "Ada"))
    page = one.open("/review")
    question = page.locator("article.question", has_text="Is this right?").first
    question.get_by_label("Why (optional)").fill("seen it")
    with page.expect_navigation():
        question.get_by_role("button", name="Reject: it is wrong").click()
    seen(page.get_by_text("Decision 1 was written down."))
    seen(one.open("/review").locator("table").get_by_text("seen it"))
