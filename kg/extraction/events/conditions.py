"""Whether a frame applies: the words it asks for, its voice, tense and company."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.events.clauses import patients, subjects
from kg.extraction.events.modality import is_purpose
from kg.extraction.events.triggers import Trigger, holds_any
from kg.extraction.events.words import ARMED_NOUNS, FUTURE, HEDGES, words

if TYPE_CHECKING:
    from kg.extraction.events.roles import Roles
    from kg.extraction.events.sides import SideFinder
    from kg.extraction.events.tree import Tree
    from kg.extraction.frames import Lexicon

__all__ = ["Conditions"]

_MILITARY = ARMED_NOUNS | words(
    "military missile missiles rocket rockets bomb bombs bombing air drone drones artillery "
    "nuclear war airfield airfields airspace city cities civilian civilians ground armed weapon "
    "weapons tank tanks dawn night invasion troop gun guns border territory assault killed "
    "killing shells strike strikes base bases"
)
_RELIEVING = words(
    "lift ease remove drop waive end abolish reduce return release relax loosen avoid prevent "
    "help negotiate discuss sign give meet talk"
)
_MUST = frozenset(("must", "should", "ought"))
_QUANTITIES = words(
    "series package packages round rounds set number wave waves raft range list kind kinds "
    "form sort billion million percent hundreds thousands dozens a lot group additional "
    "variety pair worth bulk rest most some new half third quarter part much"
)
_MOTION = words("travel fly go come head return journey arrive jet hurry rush")
_FUTURE = FUTURE | HEDGES
_COMPLEMENTS = tuple(sorted(words("xcomp ccomp obl nmod advcl advmod compound:prt acl")))


class Conditions:
    """The conditions of all frames against one parsed document."""

    def __init__(self, tree: Tree, sides: SideFinder, lexicon: Lexicon) -> None:
        self.tree, self.sides, self.lexicon = tree, sides, lexicon

    def hold(self, trigger: Trigger, roles: Roles, consumed: set[int]) -> bool:
        """True when a trigger's frame applies where it stands."""
        frame = trigger.frame
        if frame.part == "noun" and not self._noun_is_act(trigger, roles, consumed):
            return False
        if frame.needs or frame.needs_class or frame.without:
            scope = self._scope(trigger, roles)
            if frame.needs and holds_any(self.tree, scope, frame.needs) is None:
                return False
            if frame.without and holds_any(self.tree, scope, frozenset(frame.without)) is not None:
                return False
            if not all(self._special(name, scope, trigger) for name in frame.needs_class):
                return False
        if frame.part == "verb" and self._left_open(frame.type, roles.host):
            return False
        told = "domestic" in frame.flags or self._travelling(trigger, roles.host)
        purpose = is_purpose(self.tree, roles.host) and not told
        return self._flags_hold(trigger, roles) and not purpose

    def _left_open(self, kind: str, host: int) -> bool:
        """True for what must be done, and for "did not rule out", which rejects nothing."""
        must = bool(_MUST & set(self.tree.auxiliaries(host)))
        return must or (kind == "rule-out" and self.tree.negated(host))

    def _travelling(self, trigger: Trigger, host: int) -> bool:
        """True for "flew to Washington to meet", "was in Bonn to see": who goes there meets."""
        tree, above = self.tree, self.tree.head[host]
        if trigger.frame.type not in ("meet", "talk", "negotiate"):
            return False
        if tree.label[host] not in ("advcl", "xcomp", "acl"):
            return False
        there = bool(tree.children(above, "cop")) and "in" in tree.cases(above)
        return there or tree.lemma[above] in _MOTION

    def _special(self, name: str, scope: list[int], trigger: Trigger) -> bool:
        if name == "@threat" and trigger.frame.part != "noun":
            scope = self._predicates(trigger)
        if name == "@negative" and trigger.frame.part == "verb":
            given = {
                t
                for p in patients(self.tree, trigger.at)
                if self._definite(p)
                for t in self._phrase(p)
                if t <= p
            }
            scope = [t for t in scope if t not in given]
        words = self.lexicon.judgements[name.removeprefix("@")]
        return holds_any(self.tree, scope, words) is not None

    def _definite(self, i: int) -> bool:
        return any(
            self.tree.lower[k]
            in ("the", "this", "that", "these", "his", "her", "their", "its", "'s", "’s")
            or self.tree.label[k] == "nmod:poss"
            for k in self.tree.children(i, "det", "nmod:poss")
        )

    def _predicates(self, trigger: Trigger) -> list[int]:
        """Verbs of the complement that the trigger's own subject would do, with their objects."""
        tree = self.tree
        found = [t for p in patients(tree, trigger.at) for t in self._core(p)]
        mine = set(self.sides.group_ids(subjects(tree, trigger.at)))
        for clause in tree.children(trigger.at, "xcomp", "ccomp", "advcl"):
            theirs = self.sides.group_ids(tree.own_subjects(clause))
            if theirs and not self.sides.cast.allied(mine, set(theirs)):
                continue
            if tree.lemma[clause] in _RELIEVING or tree.negated(clause):
                continue
            if tree.label[clause] == "ccomp" and not _FUTURE & set(tree.auxiliaries(clause)):
                continue
            for node in (clause, *tree.children(clause, "conj", "xcomp")):
                found += [node, *tree.objects(node)]
        return sorted(found)

    def _flags_hold(self, trigger: Trigger, roles: Roles) -> bool:  # noqa: PLR0911 - one per flag
        flags, frame = trigger.frame.flags, trigger.frame
        if "needs-will" in flags and not _FUTURE & set(self.tree.auxiliaries(roles.host)):
            return False
        if "needs-future" in flags and not self._future_clause(trigger):
            return False
        if "no-addressee" in flags and self._addressee(trigger.at):
            return False
        if "needs-persons" in flags and not self._two_persons(trigger.at):
            return False
        if "needs-negation" in flags and not self._refused(trigger):
            return False
        if "needs-infinitive" in flags and not self._infinitive(trigger.at):
            return False
        if "needs-military" in flags and not self._military(trigger.at):
            return False
        if "needs-negative-clause" in flags and not self._negative_clause(trigger, roles):
            return False
        if frame.needs_subj:
            return (
                holds_any(self.tree, subjects(self.tree, trigger.at), frame.needs_subj) is not None
            )
        return True

    def _scope(self, trigger: Trigger, roles: Roles) -> list[int]:
        """Tokens of the complement in which a frame's words are looked for."""
        tree, frame = self.tree, trigger.frame
        if frame.part == "noun":
            nodes = [trigger.at]
            if roles.light:  # "announced the withdrawal from": the parser may hang it on the verb
                nodes += [k for k in tree.children(roles.host, "obl") if k > trigger.at]
        else:
            nodes = list(patients(tree, trigger.at))
            if "needs-obj" not in frame.flags:
                nodes += tree.children(trigger.at, *_COMPLEMENTS)
            nodes += tree.children(trigger.at, "compound:prt")
        found: set[int] = set()
        for node in nodes:
            if node == trigger.at and frame.part != "noun":
                continue
            if "needs-obj" in frame.flags and frame.part == "verb":
                found.update(self._core(node))
            else:
                found.update(self._phrase(node))
        found -= {trigger.at} if frame.part != "noun" else set()
        return sorted(found)

    def _phrase(self, node: int) -> list[int]:
        """A node with its modifiers, without relative clauses and far adjuncts."""
        tree, found, stack = self.tree, [], [node]
        while stack:
            token = stack.pop()
            found.append(token)
            stack.extend(
                k for k in tree.kids[token] if tree.label[k] not in ("acl:relcl", "parataxis")
            )
        return found if len(found) < 40 else [node, *tree.kids[node]]

    def _core(self, node: int) -> list[int]:
        """The head of a phrase with its attributes and conjuncts, without what it is about."""
        tree, found, stack = self.tree, [], [node]
        while stack:
            token = stack.pop()
            found.append(token)
            stack.extend(tree.children(token, "compound", "amod", "conj", "flat"))
            if tree.lower[token] in _QUANTITIES:
                stack.extend(k for k in tree.children(token, "nmod") if "of" in tree.cases(k))
        return found

    def _noun_is_act(self, trigger: Trigger, roles: Roles, consumed: set[int]) -> bool:
        """A noun tells an act with its light verb, or by itself when the lexicon says so."""
        tree, at = self.tree, trigger.at
        if tree.children(at, "cop"):
            return False
        modifier = tree.label[at] in ("compound", "flat", "nmod:poss", "amod")
        followed = at + 1 < len(tree) and tree.tag[at + 1] == "IN"
        if at in consumed or (modifier and not followed):
            return False
        if at in tree.annotated.actors or at in tree.annotated.venues:
            return False
        return roles.light or "bare" in trigger.frame.flags or bool(trigger.frame.recipient)

    def _future_clause(self, trigger: Trigger) -> bool:
        """True when the act or its complement lies in the future."""
        if FUTURE & set(self.tree.auxiliaries(trigger.at)):
            return True
        for kid in self.tree.children(trigger.at, "xcomp", "ccomp", "advcl"):
            aux = set(self.tree.auxiliaries(kid))
            to = any(self.tree.lower[k] == "to" for k in self.tree.children(kid, "mark", "aux"))
            if to or _FUTURE & aux or self.tree.tag[kid] == "VBG":
                return True
        return False

    def _infinitive(self, at: int) -> bool:
        """True for "told him to go"."""
        tree = self.tree
        return any(
            tree.tag[k] == "VB" and "to" in {tree.lower[m] for m in tree.children(k, "mark", "aux")}
            for k in tree.children(at, "xcomp", "ccomp", "advcl")
        )

    def _addressee(self, at: int) -> bool:
        """True for "promised him that", "promised Ukraine to"."""
        objects = (*self.tree.objects(at), *self.tree.children(at, "iobj"))
        return any(self.sides.cast.at(i) for i in objects)

    def _two_persons(self, at: int) -> bool:
        """True for "Macron called Putin", false for "called Putin a liar", "called on Putin"."""
        tree, cast = self.tree, self.sides.cast
        ends = [*subjects(tree, at), *patients(tree, at)]
        extra = tree.children(at, "xcomp", "ccomp", "iobj", "compound:prt")
        return (
            len(ends) == 2
            and not extra
            and all(
                cast.at(i) and all(cast.entities[x].kind.value == "person" for x in cast.at(i))
                for i in ends
            )
        )

    def _refused(self, trigger: Trigger) -> bool:
        """True for "will not accept", and for "does not share the position": a refusal."""
        if not self.tree.negated(trigger.at):
            return False
        future = _FUTURE & set(self.tree.auxiliaries(trigger.at))
        return bool(future) or trigger.frame.type == "disagree"

    def _military(self, at: int) -> bool:
        """True when the clause speaks of arms, or both sides are states."""
        tree = self.tree
        first, last = tree.bounds(at)
        low, high = max(first, at - 12), min(last, at + 14)
        if any(tree.lower[i] in _MILITARY and i != at for i in range(low, high)):
            return True
        verbal = tree.pos[at] == "VERB"
        if verbal and any(self._is_armed(i) for i in subjects(tree, at)):
            return True
        names = [*subjects(tree, at), *patients(tree, at)] if verbal else []
        return len(names) >= 2 and all(self._is_state(i) for i in names)

    def _is_armed(self, i: int) -> bool:
        """True for unnamed rebels, soldiers and police."""
        cast = self.sides.cast
        return any(cast.entities[x].sector in ("REB", "MIL", "COP") for x in cast.at(i))

    def _is_state(self, i: int) -> bool:
        cast = self.sides.cast
        ids = cast.at(i)
        return bool(ids) and all(cast.entities[x].kind.value == "state" for x in ids)

    def _negative_clause(self, trigger: Trigger, roles: Roles) -> bool:
        """Accusations proper always hold; mere saying needs a bad act in its content."""
        lemma = self.lexicon.forms.get(self.tree.lower[trigger.at], "")
        if lemma in (
            "accuse",
            "charge",
            "indict",
            "impeach",
            "incriminate",
            "implicate",
            "suspect",
        ):
            return True
        bad = self.lexicon.judgements["bad-acts"] | self.lexicon.judgements["negative"]
        clauses = self.tree.children(trigger.at, "ccomp", "xcomp")
        scope = sorted({t for c in clauses for t in (c, *self.tree.kids[c])})
        return holds_any(self.tree, scope, bad) is not None
