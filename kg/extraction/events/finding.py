"""From triggers to drafts: which frames hold, and who stands on which side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.events.clauses import agents, governing_verb, patients, subjects
from kg.extraction.events.drafts import Draft
from kg.extraction.events.modality import is_purpose
from kg.extraction.events.roles import Roles
from kg.extraction.events.sides import Side, SideFinder, merge
from kg.extraction.events.triggers import Trigger, find_triggers, holds_any
from kg.extraction.events.words import ARMED_NOUNS, FUTURE, HEDGES

if TYPE_CHECKING:
    from kg.extraction.events.memory import Memory
    from kg.extraction.events.tree import Tree
    from kg.extraction.frames import Frame, Lexicon

__all__ = ["Finder"]

_MILITARY = ARMED_NOUNS | frozenset(
    [
        "military",
        "missile",
        "missiles",
        "rocket",
        "rockets",
        "bomb",
        "bombs",
        "bombing",
        "air",
        "drone",
        "drones",
        "artillery",
        "nuclear",
        "war",
        "airfield",
        "airfields",
        "airspace",
        "city",
        "cities",
        "civilian",
        "civilians",
        "ground",
        "armed",
        "weapon",
        "weapons",
        "tank",
        "tanks",
        "dawn",
        "night",
        "invasion",
        "troop",
        "gun",
        "guns",
        "border",
        "territory",
        "assault",
        "killed",
        "killing",
        "shells",
        "strike",
        "strikes",
        "base",
        "bases",
    ]
)
_MATERIAL = frozenset("sanction concede retreat assault coerce mobilize threaten".split())
_TARGETED = frozenset(
    "accuse reject threaten sanction support concede request protest coerce".split()
)
_ANSWERING = frozenset(("sanction", "threaten", "reject", "concede"))
_RELIEVING = frozenset(
    "lift ease remove drop waive end abolish reduce return release relax loosen avoid prevent help negotiate discuss sign give meet talk".split()
)
_MUTUAL = frozenset(
    "with between obj-with obj-between obj-person obj subj-with alongside among among".split()
)
_MUST = frozenset(("must", "should", "ought"))
_REFUSING = frozenset(
    "reject dismiss deny rebuff refute rebut counter ignore accept welcome condemn denounce resist oppose defy answer".split()
)
_QUANTITIES = frozenset(
    "series package packages round rounds set number wave waves raft range list kind kinds form sort billion million percent"
    " hundreds thousands dozens a lot group additional variety pair worth bulk rest most some new".split()
)
_FUTURE = FUTURE | HEDGES


class Finder:
    """Finds the acts that frames describe, sentence by sentence."""

    def __init__(self, tree: Tree, sides: SideFinder, memory: Memory, lexicon: Lexicon) -> None:
        self.tree, self.sides, self.memory, self.lexicon = tree, sides, memory, lexicon
        self.consumed: set[int] = set()

    def sentence(self, number: int) -> list[Draft]:
        """The drafts of one sentence, in text order."""
        span = self.tree.annotated.sentences[number]
        drafts: list[Draft] = []
        groups = list(find_triggers(self.tree, self.lexicon, span.first, span.last))
        groups.sort(key=lambda group: group[0].frame.part != "verb")
        for group in groups:
            if group[0].at in self.consumed:
                continue
            for trigger in group:
                draft = self._try(trigger, number)
                if draft is not None:
                    drafts.append(draft)
                    self.memory.drafts.append(draft)
                    self.consumed.update(trigger.tokens)
                    break
        drafts.sort(key=lambda draft: draft.trigger[0])
        return drafts

    def _try(self, trigger: Trigger, number: int) -> Draft | None:
        frame = trigger.frame
        roles = Roles(self.tree, self.sides, self.memory, trigger)
        if not self._fits(trigger, roles):
            return None
        actor = roles.fill(frame.actor)
        if not actor and frame.part == "verb" and "subj" in frame.actor:
            actor = roles.before()
        if not actor and frame.part == "verb" and "subj" in frame.actor:
            actor = self._unnamed(frame, roles, number)
        joint = False
        recipient = Side()
        if "reciprocal" in frame.flags:
            actor, recipient, joint = self._reciprocal(roles, frame, actor)
        if not joint and not recipient:
            recipient = roles.fill(frame.recipient, actor)
        if not joint:
            recipient = self._others(actor, recipient)
        if not recipient and self.memory.types[frame.type].top in _TARGETED:
            recipient = self._guess(roles, frame, actor) or self._opponent(frame, actor, number)
        if not recipient and self._between_them(frame, actor):
            joint, recipient = True, actor
        if not recipient and frame.part == "noun" and actor:
            recipient = self._others(actor, self._against(trigger))
        if not self._complete(frame, actor, recipient, roles):
            self._remember(trigger, roles, number, actor)
            return None
        self._consume(trigger, roles)
        return Draft(
            type="commit" if joint and frame.type == "reaffirm" else frame.type,
            rule=frame.name,
            trigger=trigger.tokens,
            host=roles.host,
            sentence=number,
            actor=actor,
            recipient=recipient,
            joint=joint,
            window=recipient.how == "window",
        )

    def _between_them(self, frame: Frame, actor: Side) -> bool:
        """True for promises that several parties make to one another."""
        if self.memory.types[frame.type].top != "agree":
            return False
        polities = {self.sides.cast.polity(x) or x for x in actor.ids}
        return 2 <= len(polities) <= 3

    def _unnamed(self, frame: Frame, roles: Roles, number: int) -> Side:
        """The agent that a passive leaves out: whoever did the same before."""
        top = self.memory.types[frame.type].top
        if top not in ("sanction", "assault", "threaten") or not self.tree.is_passive(roles.host):
            return Side()
        recipient = roles.fill(frame.recipient)
        return self.memory.author(top, recipient, number) if recipient else Side()

    def _guess(self, roles: Roles, frame: Frame, actor: Side) -> Side:
        allied = self.sides.cast.allied
        found = roles.nearby(actor, allied)
        return found or (roles.after(actor, allied) if frame.part == "verb" else Side())

    def _against(self, trigger: Trigger) -> Side:
        """Whose act it was directed at: "despite opposition from Turkey, Trump authorised" …"""
        verb = governing_verb(self.tree, trigger.at)
        if verb is None:
            return Side()
        object_ = self.tree.head[trigger.at] == verb and trigger.at in patients(self.tree, verb)
        rejected = object_ and self.tree.lemma[verb] in _REFUSING
        if not rejected and not {"despite", "amid", "over", "to", "following"} & self.tree.cases(
            trigger.at
        ):
            return Side()
        found = merge([self.sides.group(a, agent=True) for a in agents(self.tree, verb)])
        return Side(found.ids, 0.7 * found.confidence, "window", found.tokens)

    def _remember(self, trigger: Trigger, roles: Roles, number: int, actor: Side) -> None:
        """An act without a known target tells nothing by itself, but may be referred to."""
        top = self.memory.types[trigger.frame.type].top
        if actor and top in _MATERIAL and trigger.frame.part == "verb":
            self.memory.drafts.append(
                Draft(
                    trigger.frame.type, "silent", trigger.tokens, roles.host, number, actor, Side()
                )
            )

    def _others(self, actor: Side, recipient: Side) -> Side:
        """Recipients without those who speak for the actor's own side."""
        cast = self.sides.cast
        rest = tuple(x for x in recipient.ids if not cast.allied(set(actor.ids), {x}))
        return Side(rest, recipient.confidence, recipient.how, recipient.tokens) if rest else Side()

    def _opponent(self, frame: Frame, actor: Side, number: int) -> Side:
        """For hostile acts without an object: whoever the actor is at odds with."""
        if frame.part != "verb":
            return Side()
        top = self.memory.types[frame.type].top
        if top == "request":
            return self.memory.partner(actor, number)
        return self.memory.opponent(actor, number) if top in _ANSWERING else Side()

    def _reciprocal(self, roles: Roles, frame: Frame, actor: Side) -> tuple[Side, Side, bool]:
        """Both sides of a mutual act; joint when the participants stand in one phrase."""
        mutual = tuple(slot for slot in frame.recipient if slot in _MUTUAL)
        other = roles.fill(mutual, Side())
        rest = tuple(x for x in other.ids if x not in actor.ids)
        if actor and rest and set(actor.ids) - set(other.ids):
            return actor, Side(rest, other.confidence, other.how, other.tokens), False
        both = merge([actor, other])
        if len(both.ids) >= 2:
            return both, both, True
        return (
            actor,
            roles.fill(tuple(s for s in frame.recipient if s not in _MUTUAL), actor),
            False,
        )

    def _complete(self, frame: Frame, actor: Side, recipient: Side, roles: Roles) -> bool:
        if not actor:
            return False
        if frame.part == "noun" and "bare" not in frame.flags and not roles.light:
            return False
        if recipient:
            return True
        if "needs-side" in frame.flags or "open" not in frame.flags:
            return False
        return actor.how in ("name", "office")

    # ------------------------------------------------------------------ conditions

    def _fits(self, trigger: Trigger, roles: Roles) -> bool:
        frame = trigger.frame
        if frame.part == "noun" and not self._noun_is_act(trigger, roles):
            return False
        if frame.needs or frame.needs_class or frame.without:
            scope = self._scope(trigger, roles)
            if frame.needs and holds_any(self.tree, scope, frame.needs) is None:
                return False
            if frame.without and holds_any(self.tree, scope, frozenset(frame.without)) is not None:
                return False
            if not all(self._special(name, scope, trigger) for name in frame.needs_class):
                return False
        if _MUST & set(self.tree.auxiliaries(roles.host)) and frame.part == "verb":
            return False
        return self._flags_hold(trigger, roles) and not is_purpose(self.tree, roles.host)

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
            if tree.lemma[clause] in _RELIEVING:
                continue
            for node in (clause, *tree.children(clause, "conj", "xcomp")):
                found += [node, *tree.objects(node)]
        return sorted(found)

    def _flags_hold(self, trigger: Trigger, roles: Roles) -> bool:
        flags, frame = trigger.frame.flags, trigger.frame
        if "needs-will" in flags and not _FUTURE & set(self.tree.auxiliaries(roles.host)):
            return False
        if "needs-future" in flags and not self._future_clause(trigger):
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
        else:
            nodes = list(patients(tree, trigger.at))
            if "needs-obj" not in frame.flags:
                nodes += tree.children(
                    trigger.at, "xcomp", "ccomp", "obl", "advcl", "advmod", "compound:prt", "acl"
                )
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

    def _noun_is_act(self, trigger: Trigger, roles: Roles) -> bool:
        """A noun tells an act with its light verb, or by itself when the lexicon says so."""
        tree, at = self.tree, trigger.at
        if tree.children(at, "cop"):
            return False
        if at in self.consumed or tree.label[at] in ("compound", "flat", "nmod:poss", "amod"):
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

    def _military(self, at: int) -> bool:
        """True when the clause speaks of arms, or both sides are states."""
        tree = self.tree
        first, last = tree.bounds(at)
        low, high = max(first, at - 12), min(last, at + 14)
        if any(tree.lower[i] in _MILITARY and i != at for i in range(low, high)):
            return True
        verbal = tree.pos[at] == "VERB"
        names = [*subjects(tree, at), *patients(tree, at)] if verbal else []
        return len(names) >= 2 and all(self._is_state(i) for i in names)

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

    def _consume(self, trigger: Trigger, roles: Roles) -> None:
        """The object of a verb frame is no act of its own ("cancelled talks")."""
        frame = trigger.frame
        if frame.part != "verb":
            if roles.light:
                self.consumed.add(roles.host)
            if frame.part == "adjective":
                self.consumed.update(self.tree.children(trigger.at, "xcomp", "advcl", "ccomp"))
            return
        if frame.specific:
            for node in patients(self.tree, trigger.at):
                self.consumed.update((node, *self.tree.children(node, "compound", "conj")))
        for kid in self.tree.children(trigger.at, "xcomp"):
            if self._embeds(trigger):
                self.consumed.add(kid)
                self.consumed.update(patients(self.tree, kid))
                self.consumed.update(self.tree.children(kid, "conj"))

    def _embeds(self, trigger: Trigger) -> bool:
        """True for acts whose infinitive only says what they are about ("threatened to leave")."""
        return trigger.frame.type not in ("help",)
