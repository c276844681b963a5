"""Definite descriptions of persons: "the US president", "Italy's foreign minister"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.extraction.actors.lexicon import rows
from kg.extraction.actors.referents import ANOTHER
from kg.namespaces import ID
from kg.records import OfficeStatus

if TYPE_CHECKING:
    from kg.extraction.actors.lexicon import Title
    from kg.extraction.actors.referents import Referent, Referents
    from kg.extraction.actors.spots import Spot
    from kg.extraction.actors.titles import TitlePhrase
    from kg.reference.model import Office

__all__ = ["describe"]

_PREMIERS = (("premier",), ("prime", "minister"), ("pm",))
_US = ID + "state/us"
_STAFF = frozenset(("secretary general", "director general", "general secretary"))
Linked = tuple[tuple[str, ...], float]
_NOBODY: Linked = ((), 0.0)


@cache
def _own_titles() -> dict[str, str]:
    """Titles that only one state or bloc uses → its IRI."""
    return {title: ID + polity for title, polity in rows("own-titles.tsv")}


def _same_office(said: Title, held: Title) -> bool:
    """True when two title heads can name one office: "premier" and "prime minister"."""
    words, theirs = set(said.words), set(held.words)
    if words <= theirs or theirs <= words:
        shorter = " ".join(said.words if words <= theirs else held.words)
        return not (words ^ theirs) & ANOTHER.get(shorter, frozenset())
    if said.words in _PREMIERS and held.words in _PREMIERS:
        return True
    shared = said.kinds & held.kinds - {"other"}
    return shared == {"legislator"} or (bool(shared) and said.words == ("leader",))


def _stated(referents: Referents, person: Referent, phrase: TitlePhrase, body: str | None) -> bool:
    """True when the text itself gives the person such an office."""
    words = set(phrase.title.words)
    for held in person.held:
        if not _same_office(phrase.title, held.phrase.title):
            continue
        if words == {"president"} and "vice" in " ".join(held.phrase.title.words):
            continue
        if body is None or body == held.body:
            return True
        polity = referents.world.polity_of(body)
        if held.body is not None:
            if referents.world.polity_of(held.body) == polity:
                return True
            continue
        tenure = referents.tenure_for(person, held.phrase, None)
        served = referents.world.offices[tenure.office].represents if tenure else ""
        if polity == served or polity in person.polities:
            return True
    return False


def _called(referents: Referents, person: Referent, phrase: TitlePhrase) -> bool:
    """True for "the General" of whom everybody knows that he is one: "General de Gaulle"."""
    if phrase.title.words != ("general",) or person.iri is None:
        return False
    return any(name.startswith("General ") for name in referents.world.actors[person.iri].aliases)


def _stated_ahead(person: Referent, phrase: TitlePhrase, body: str | None) -> bool:
    """True when the text gives the person such an office further on."""
    return any(
        _same_office(phrase.title, said.title)
        and (body is None or (said.body is not None and said.body.iri == body))
        for said in person.ahead
    )


def _suits(referents: Referents, person: Referent, phrase: TitlePhrase, body: str | None) -> int:
    """How well a description suits a person of this document: 0 not at all, 4 perfectly."""
    gender = phrase.title.gender
    if gender and person.gender and gender != person.gender:
        return 0
    tenure = referents.tenure_for(person, phrase, body)
    on = referents.on
    now = tenure is not None and (on is None or tenure.covers(on))
    if phrase.status is OfficeStatus.FORMER and now and on is not None:
        return 0
    if _stated(referents, person, phrase, body) or _called(referents, person, phrase):
        return 4
    if tenure is None or _is_other_head(referents.world.offices[tenure.office], phrase):
        return _by_text(referents, person, phrase, body)
    if now or phrase.status is OfficeStatus.FORMER:
        return 3
    return 2 if body is not None or person.last >= 0 else 0


def _is_other_head(office: Office, phrase: TitlePhrase) -> bool:
    """True for the president of an institution, who is no secretary-general."""
    words = " ".join(phrase.title.words).replace("-", " ")
    return words in _STAFF and "president" in office.label.lower()


def _by_text(referents: Referents, person: Referent, phrase: TitlePhrase, body: str | None) -> int:
    """How well a description suits a person whose office the reference data do not know."""
    if _stated_ahead(person, phrase, body):
        return 2
    unknown = not person.polities and not referents.tenures(person)
    return 1 if unknown and _stated(referents, person, phrase, None) else 0


def _heads_state(referents: Referents, person: Referent) -> bool:
    """True for the president of a state, not of an institution."""
    kinds = {referents.world.offices[t.office].kind for t in referents.tenures(person)}
    return "head-of-state" in kinds


def _serves(referents: Referents, person: Referent, polities: tuple[str, ...]) -> bool:
    """True when a person speaks for one of these polities on the document's date."""
    return not {*referents.served(person), *person.polities}.isdisjoint(polities)


