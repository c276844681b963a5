"""Filling the slots of a frame from the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.events.binding import (
    addressees,
    hit_by,
    on_condition,
    shared_target,
    staged,
    unbound,
    whole_clause,
)
from kg.extraction.events.clauses import agents, governing_verb, patients, subjects
from kg.extraction.events.mutual import arising
from kg.extraction.events.sides import Side, merge
from kg.extraction.events.words import DITRANSITIVE, REVERSE_LIGHT, SHIELDING
from kg.reference.schemes import event_types

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.extraction.events.memory import Memory
    from kg.extraction.events.sides import SideFinder
    from kg.extraction.events.tree import Tree
    from kg.extraction.events.triggers import Trigger

__all__ = ["Roles"]

_ADJUNCTS = frozenset(("obl", "nmod", "obl:agent", "advcl", "acl", "xcomp", "advmod"))
_RECEIVING = frozenset(("accuse", "reject", "support"))
_CLAUSES = ("ccomp", "xcomp", "advcl", "acl", "parataxis")


class Roles:
    """Slots of one trigger.

    Attributes:
        host: the verb that carries the act (light verb for nouns, the trigger itself for verbs).
        light: True when that verb is a light verb of the frame.
        reverse: True for light verbs that turn the sides round ("drew criticism from").
    """

    def __init__(self, tree: Tree, sides: SideFinder, memory: Memory, trigger: Trigger) -> None:
        self.tree, self.sides, self.memory, self.trigger = tree, sides, memory, trigger
        self.at = trigger.at
        self.noun = trigger.frame.part == "noun"
        self.host = self._host()
        lemma = tree.lemma[self.host]
        self.light = self.noun and self.host != self.at and lemma in trigger.frame.light
        self.reverse = self.light and lemma in REVERSE_LIGHT and self._is_object()
        self._actor = Side()

    def _host(self) -> int:
        if not self.noun:
            return self.at
        found = governing_verb(self.tree, self.at)
        return self.at if found is None or self._blocked(found) else found

    def _blocked(self, verb: int) -> bool:
        """True when another noun's clause lies between ("the man who met" …)."""
        for node in self.tree.ancestors(self.at):
            if node == verb:
                return False
            if self.tree.label[node] in ("acl:relcl", "acl"):
                return True
        return False

    def _is_object(self) -> bool:
        if self.tree.is_passive(self.host):
            return self.tree.label[self.at] in ("nsubj:pass", "obj")
        return self.tree.label[self.at] in ("obj", "obl", "iobj", "xcomp", "conj")

    @property
    def objects(self) -> list[int]:
        """What the act is done to, literally; "in" of "called in the envoy" may be its case."""
        if self.noun:
            return [self.at]
        own = set(self.trigger.tokens)
        governed = [
            k
            for t in self.trigger.tokens
            for k in self.tree.children(t, "obl", "nmod")
            if own & set(self.tree.children(k, "case", "mark"))
        ]
        return [*patients(self.tree, self.at), *governed]

    def fill(self, slots: tuple[str, ...], actor: Side | None = None) -> Side:
        """The first slot that holds somebody else than ``actor``."""
        self._actor = actor or Side()
        for slot in slots:
            told = slot == "clause" and "obj-person" in slots and not self.noun
            if told and addressees(self.tree, self.at):
                break
            found = self._slot(slot)
            rest = tuple(x for x in found.ids if x not in self._actor.ids)
            if rest:
                return Side(rest, found.confidence, found.how, found.tokens)
        return Side()

    def _slot(self, slot: str) -> Side:
        handler: dict[str, Callable[[], Side]] = {
            "subj": self._subj,
            "subj-owner": self._subj_owner,
            "obj": self._obj,
            "obj-person": self._obj_person,
            "iobj": self._iobj,
            "poss": self._poss,
            "adj": self._adj,
            "clause": self._clause,
            "clause-obj": self._clause_obj,
            "topic": self._topic,
            "receiver": self._receiver,
            "condition": lambda: on_condition(self.tree, self.sides, self.at, self._actor),
            "for-owner": lambda: self._prep("for", [self.at], deep=True),
        }
        if slot in handler:
            return handler[slot]()
        if slot.startswith("obj-"):
            return self._prep(slot[4:], self._object_hosts(), deep=True)
        if slot.startswith("subj-"):
            return self._prep(slot[5:], [self.host], deep=False)
        hosts = [self.at, self.host] if self.light else [self.at, *self._phrase_hosts()]
        if self.noun and slot == "between":
            hosts += arising(self.tree, self.at)
        return self._prep(slot, hosts, deep=not self.noun or self.light or slot not in ("in", "on"))

    def _object_hosts(self) -> list[int]:
        # "responded with duties on American goods"
        hosts = [*patients(self.tree, self.host)] or self.tree.children(self.host, "obl", "nmod")
        hosts += [k for o in hosts for k in self.tree.children(o, "nmod", "acl", "conj")]
        return hosts

    def _phrase_hosts(self) -> list[int]:
        """Nouns and verbs inside a multi-word expression ("express regret at")."""
        return [t for t in self.trigger.tokens if t != self.at]

    def _subj(self) -> Side:
        if self.noun:
            if self.reverse or (self.tree.is_passive(self.host) and not self.light):
                return Side()
            if not self.light and (
                self.tree.label[self.at] in ("nsubj", "nsubj:pass", "obj") or not self._mutual()
            ):
                return Side()
            if self.host == self.at and not self.tree.own_subjects(self.at):
                return Side()
        if self.trigger.frame.part == "adjective":
            return merge([self.sides.group(a, agent=True) for a in subjects(self.tree, self.host)])
        found = self._doers()
        side = merge([self.sides.group(a, agent=True) for a in found])
        return side or merge([self.sides.metonym(a) for a in found or self._stage()])

    def _stage(self) -> list[int]:
        top = event_types()[self.trigger.frame.type].top
        return staged(self.tree, self.at) if top in _RECEIVING and not self.noun else []

    def _doers(self) -> list[int]:
        """Subjects; "was dismayed" and "be blackmailed" say it of the subject itself."""
        head = self.tree.lemma[self.trigger.tokens[0]]
        if not self.noun and head == "be" and len(self.trigger.tokens) > 1:
            return subjects(self.tree, self.host)
        return agents(self.tree, self.host)

    def _mutual(self) -> bool:
        """True when the noun names the other side of a mutual act ("for talks with Greer")."""
        frame = self.trigger.frame
        if "reciprocal" not in frame.flags and frame.type not in ("write", "phone", "visit"):
            return False
        return any(
            {"with", "between", "to", "of", "against"} & self.tree.cases(k)
            for k in self.tree.children(self.at, "nmod", "obl")
        )

    def _subj_owner(self) -> Side:
        return merge([self.sides.group(a, agent=False) for a in agents(self.tree, self.host)])

    def _receiver(self) -> Side:
        if not self.reverse:
            return Side()
        return merge([self.sides.group(a, agent=False) for a in agents(self.tree, self.host)])

    def _obj(self) -> Side:
        found = unbound(self.tree, self.sides, self.objects, self._actor) or merge(
            [self.sides.group(o, agent=False) for o in self.objects]
        )
        rest = tuple(x for x in found.ids if x not in self._actor.ids)
        if rest:
            return Side(rest, found.confidence, found.how, found.tokens)
        found = self._topic()
        if found or self.noun:
            return found
        return whole_clause(self.tree, self.sides, self.at, self.objects)

    def _obj_person(self) -> Side:
        other = unbound(self.tree, self.sides, self.objects, self._actor)
        if other:
            return other
        persons = patients(self.tree, self.host) if self.noun else self.objects
        found = merge([self.sides.group(o, agent=True) for o in persons])
        return found or self._iobj()

    def _iobj(self) -> Side:
        direct = self.tree.children(self.host, "iobj")
        if not direct and self.tree.lemma[self.host] in DITRANSITIVE:  # "offered Europe help"
            direct = [
                k
                for o in patients(self.tree, self.host)
                for k in self.tree.subtree(o)
                if k in self.tree.annotated.actors and self.tree.label[k] == "compound"
            ]
        return merge([self.sides.group(o, agent=False) for o in direct])

    def _poss(self) -> Side:
        direct = self.tree.children(self.at, "nmod:poss")
        if not direct and self.noun:  # "the ultimatum that France sent"
            light = self.trigger.frame.light
            clauses = self.tree.children(self.at, "acl:relcl", "acl")
            makers = [c for c in clauses if self.tree.lemma[c] in light]
            direct = [a for c in makers for a in agents(self.tree, c) if a != self.at]
        return merge([self.sides.group(k, agent=True) for k in direct])

    def _adj(self) -> Side:
        kids = self.tree.children(self.at, "amod", "compound", "flat", "nmod")
        kids = [k for k in kids if k < self.at and not self.tree.cases(k)]
        nested = [j for k in kids for j in self.tree.kids[k]]
        return merge([self.sides.named(k) for k in [*nested, *kids]])

    def _topic(self) -> Side:
        sentence = self.tree.sentence[self.at]
        found = [self.memory.refers(o, self._actor, sentence) for o in self.objects]
        return next((side for side in found if side), Side())

    def _clauses(self) -> list[int]:
        hosts = [
            self.at,
            *self._phrase_hosts(),
            *(patients(self.tree, self.at) if not self.noun else []),
        ]
        found = [k for h in hosts for k in self.tree.children(h, *_CLAUSES)]
        return [k for k in found if k > self.at]

    def _clause(self) -> Side:
        found: list[Side] = []
        for clause in [c for c in self._clauses() if self.tree.label[c] != "advcl"]:
            own = self.tree.own_subjects(clause)
            if any(self.tree.lower[s] in ("it", "they") for s in own):
                found.append(shared_target(self.tree, self.memory, self.at))
            found.extend(self.sides.group(subject, agent=False) for subject in own)
            known = [k for k in own if self.tree.children(k, "det")]
            found.extend(self.memory.refers(k, self._actor, self.tree.sentence[k]) for k in known)
        side = next((s for s in found if s and not set(s.ids) <= set(self._actor.ids)), Side())
        return side or self._clause_obj()

    def _clause_obj(self) -> Side:
        """Whom the act inside the clause would hit."""
        for clause in self._clauses():
            if self.tree.lemma[clause] in SHIELDING:
                continue
            for node in [clause, *self.tree.children(clause, "xcomp", "conj", "ccomp")]:
                side = hit_by(self.tree, self.sides, node, self._actor.ids)
                rest = tuple(x for x in side.ids if x not in self._actor.ids)
                if rest:
                    return Side(rest, 0.9 * side.confidence, side.how, side.tokens)
        return Side()

    def _prep(self, preposition: str, hosts: list[int], deep: bool) -> Side:
        tree = self.tree
        for host in dict.fromkeys(hosts):
            for kid in tree.kids[host]:
                if tree.label[kid] not in _ADJUNCTS or preposition not in tree.cases(kid):
                    continue
                if preposition == "to" and tree.tag[kid] == "VB":
                    continue
                if side := self._below(kid, deep):
                    return side
        return self._near(preposition)

    def _below(self, kid: int, deep: bool) -> Side:
        side = self.sides.group(kid, agent=not deep)
        if side or not deep:
            return side
        if self.tree.pos[kid] == "VERB":
            return hit_by(self.tree, self.sides, kid)
        return self.memory.refers(kid, self._actor, self.tree.sentence[self.at])

    def _near(self, preposition: str) -> Side:
        """The preposition right behind the trigger, wherever the parser hung its phrase."""
        tree, last = self.tree, self.trigger.tokens[-1]
        _, end = tree.bounds(last)
        for j in range(last + 1, min(last + 3, end)):
            if tree.lower[j] != preposition:
                continue
            if (target := tree.head[j]) > j and tree.label[j] in ("case", "mark"):
                side = self.sides.group(target, agent=False)
                return Side(side.ids, 0.85 * side.confidence, side.how, side.tokens)
        return Side()
