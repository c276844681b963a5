"""From triggers to drafts: which frames hold, and who stands on which side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.events.binding import addressee, on_condition
from kg.extraction.events.clauses import agents, governing_verb, patients
from kg.extraction.events.conditions import Conditions
from kg.extraction.events.drafts import Draft
from kg.extraction.events.guesses import Guesses
from kg.extraction.events.roles import Roles
from kg.extraction.events.sides import Side, SideFinder, merge
from kg.extraction.events.triggers import Trigger, act_type, find_triggers
from kg.extraction.events.whereabouts import Whereabouts
from kg.extraction.events.words import DEED_NOUNS, MEASURE_NOUNS, words

if TYPE_CHECKING:
    from kg.extraction.events.memory import Memory
    from kg.extraction.events.tree import Tree
    from kg.extraction.frames import Frame, Lexicon

__all__ = ["Finder"]


_MATERIAL = words("sanction concede retreat assault coerce mobilize threaten")
_KEPT = _MATERIAL | {"request", "agree"}
_TARGETED = words("accuse reject threaten sanction support concede request protest coerce")
_AT_HOME = words("request accuse support consult")
_ALIKE = words("coerce sanction protest")
_ANSWERING = frozenset(("sanction", "threaten", "reject", "concede"))

_ADDRESSED = words("accuse request threaten support agree reject protest")

_MUTUAL = words("with between obj-with obj-between obj-person obj subj-with alongside among")

_DEEDS = DEED_NOUNS | MEASURE_NOUNS | words("it this that")
_REFUSING = words(
    "reject dismiss deny rebuff refute rebut counter ignore accept welcome condemn denounce "
    "resist oppose defy answer"
)


class Finder:
    """Finds the acts that frames describe, sentence by sentence."""

    def __init__(self, tree: Tree, sides: SideFinder, memory: Memory, lexicon: Lexicon) -> None:
        self.tree, self.sides, self.memory, self.lexicon = tree, sides, memory, lexicon
        self.consumed: set[int] = set()
        self._at_home = False
        self.conditions = Conditions(tree, sides, lexicon)
        self.whereabouts = Whereabouts(tree, sides) if tree.annotated.generic else None

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
        if not self.conditions.hold(trigger, roles, self.consumed):
            return None
        self._at_home = False
        actor, recipient, joint = self._sides(trigger, roles, number)
        if self._at_home and not recipient and self.memory.types[frame.type].top in _AT_HOME:
            self._consume(trigger, roles)
            return None
        if not self._complete(frame, actor, recipient, roles):
            self._remember(trigger, roles, number, actor)
            return None
        self._consume(trigger, roles)
        return Draft(
            type=act_type(self.tree, trigger, joint),
            rule=frame.name,
            trigger=trigger.tokens,
            host=roles.host,
            sentence=number,
            actor=actor,
            recipient=recipient,
            joint=joint,
            window=recipient.how == "window",
            refusal="needs-negation" in frame.flags,
        )

    def _sides(self, trigger: Trigger, roles: Roles, number: int) -> tuple[Side, Side, bool]:
        """Actor, recipient, and whether they are one group: slots first, then guesses."""
        frame, joint, recipient = trigger.frame, False, Side()
        actor = self._actor(trigger, roles, number)
        if "reciprocal" in frame.flags:
            actor, recipient, joint = self._reciprocal(roles, frame, actor)
        if joint:
            return actor, recipient, True
        given = recipient or roles.fill(frame.recipient, actor)
        recipient = self._others(actor, given)
        self._at_home = bool(given and not recipient)
        recipient = self._relieved(frame, actor, recipient, number)
        recipient = recipient or self._implied(trigger, actor, number)
        if not recipient and self._between_them(frame, actor):
            return actor, actor, True
        top = self.memory.types[frame.type].top
        if not recipient and frame.part == "noun" and actor and top in _TARGETED:
            recipient = self._others(actor, self._against(trigger))
        if not recipient and self.whereabouts is not None:
            recipient = self.whereabouts.target(trigger, roles.host, actor, top)
        return actor, recipient, False

    def _actor(self, trigger: Trigger, roles: Roles, number: int) -> Side:
        """Who acts: by the frame's slots, else whoever is left in the place of a subject."""
        frame = trigger.frame
        actor = roles.fill(frame.actor)
        if frame.part == "noun" and roles.light and "of" in frame.actor:
            actor = merge([actor, roles.fill(("of",))])  # "Trump announced the withdrawal of"
        if not actor and frame.part == "verb" and "subj" in frame.actor:
            guess = Guesses(self.tree, self.sides, trigger).before()
            actor = guess or self._unnamed(frame, roles, number)
            if not actor and self.whereabouts is not None:
                top = self.memory.types[frame.type].top
                actor = self.whereabouts.author(trigger, roles.host, top)
        return actor

    def _implied(self, trigger: Trigger, actor: Side, number: int) -> Side:
        """A target that no slot names: an addressee, who could avert it, who is near or at odds."""
        found = self._addressed(trigger, actor) or self._averting(trigger, actor)
        recipient = self._others(actor, found) if actor else Side()
        if not recipient and self.memory.types[trigger.frame.type].top in _TARGETED:
            found = self._guess(trigger, actor) or self._opponent(trigger, actor, number)
            recipient = self._others(actor, found)
        return recipient

    def _addressed(self, trigger: Trigger, actor: Side) -> Side:
        """To whom it is written or said: "in a letter to France he demanded"."""
        if self.memory.types[trigger.frame.type].top not in _ADDRESSED:
            return Side()
        return addressee(self.tree, self.sides, trigger.at, actor)

    def _averting(self, trigger: Trigger, actor: Side) -> Side:
        """Who could avert it: "suspends the talks until Russia leaves"."""
        if self.memory.types[trigger.frame.type].top not in ("sanction", "threaten"):
            return Side()
        return on_condition(self.tree, self.sides, trigger.at, actor)

    def _relieved(self, frame: Frame, actor: Side, recipient: Side, number: int) -> Side:
        """For concessions, whom the measures hit that are lifted, rather than who laid them on."""
        vague = not recipient or recipient.how == "anaphora"
        if self.memory.types[frame.type].top != "concede" or not vague:
            return recipient
        return self.memory.relieved(actor, number) or recipient

    def _between_them(self, frame: Frame, actor: Side) -> bool:
        """True for promises that several parties make to one another."""
        if self.memory.types[frame.type].top != "agree":
            return False
        polities = {self.sides.cast.polity(x) or x for x in actor.ids}
        return 2 <= len(polities) <= 3

    def _unnamed(self, frame: Frame, roles: Roles, number: int) -> Side:
        """The agent that a passive leaves out: whoever did the same before."""
        top = self.memory.types[frame.type].top
        if not self.tree.is_passive(roles.host):
            return Side()
        if top in ("sanction", "concede"):  # "US sanctions on Iran were lifted"
            owner = merge([self.sides.holder(p) for p in patients(self.tree, roles.host)])
            if owner:
                return owner
        if top not in ("sanction", "assault", "threaten"):
            return Side()
        recipient = roles.fill(frame.recipient)
        return self.memory.author(top, recipient, number) if recipient else Side()

    def _guess(self, trigger: Trigger, actor: Side) -> Side:
        """Whoever stands near, for acts that always have a target."""
        guesses, allied = Guesses(self.tree, self.sides, trigger), self.sides.cast.allied
        asked = self.memory.types[trigger.frame.type].top == "request"
        found = Side() if asked else guesses.nearby(actor, allied)
        return found or (guesses.after(actor, allied) if trigger.frame.part == "verb" else Side())

    def _against(self, trigger: Trigger) -> Side:
        """Whose act it was directed at: "despite opposition from Turkey, Trump authorised arms"."""
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
        if actor and top in _KEPT and trigger.frame.part == "verb":
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

    def _opponent(self, trigger: Trigger, actor: Side, number: int) -> Side:
        """For hostile acts without an object: whoever the actor is at odds with."""
        frame = trigger.frame
        if frame.part == "noun" or self.memory.home & {*patients(self.tree, trigger.at)}:
            return Side()
        top = self.memory.types[frame.type].top
        if top == "request":
            return self.memory.partner(actor, number)
        same = top in _ALIKE and frame.type != "retaliate"
        if same and (side := self.memory.parallel(frame.type, actor, number)):
            return side
        if top in _ANSWERING:
            found = self.memory.opponent(actor, number, asked=top == "reject")
            return found or self.memory.counterpart(actor)
        if top == "accuse" and self._without_object(trigger):
            return self.memory.culprit(actor, number) or self.memory.counterpart(actor)
        return Side()

    def _without_object(self, trigger: Trigger) -> bool:
        """True for "Warsaw was furious", "warned of a spiral", "condemned an act of war"."""
        if trigger.frame.part == "adjective":
            return not self.tree.children(trigger.at, "obl", "xcomp", "ccomp", "advcl")
        objects = patients(self.tree, trigger.at)
        return all(self.tree.lower[o] in _DEEDS for o in objects)

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