def describe(
    referents: Referents,
    spot: Spot,
    besides: tuple[str, ...] = (),
    context: tuple[str, ...] = (),
    beside: frozenset[str] = frozenset(),
) -> Linked:
    """The person a description stands for, and how sure that is.

    Args:
        referents: everybody known.
        spot: the description.
        besides: keys of those who speak here: nobody calls himself "the President".
        context: IRIs of the polity named last, which decides between several presidents.
        beside: keys of the persons whom the sentence names: it would hardly describe them, too.
    """
    phrase = spot.titles[0]
    body = phrase.body.iri if phrase.body else None
    capital = spot.text.split()[-1][:1].isupper()
    if body is None and phrase.title.words == ("president",) and _elsewhere(spot):
        return _NOBODY
    scored = [
        (_suits(referents, person, phrase, body), person)
        for person in referents.persons()
        if person.named
        and person.key not in besides
        and not (body is None and capital and person.key in beside)
    ]
    fitting = [(score, person) for score, person in scored if score]
    if fitting:
        return _unnamed_at_home(referents, phrase, fitting, capital=capital) or _likeliest(
            referents, spot, fitting, context, beside
        )
    if phrase.title.words == ("secretary",) and capital and body is None:
        return _secretary(referents)
    if body is None and capital:  # "the President" where the text has spoken of one state
        own = _own_titles().get(" ".join(phrase.title.words))
        body = own or referents.house or "".join(context[:1])
    if not body or referents.on is None:
        return _NOBODY
    accredited = {key for inner in spot.inner for key in inner.keys} - {body}
    return _from_world(referents, phrase, body, accredited)


def _unnamed_at_home(
    referents: Referents, phrase: TitlePhrase, fitting: list[tuple[int, Referent]], *, capital: bool
) -> Linked | None:
    """As in "the Prime Minister" in the House of Commons: the own one, whom nobody names there.

    None when somebody of the own state fits, or when there is nobody else.
    """
    home = referents.house
    if not home or not capital or phrase.body is not None:
        return None
    if any(_serves(referents, person, (home,)) for _, person in fitting):
        return None
    found = _from_world(referents, phrase, home, set())
    return found if found[0] else None


def _elsewhere(spot: Spot) -> bool:
    """True for "the President of the Council": of something, and of no state."""
    _, of, owner = spot.text.lower().partition(" of the ")
    return bool(of) and owner not in ("republic", "day")


def _likeliest(
    referents: Referents,
    spot: Spot,
    scored: list[tuple[int, Referent]],
    context: tuple[str, ...],
    beside: frozenset[str],
) -> Linked:
    """The one of several fitting persons who is most in mind."""
    phrase = spot.titles[0]
    best = max(score for score, _ in scored)
    fitting = [person for score, person in scored if score == best]
    if phrase.body is None and len(scored) > 1:
        near = [p for score, p in scored if score >= min(best, 3)]
        near = [p for p in near if p.key not in beside] or near
        fitting = [p for p in near if p in fitting] or near
        if phrase.title.words == ("president",):
            near = [p for p in near if _heads_state(referents, p)] or near
            fitting = [p for p in fitting if p in near] or near
        fitting = _at_home(referents, spot, near) or fitting
    if phrase.body is None and len(fitting) > 1:
        fitting = [p for p in fitting if _serves(referents, p, context)] or fitting
    mentioned = [person for person in fitting if person.last >= 0] or fitting
    return (mentioned[0].key,), 0.9 if len(fitting) == 1 else 0.7


def _at_home(referents: Referents, spot: Spot, fitting: list[Referent]) -> list[Referent]:
    """Of several presidents the one whose office speaks, else the American."""
    capital = spot.text.split()[-1][:1].isupper()
    at_home = [p for p in fitting if capital and _serves(referents, p, (referents.house,))]
    if at_home:
        return at_home
    if spot.titles[0].title.words == ("president",):
        return [p for p in fitting if _serves(referents, p, (_US,))]
    return [p for p in fitting if capital and p.key in referents.titled[:1]]


def _secretary(referents: Referents) -> Linked:
    """As in cables: "Secretary told de Gaulle" is the American Secretary of State of the day."""
    office = ID + "office/united-states-secretary-of-state"
    holders = referents.world.holders(office, referents.on) if referents.on else ()
    if len(holders) != 1:
        return _NOBODY
    return (referents.known(holders[0].person).key,), 0.6


def _from_world(
    referents: Referents, phrase: TitlePhrase, body: str, accredited: set[str]
) -> Linked:
    """As in "the US secretary of state", never named: the holder on that day.

    Of a state's many ambassadors only the one to a place that is told can be known.
    """
    polity = referents.world.polity_of(body)
    if polity is None or referents.on is None:
        return _NOBODY
    fitting = [
        office
        for office in referents.world.offices_of(polity)
        if referents.office_fits(office, phrase, body)
        and ("ambassador" not in phrase.title.kinds or office.accredited_to in accredited)
    ]
    plain = [office for office in fitting if office.kind in phrase.title.kinds] or fitting
    holders = {
        tenure.person
        for office in plain
        for tenure in referents.world.holders(office.iri, referents.on)
    }
    if len(holders) != 1:
        return _NOBODY
    person = referents.known(holders.pop())
    return (person.key,), 0.85
