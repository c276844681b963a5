"""The review queue: open questions, answers, and the log of decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from kg.errors import UsageError
from kg.judgements import Signature, Verdict
from kg.serve.guards import Tokens, check_same_site
from kg.serve.problems import Refusal
from kg.serve.protocol import form_of
from kg.serve.rendering import page

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.serve.hub import Hub
    from kg.serve.jobs.share import Asking
    from kg.workspace.review import Question

__all__ = ["decide", "review"]

_LONGEST = 16_384  # bytes of a form


async def review(request: Request) -> Response:
    """``/review``: what deserves a person's eye."""
    hub: Hub = request.app.state.hub
    found = await hub.parts(queue=("share:questions",), log=("share:judgements",))
    session = hub.tokens.session(request)
    number = request.query_params.get("done", "")
    answer = await page(
        request, "review.html", token=hub.tokens.token(session), author=hub.settings.author,
        done=f"Decision {number} was written down." if number.isdecimal() else "",
        headers={"Cache-Control": "no-store"}, **found,
    )  # fmt: skip
    if hub.settings.writable:
        answer.set_cookie(Tokens.cookie, session, httponly=True, samesite="strict", path="/review")
    return answer


async def decide(request: Request) -> Response:
    """``POST /review``: the answer to one question, or an undo."""
    hub: Hub = request.app.state.hub
    if not hub.settings.writable:
        raise Refusal(403, "this server only reads", "start it with kg serve --writable")
    check_same_site(request)
    fields = {name: values[-1] for name, values in (await form_of(request, _LONGEST)).items()}
    hub.tokens.check(request, fields.get("token", ""))
    by = Signature(fields.get("author", "").strip()[:100], fields.get("note", "").strip()[:500])
    if not by.author:
        raise UsageError("a judgement needs an author", "say who signs it")
    if "undo" in fields:
        number = await hub.writer.run("updates:undo", fields["undo"][:64], by)
    else:
        question = await _asked(hub, fields.get("key", ""))
        verdict = next((v for v in question.choices if v.value == fields.get("verdict")), None)
        if verdict is None:
            raise UsageError("that is no answer to this question")
        assert isinstance(verdict, Verdict)
        number = await hub.writer.run("updates:answer", question, verdict, by)
    hub.revision.changed()
    return RedirectResponse(f"/review?done={number}", 303)


async def _asked(hub: Hub, key: str) -> Question:
    """The open question of a key: only what we asked ourselves can be answered."""
    queue: tuple[Asking, ...]
    queue, _ = await hub.analyse("share:questions")
    for asking in queue:
        if asking.key == key:
            return asking.question
    raise Refusal(404, "this question is no longer open", "reload the page")
