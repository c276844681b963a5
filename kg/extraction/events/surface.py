"""Clauses that the order of words makes plain where the parse is implausible.

Names are masked before parsing, and a small parser takes "The United States yesterday imposed
tariffs" for a heading, or hangs the verb of a list of states on the last of them. Where an actor,
at most some adverbs and a finite verb of the lexicon stand in a row, they are subject and verb.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.events.graft import above, adopt
from kg.extraction.events.words import AGENT_NOUNS, PEOPLE_NOUNS, WEEKDAYS, words

if TYPE_CHECKING:
    from kg.extraction.events.tree import Tree

__all__ = ["mend_surface"]

_BETWEEN = WEEKDAYS | words("\" “ ” '' `` last late early this morning afternoon evening night")
_GAP = 5
_CASES = words(
    "of in at with for from by against between to on over about towards toward without despite "
    "like than under into via among"
)
_BREAKS = frozenset((",", ";", ":", "—", "–", "and", "but", "or", "that", "which", "who", "."))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_FOLLOWERS = frozenset(("DT", "PRP$", "PRP", "TO", "VBG", "``", "RP", "WP", "WRB", "CD", "JJ"))
_PARTICLES = words("against out off down for on over that to into with at")
_COMPANY = words("allies partners others supporters friends ministers leaders counterparts")
_NOUNS = words(
    "calls demands plans talks attacks threats offers rules protests visits strikes charges claims "
    "raids moves votes sanctions bans fines orders reports hosts fears urges meetings launches "
    "promises pledges vows quotas taxes tariffs bombs shells warnings concerns regrets appeals "
    "requests proposals criticisms rows rifts clashes debates discussions negotiations deals pacts "
    "agreements treaties exchanges probes suits cases complaints snubs insults slurs jabs barbs "
    "blames doubts questions denials rebuffs backs supports praises thanks forces troops aids "
    "grants loans funds arms supplies exports imports buys trades shares masses deploys drills "
    "patrols spies hacks seizures arrests blockades returns waivers pauses eases cuts delays"
)
_ACTING = AGENT_NOUNS | PEOPLE_NOUNS
_OWNING = ("amod", "compound", "nmod:poss")
_OBLIQUE = ("nmod:poss", "case", "det")
_PLURAL = words("we they i you")
_STATIVE = ("aux", "aux:pass", "cop")
_OPENING = ("we", "i")
_GENITIVE = ("'s", "’s")


def mend_surface(tree: Tree, first: int, last: int, verbs: frozenset[str]) -> None:
    """Mend subjects and verbs of the sentence ``first:last`` in place; ``verbs`` are finite forms.

    The children of the tree hold again only after ``tree.settle``.
    """
    for i in range(first + 1, last - 1):
        if tree.lower[i] in _GENITIVE:
            _genitive(tree, i, first, last)
        if tree.lower[i] == "between":
            _between(tree, i, first, last)
    _we_the_leaders(tree, first, last, verbs)
    for v in range(first + 1, last):
        if tree.lower[v] in verbs and v not in tree.annotated.actors:
            _list_subject(tree, v, first)
            _subject_before(tree, v, first, last)


def _genitive(tree: Tree, i: int, first: int, last: int) -> None:
    """Make "'s" a genitive again when a noun follows that it was taken for the verb of."""
    owner = i - 1
    if tree.pos[i] not in ("VERB", "AUX") or owner not in tree.annotated.actors:
        return
    noun = i + 1
    while (
        noun + 1 < last
        and tree.pos[noun] in ("ADJ", "NOUN", "PROPN")
        and (tree.pos[noun + 1] in ("NOUN", "PROPN") and noun + 1 not in tree.annotated.actors)
    ):
        noun += 1
    if tree.pos[noun] not in ("NOUN", "PROPN") or noun in tree.annotated.actors:
        return
    below = [k for k in range(first, last) if tree.head[k] == i and k != i]
    stem = next((k for k in (noun, *above(tree, noun)) if k in below), None)
    label, top = tree.label[i], tree.head[i]
    if stem is None or stem == owner:
        stem = noun
    tree.head[stem], tree.label[stem] = (stem, "root") if top == i else (top, label)
    for k in below:
        if k not in (stem, owner):
            tree.head[k] = stem
    tree.head[owner], tree.label[owner] = noun, "nmod:poss"
    tree.head[i], tree.label[i], tree.pos[i] = owner, "case", "PART"


def _between(tree: Tree, i: int, first: int, last: int) -> None:
    """Keep two actors after "between" together when the second was taken for a subject."""
    a = i + 1 if i + 1 in tree.annotated.actors else i + 2
    b = a + 2 if a + 2 in tree.annotated.actors else a + 3
    if b >= last or a not in tree.annotated.actors or b not in tree.annotated.actors:
        return
    if tree.lower[a + 1] not in ("and", "&") or not tree.label[b].startswith("nsubj"):
        return
    noun, verb, label = tree.head[a], tree.head[b], tree.label[b]
    if noun >= a or noun == verb or noun in above(tree, verb):
        return
    tree.head[noun], tree.label[noun] = verb, label
    tree.head[b], tree.label[b] = a, "conj"


def _we_the_leaders(tree: Tree, first: int, last: int, verbs: frozenset[str]) -> None:
    """Take the pronoun for the subject of "We, the leaders of A, B and C, condemn …"."""
    start = next((i for i in range(first, min(first + 4, last)) if tree.lower[i] in _OPENING), -1)
    if start < 0 or tree.lower[start + 1 : start + 3] != [",", "the"]:
        return
    for v in range(start + 4, last):
        before = tree.lower[v - 1] == "," or v - 1 in tree.annotated.actors
        before = before or tree.pos[v - 1] == "ADV"
        if before and tree.lower[v] in verbs and v not in tree.annotated.actors:
            if not tree.lower[v].endswith(("ed", "ing")):
                adopt(tree, v, start, first, last)
            return


def _subject_before(tree: Tree, v: int, first: int, last: int) -> None:
    """Give a finite verb the free actor before it."""
    if tree.label[v] in _STATIVE or _has_subject(tree, v, first, last):
        return
    a = _actor_before(tree, v, first)
    if a is None or not _free(tree, a, first):
        return
    if a == v - 1 and tree.tag[v] == "VBN" and tree.label[v] in ("acl", "advcl"):
        rooted = tree.label[v] == "acl" and tree.head[v] == a == tree.head[a]
        if not rooted or tree.lower[min(v + 1, last - 1)] == "by":
            return
    if _finite_form(tree, v, a, last) and not _rival(tree, v, last):
        adopt(tree, v, _first_of_list(tree, a), first, last)


def _actor_before(tree: Tree, v: int, first: int) -> int | None:
    """The actor before a verb with at most adverbs and days between, or his people or company."""
    a = v - 1
    while a > first and a > v - 1 - _GAP and a not in tree.annotated.actors:
        if tree.lower[a] in _COMPANY:
            _company(tree, a, first)
            break
        owners = (k for k in range(max(first, a - 3), a) if tree.head[k] == a)
        if tree.lower[a] in _ACTING and any(tree.label[k] in _OWNING for k in owners):
            break
        dated = tree.lower[a] == "on" and tree.lower[a + 1] in WEEKDAYS
        if tree.pos[a] != "ADV" and tree.lower[a] not in _BETWEEN and not dated:
            return None
        a -= 1
    acting = a in tree.annotated.actors or tree.lower[a] in _ACTING
    return a if acting or tree.label[a] == "conj" else None


def _company(tree: Tree, a: int, first: int) -> None:
    """Join "and its allies", "and several others" to the actor before."""
    for j in range(a - 1, max(a - 4, first) - 1, -1):
        if tree.lower[j] in ("and", "&") and j - 1 in tree.annotated.actors:
            head = _first_of_list(tree, j - 1)
            if head not in above(tree, head) and a not in above(tree, head):
                tree.head[a], tree.label[a] = head, "conj"
            return


def _has_subject(tree: Tree, v: int, first: int, last: int) -> bool:
    attribute = tree.label[v] in ("amod", "compound", "case", "mark", "det")
    if tree.pos[v] != "VERB" or (attribute and tree.head[v] > v):
        return False
    return any(
        tree.head[k] == v
        and (tree.label[k].startswith(("nsubj", "csubj")) or tree.label[k] in _STATIVE)
        for k in range(first, last)
    )


def _free(tree: Tree, a: int, first: int) -> bool:
    """True for an actor that no preposition governs and that owns nothing."""
    if tree.label[a] in _OBLIQUE:
        return False
    head = _first_of_list(tree, a)
    before = head - 1
    while before >= first and tree.pos[before] in ("DET", "ADJ", "NUM"):
        before -= 1
    return before < first or tree.lower[before] not in _CASES


def _first_of_list(tree: Tree, a: int) -> int:
    steps = 0
    while tree.label[a] == "conj" and tree.head[a] in tree.annotated.actors and steps < 30:
        a, steps = tree.head[a], steps + 1
    return a


def _finite_form(tree: Tree, v: int, a: int, last: int) -> bool:
    """True when the form of a word and what follows it allow a finite verb."""
    word, tag = tree.lower[v], tree.tag[v]
    if word.endswith("ing") or tag in ("VBG", "VB"):
        return False
    if tag in _FINITE and tree.pos[v] == "VERB":
        return True
    past = word.endswith("ed") or tag in ("VBD", "VBN")
    follower = v + 1
    while follower < last - 1 and tree.pos[follower] == "ADV":
        follower += 1
    if follower >= last:
        return False
    opens = (
        tree.tag[follower] in _FOLLOWERS
        or tree.lower[follower] in _PARTICLES
        or follower in tree.annotated.actors
    )
    if past or (word.endswith("s") and word not in _NOUNS):
        opens = opens or tree.pos[follower] in ("NOUN", "PROPN", "ADJ")
    if past:
        return opens
    if not opens:
        return False
    many = tree.label[a] == "conj" or tree.lower[a] in _PLURAL or tree.tag[a] in ("NNS", "NNPS")
    return bool(word.endswith("s") != many)


def _rival(tree: Tree, v: int, last: int) -> bool:
    """True when another finite verb follows in the clause ("the EU proposed sanctions failed")."""
    if tree.tag[v] in _FINITE and tree.pos[v] == "VERB":
        return False
    for k in range(v + 1, min(v + 12, last)):
        if tree.lower[k] in _BREAKS:
            return False
        if tree.tag[k] in _FINITE and tree.pos[k] in ("VERB", "AUX"):
            return True
    return False


def _list_subject(tree: Tree, v: int, first: int) -> None:
    """Bring together the actors listed before a verb ("A, B and C filed") as its subject."""
    a = v - 1
    while a > first and tree.pos[a] == "ADV":
        a -= 1
    if a not in tree.annotated.actors or tree.pos[v] not in ("VERB", "NOUN", "ADP"):
        return
    members = _listed_before(tree, a, first)
    head = members[0]
    before = head - 1 if head > first and tree.lower[head - 1] != "the" else head - 2
    if len(members) < 2 or (before >= first and tree.lower[before] in _CASES):
        return
    over = above(tree, v)
    if v in over or set(members) & set(over) or _well_joined(tree, v, members):
        return
    scattered = any(tree.head[m] == v for m in members[1:])
    if scattered or tree.label[head] in ("obl", "nmod", "compound", "dep", "appos"):
        for k in range(first, head):  # what stood with it belongs to the clause
            if tree.head[k] == head and tree.label[k] not in ("det", "amod", "nummod"):
                tree.head[k], tree.label[k] = v, "obl"
        tree.head[head], tree.label[head] = v, "nsubj"
    for m in members[1:]:
        tree.head[m], tree.label[m] = head, "conj"


def _well_joined(tree: Tree, v: int, members: list[int]) -> bool:
    """True for a list that the parser read as one, below the verb or one that shares it."""
    head = members[0]
    if any(tree.label[m] != "conj" or tree.head[m] != head for m in members[1:]):
        return False
    clause = tree.label[v] in ("root", "parataxis", "ccomp", "advcl", "case")
    return tree.head[head] == v or not clause


def _listed_before(tree: Tree, a: int, first: int) -> list[int]:
    """Members of the list that ends with the actor ``a`` after "and", in text order."""
    found, j, joined = [a], a - 1, False
    while j >= first:
        if j in tree.annotated.actors and tree.lower[j + 1] in (",", "and", "&"):
            found.append(j)
        elif tree.lower[j] in ("and", "&"):
            if joined:
                break
            joined = True
        elif tree.lower[j] != "the" and not (tree.lower[j] == "," and joined):
            break
        j -= 1
    return sorted(found) if joined else [a]
