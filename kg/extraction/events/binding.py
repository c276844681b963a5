"""Sides that stand beside the plain slots: "him", "his host", "which", and those in clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.events.clauses import agents, governing_verb, patients, subjects
from kg.extraction.events.sides import Side, merge
from kg.extraction.events.words import AGENT_NOUNS, PEOPLE_NOUNS, words

if TYPE_CHECKING:
    from kg.extraction.events.memory import Memory
    from kg.extraction.events.sides import SideFinder
    from kg.extraction.events.tree import Tree

__all__ = [
    "addressee",
    "addressees",
    "before_colon",
    "hit_by",
    "on_condition",
    "shared_target",
    "staged",
    "unbound",
    "whole_clause",
]

_PRONOUNS = frozenset(("him", "her", "them", "it"))
_OTHERS = words("host counterpart rival guest interlocutor visitor opponent partner")
_HANDING = words("hand return release extradite transfer give send sell lend deliver grant turn")
_HITS = words("on against at to with from upon for in into")
_LETTERS = words(
    "letter letters message note call phone-call cable telegram statement speech talk talks "
    "conversation email memo memorandum"
)
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_UNLESS = frozenset(("if", "unless", "until", "till"))
_ADDRESSED = (
    AGENT_NOUNS
    | PEOPLE_NOUNS
    | words(
        "me us him her them judges reporters listeners voters companies firms states countries "
        "allies partners"
    )
)
_ASIDES = ("appos", "parataxis", "conj", "dep")


def whole_clause(tree: Tree, sides: SideFinder, at: int, objects: list[int]) -> Side:
    """Whose act "which Berlin denounced" or "a move Paris regretted" is about."""
    above = tree.head[at]
    if tree.label[at] not in ("acl:relcl", "acl") or above not in objects:
        return Side()
    if tree.label[at] == "acl" and tree.label[above] not in _ASIDES:
        return Side()
    verb = governing_verb(tree, tree.head[at])
    if verb is None:
        return Side()
    side = merge([sides.group(a, agent=True) for a in agents(tree, verb)])
    return Side(side.ids, 0.7 * side.confidence, "anaphora", side.tokens)


def _adjective(tree: Tree, sides: SideFinder, o: int) -> bool:
    return any(sides.cast.at(k) for k in tree.children(o, "amod", "compound"))


def unbound(tree: Tree, sides: SideFinder, objects: list[int], actor: Side) -> Side:
    """Whom "him" means when it was resolved to its own subject: the other person in reach."""
    for o in objects:
        ids = sides.cast.at(o)
        bound = tree.lower[o] in _PRONOUNS and ids and set(ids) <= set(actor.ids)
        other = tree.lower[o] in _OTHERS and not ids and not _adjective(tree, sides, o)
        if not bound and not other:
            continue
        first, _ = tree.bounds(o)
        for i in range(o - 1, max(first - 40, -1), -1):
            side = sides.named(i) if i in tree.annotated.nominal else Side()
            if side and not set(side.ids) & set(actor.ids):
                return Side(side.ids, 0.7 * side.confidence, "anaphora", (o,))
    return Side()


def on_condition(tree: Tree, sides: SideFinder, at: int, actor: Side) -> Side:
    """Who is to be hit if he acts: "will retaliate if Germany imposes tariffs"."""
    first, last = tree.bounds(at)
    for i in range(first, last):
        doers = []
        if tree.lower[i] in _UNLESS and tree.label[i] in ("mark", "advmod", "case"):
            doers = subjects(tree, tree.head[i])
        elif tree.lower[i] == "should" and i > at:  # "should Russia escalate"
            doers = [k for k in (i + 1, i + 2) if k < last and sides.cast.at(k)][:1]
        if doers:
            side = merge([sides.group(s, agent=True) for s in doers])
            if side and not set(side.ids) & set(actor.ids):
                return Side(side.ids, 0.8 * side.confidence, side.how, side.tokens)
    return Side()


def addressee(tree: Tree, sides: SideFinder, at: int, actor: Side) -> Side:
    """To whom a letter, a note or a call goes in which something is said."""
    first, last = tree.bounds(at)
    for i in range(first, last):
        if tree.lower[i] not in _LETTERS or not {"in", "by", "with"} & tree.cases(i):
            continue
        for kid in tree.children(i, "nmod", "obl"):
            side = sides.group(kid, agent=True) if {"to", "with"} & tree.cases(kid) else Side()
            if side and not set(side.ids) & set(actor.ids):
                return Side(side.ids, 0.9 * side.confidence, side.how, side.tokens)
    return Side()


def before_colon(tree: Tree, sides: SideFinder, i: int, quoted: set[int]) -> Side:
    """Who is named before the colon and the quotation that holds ``i``, without a verb of saying.

    "Tusk, on television: "It is a disgrace.""
    """
    first, _ = tree.bounds(i)
    while i > first and i in quoted:
        i -= 1
    if i - 1 <= first or tree.lower[i - 1] != ":":
        return Side()
    if any(tree.tag[k] in _FINITE for k in range(first, i)):
        return Side()
    for k in range(first, i):
        if k in tree.annotated.nominal and not tree.cases(k) and tree.label[k] != "nmod:poss":
            side = sides.named(k)
            if side:
                return side
    return Side()


def staged(tree: Tree, verb: int) -> list[int]:
    """The capital in which it was done: "was turned down in Moscow", "was condemned in Bern"."""
    if not tree.is_passive(verb):
        return []
    return [k for k in tree.children(verb, "obl") if "in" in tree.cases(k)]


def addressees(tree: Tree, verb: int) -> list[int]:
    """Unnamed people whom a verb addresses: "assured the envoy that", "asked companies to"."""
    told = (*tree.objects(verb), *tree.children(verb, "iobj"))
    return [o for o in told if tree.lower[o] in _ADDRESSED]


def hit_by(tree: Tree, sides: SideFinder, node: int, besides: tuple[str, ...] = ()) -> Side:
    """Whom the act of a clause hits: its object, or whoever stands in its phrases.

    Args:
        tree: the parse.
        sides: who stands for whom.
        node: verb of the clause.
        besides: those who act; their own things are no target ("send its ships to NATO").
    """

    def others(i: int, agent: bool) -> Side:
        side = sides.group(i, agent=agent)
        return Side() if set(side.ids) <= set(besides) else side

    objects = patients(tree, node)
    if tree.lemma[node] in _HANDING:  # "to hand over two policemen to the Red Cross"
        for kid in [k for h in (node, *objects) for k in tree.children(h, "obl", "nmod")]:
            if "to" in tree.cases(kid) and (side := others(kid, agent=True)):
                return side
    direct = merge([others(o, agent=True) for o in objects])
    if direct:
        return direct
    for host in [node, *objects]:
        for kid in tree.children(host, "obl", "nmod", "iobj"):
            if _HITS & tree.cases(kid) or tree.label[kid] == "iobj":
                side = others(kid, agent=False)
                if side:
                    return side
    return merge([others(o, agent=False) for o in objects])


def shared_target(tree: Tree, memory: Memory, at: int) -> Side:
    """Whom the verb before is aimed at: "condemn Russia's war and demand that it stop"."""
    if tree.label[at] != "conj":
        return Side()
    for draft in reversed(memory.drafts):
        if draft.sentence < tree.sentence[at]:
            break
        if draft.host == tree.head[at] and not draft.joint:
            return Side(draft.recipient.ids, 0.9, "name", draft.recipient.tokens)
    return Side()
