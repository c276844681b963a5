"""Whether an act is told as done, denied, possible, or as background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.events.clauses import governing_verb
from kg.extraction.events.words import (
    FUTURE,
    HEDGES,
    HYPOTHETICAL_CUES,
    IMPLICATIVE,
    NEGATING_CUES,
    NEGATORS,
    OBJECT_CONTROL,
    SAY,
    words,
)
from kg.records import Modality

if TYPE_CHECKING:
    from kg.extraction.events.drafts import Draft
    from kg.extraction.events.tree import Tree

__all__ = ["is_purpose", "modality_of"]

_CONDITIONAL = words("if unless whether should lest until provided")
_DECISIONS = words("decision move step vote order decide go")
_TAKING_INFINITIVES = NEGATING_CUES | HYPOTHETICAL_CUES | IMPLICATIVE | OBJECT_CONTROL | SAY
_WISHING = frozenset(("want", "like", "wish", "let"))
_FUTURES = FUTURE | frozenset(("would", "'d", "’d"))
_DECIDED = words("sanction concede retreat aid cooperate mobilize agree support")
_ANNOUNCING = words("announce declare decide confirm proclaim reveal disclose")
_PONDERING = words("prepare consider weigh mull contemplate draft ponder discuss ready")
_DEMANDING = words("demand insist urge propose ask request require recommend suggest")
_UNDOING = words("avoid avert prevent cancel block forbid preclude lack abandon prohibit")
_ABOUT = words("of on for to about in with by from against")
_PURPOSES = words("plan intend want wish consider contemplate aim ready willing prepared agree")
_PROMISING = frozenset(("threaten", "agree"))
_COURTEOUS = words("urge ask encourage welcome advise recommend suggest thank call appeal invite")
_STEPS = 8


def is_purpose(tree: Tree, v: int) -> bool:
    """True for verbs that only say what something is for, or about ("to help", "for defending").

    Such phrases tell no act of their own, unless the word above makes them one ("decided to",
    "the decision to", "stopped short of"). Nor does what somebody else is to do ("demanded that
    France withdraw").
    """
    node, label = v, tree.label[v]
    while label == "conj" and tree.tag[node] in ("VB", "VBG") and not tree.own_subjects(node):
        node = tree.head[node]
        label = tree.label[node]
    above = tree.head[node]
    marks = {tree.lower[k] for k in tree.children(node, "mark", "case", "aux") if k < node}
    if tree.tag[node] == "VB" and "to" in marks:
        if label == "advcl" and tree.lemma[above] in NEGATING_CUES:
            return False
        if label in ("advcl", "acl", "parataxis", "nmod", "obl"):
            return tree.lemma[above] not in _DECISIONS
        return label in ("xcomp", "ccomp") and (
            tree.pos[above] in ("ADJ", "NOUN")
            or tree.lemma[above] not in _TAKING_INFINITIVES
            or is_purpose(tree, above)
        )
    if tree.own_subjects(node):
        return label == "ccomp" and _subjunctive(tree, above, node)
    if (
        tree.tag[node] == "VBG"
        and marks & _ABOUT
        and label in ("advcl", "acl", "nmod", "obl", "xcomp")
    ):
        return tree.lemma[above] not in NEGATING_CUES and tree.lemma[above] != "join"
    return False


def modality_of(tree: Tree, draft: Draft, top: str, announcing: bool) -> Modality:
    """Modality from the grammar around the act (dates may later move it to the background).

    Args:
        tree: the parse.
        draft: the act.
        top: notation of its broad type; threats and promises stay asserted in the future tense.
        announcing: the document itself announces (communique, fact sheet, statement): its "will"
            is a decision.
    """
    v = draft.host
    negative = _negated(tree, draft) and not draft.refusal
    hypothetical = _conditional(tree, v) or _question(tree, v) or _supposed(tree, v, top)
    spoken = draft.refusal or draft.rule.startswith("speech.should") or _polite(tree, v)
    aux = set() if spoken else set(tree.auxiliaries(v))
    if aux & _FUTURES and top in _DECIDED and _announced(tree, v):
        aux -= _FUTURES
    if aux & (HEDGES - _FUTURES) and not (
        top in _PROMISING or (top == "request" and "should" in aux)
    ):
        hypothetical = True
    ahead = _ahead(tree, v, aux, top, announcing)
    if top == "sanction" and tree.lemma[v] in _PONDERING:
        hypothetical = True
    up = _governors(tree, draft)
    if up is Modality.NEGATED:
        negative = not negative
    elif up is Modality.HYPOTHETICAL:
        hypothetical = True
    if hypothetical or (ahead and not negative):
        return Modality.HYPOTHETICAL
    if negative:
        return Modality.NEGATED
    return Modality.BACKGROUND if _background(tree, draft) else Modality.ASSERTED


def _ahead(tree: Tree, v: int, aux: set[str], top: str, announcing: bool) -> bool:
    """True for acts to come; what "will not" happen is denied, not possible."""
    going = _to_be(tree, v)
    if going or top in _PROMISING:
        return going
    decided = announcing and top != "consult"  # a meeting to come is not held by announcing it
    return bool(aux & _FUTURES - FUTURE) or (bool(aux & FUTURE) and not decided)


def _announced(tree: Tree, v: int) -> bool:
    """True for the content of "announced that it would", unless it hangs on a condition."""
    above = tree.head[v]
    return tree.label[v] == "ccomp" and tree.lemma[above] in _ANNOUNCING


def _negated(tree: Tree, draft: Draft) -> bool:
    nodes = dict.fromkeys((draft.host, draft.trigger[-1], draft.trigger[0]))
    if draft.trigger[-1] != draft.host and any(tree.lower[i] in NEGATORS for i in draft.trigger):
        nodes = {i: None for i in nodes if tree.lower[i] == "plans"}  # not "have no interest in"
    found = any(tree.negated(node) for node in nodes)
    if tree.label[draft.host] == "conj" and not tree.own_subjects(draft.host):
        head = tree.head[draft.host]
        found = found or (tree.negated(head) and tree.tag[draft.host] in ("VB", "VBN", "VBG"))
    return found or _without(tree, draft.host)


def _without(tree: Tree, v: int) -> bool:
    marks = {tree.lower[k] for k in tree.children(v, "mark", "case")}
    return bool(marks & {"without", "despite not"})


def _conditional(tree: Tree, v: int) -> bool:
    """True inside an if-clause, or as the main clause of one in the conditional mood."""
    node, steps = v, 0
    while steps < _STEPS:
        marks = {tree.lower[k] for k in tree.children(node, "mark", "advmod") if k < node}
        if marks & _CONDITIONAL:
            return True
        if tree.head[node] == node or tree.label[node] not in (
            "conj",
            "advcl",
            "xcomp",
            "ccomp",
            "aux",
        ):
            return False
        if tree.label[node] == "ccomp" and not marks:
            return False
        node, steps = tree.head[node], steps + 1
    return False


def _supposed(tree: Tree, v: int, top: str) -> bool:
    """True for "would not impose tariffs if …", and "if the talks fail, Paris retaliates"."""
    foretold = top in _DECIDED and tree.tag[v] in ("VBP", "VBZ")
    if not foretold and not set(tree.auxiliaries(v)) & (_FUTURES - FUTURE):
        return False
    main = tree.head[v] if tree.label[v] == "conj" and foretold else v
    clauses = [*tree.children(v, "advcl"), *tree.children(main, "advcl")]
    return any(tree.lower[m] in _CONDITIONAL for c in clauses for m in tree.children(c, "mark"))


def _polite(tree: Tree, v: int) -> bool:
    """True for "we would urge you", which urges."""
    first = any(tree.lower[s] in ("i", "we") for s in tree.own_subjects(v))
    return first and tree.lemma[v] in _COURTEOUS and not tree.children(v, "advcl")


def _question(tree: Tree, v: int) -> bool:
    _, last = tree.bounds(v)
    tail = tree.lower[max(last - 2, 0) : last]
    if "?" not in tail:
        return False
    return not any(tree.lower[i] in ('"', "”", "“", "''") for i in range(*tree.bounds(v)))


def _to_be(tree: Tree, v: int) -> bool:
    """True for "is to meet", "is going to meet", "are due to meet"."""
    if tree.label[v] not in ("xcomp", "ccomp") or tree.tag[v] != "VB":
        return False
    return tree.lemma[tree.head[v]] in ("be", "go", "due", "set")


def _governors(tree: Tree, draft: Draft) -> Modality | None:
    """What the verbs above make of the act: "refused to", "plans to", "did not rule out"."""
    node, start = draft.host, draft.host
    noun = draft.trigger[-1] if draft.trigger[-1] != draft.host else draft.host
    verbal = draft.trigger[0] == start
    if not verbal and noun != start and tree.head[noun] == start:
        found = _cue(tree, start, noun)
        if found is not None:
            return found
    for _ in range(_STEPS):
        above, label = tree.head[node], tree.label[node]
        if (
            label == "advcl"
            and tree.tag[node] in ("VBG", "VB")
            and tree.lemma[above] in NEGATING_CUES
        ):
            return Modality.HYPOTHETICAL if tree.negated(above) else Modality.NEGATED
        if above == node or label in ("acl:relcl", "advcl", "parataxis", "conj"):
            if label == "conj" and not tree.own_subjects(node) and tree.tag[node] == "VB":
                node = above
                continue
            return None
        if tree.is_verb(above) or tree.pos[above] in ("ADJ", "NOUN"):
            found = _cue(tree, above, node)
            if found is not None:
                return found
        node = above
    return None


def _cue(tree: Tree, above: int, below: int) -> Modality | None:  # noqa: PLR0911 - one return per case
    lemma, label = tree.lemma[above], tree.label[below]
    if lemma in _WISHING and any(tree.lower[s] in ("i", "we") for s in tree.own_subjects(above)):
        return None
    negated = tree.negated(above)
    ordered = lemma == "order" and tree.is_passive(above)  # "were ordered to cease fire"
    if (label == "ccomp" and lemma in SAY) or (ordered and not negated):
        return None
    if _ruled_out(tree, above):
        return Modality.HYPOTHETICAL if negated else Modality.NEGATED
    nominal = tree.pos[below] in ("NOUN", "PROPN") and not tree.is_verb(below)
    if nominal and lemma in NEGATING_CUES and lemma not in _UNDOING:
        return None
    if lemma in NEGATING_CUES and label in ("xcomp", "ccomp", "obj", "obl", "advcl", "nsubj:pass"):
        return Modality.HYPOTHETICAL if negated else Modality.NEGATED
    if _stopped_short(tree, above):
        return Modality.NEGATED
    adjunct = label == "obl" and not {"for", "with"} & tree.cases(below)
    infinitive = tree.tag[below] in ("VB", "VBG") or (
        label in ("obj", "obl", "nmod") and not adjunct
    )
    if lemma in HYPOTHETICAL_CUES and infinitive and lemma not in IMPLICATIVE:
        return Modality.NEGATED if negated and lemma in _PURPOSES else Modality.HYPOTHETICAL
    if negated and label in ("xcomp", "ccomp", "acl"):
        return Modality.NEGATED
    if set(tree.auxiliaries(above)) & (HEDGES | FUTURE) and label in ("xcomp", "obj"):
        return Modality.HYPOTHETICAL
    return None


def _subjunctive(tree: Tree, above: int, below: int) -> bool:
    """True for the base form in "demanded that France withdraw"."""
    if tree.lemma[above] not in _DEMANDING or tree.lower[below] != tree.lemma[below]:
        return False
    return tree.lemma[above] not in SAY or tree.tag[below] == "VB" or tree.tag[above] == "VBD"


def _ruled_out(tree: Tree, v: int) -> bool:
    return tree.lemma[v] == "rule" and "out" in tree.lower[v + 1 : v + 3]


def _stopped_short(tree: Tree, v: int) -> bool:
    return tree.lemma[v] == "stop" and "short" in tree.lower[v + 1 : v + 3]


def _background(tree: Tree, draft: Draft) -> bool:
    """Pluperfect outside reported speech, or a relative clause that looks back."""
    node = draft.host
    if not tree.pluperfect(node):
        above = governing_verb(tree, node)
        if above is None or tree.label[node] != "xcomp" or not tree.pluperfect(above):
            return False
        node = above
    return not _reported(tree, node)


def _reported(tree: Tree, v: int) -> bool:
    """True for the content of "said that"; a past tense shifted back is no background."""
    node = v
    for _ in range(_STEPS):
        if tree.label[node] in ("acl:relcl", "advcl"):
            return False
        above = tree.head[node]
        if above == node:
            return False
        if tree.label[node] == "ccomp" and tree.lemma[above] in SAY:
            return not tree.pluperfect(above)
        node = above
    return False
