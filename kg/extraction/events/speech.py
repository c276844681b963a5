"""Who says it (reporting verbs, quotations, turns), and acts done by judging or demanding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.events.binding import before_colon
from kg.extraction.events.clauses import agents, patients
from kg.extraction.events.clauses import subjects as subjects_of
from kg.extraction.events.drafts import Draft
from kg.extraction.events.sides import Side, merge
from kg.extraction.events.triggers import holds_any
from kg.extraction.events.words import SAY, words

if TYPE_CHECKING:
    from kg.extraction.events.memory import Memory
    from kg.extraction.events.sides import SideFinder
    from kg.extraction.events.tree import Tree
    from kg.extraction.frames import Lexicon

__all__ = ["Speech"]

_QUOTES = frozenset(('"', "“", "”", "''", "``"))
_MUST = frozenset(("must", "should", "need", "needs", "ought"))
_DISPUTING = frozenset(("reject", "deny", "dismiss", "dispute", "refute", "doubt"))
_DOING = words("show commit make do display spread tell wage play")
_LEAVING = words("go resign leave quit step withdraw stop end cease apologise apologize")
_GRANTING = words("give allow grant offer invite admit help support protect defend spare")
_TURNING = words("refer ask respond reply react allude point comment speak talk turn address")
_CLOSED = (
    "not for sale",
    "not negotiable",
    "non-negotiable",
    "out of the question",
    "off the table",
    "off limits",
    "not on the table",
    "not up for debate",
    "not up for negotiation",
    "not an option",
)
_REFERRING = words("it this that they these which what such")


class Speech:
    """Speakers of a document's sentences and the acts their words amount to."""

    def __init__(self, tree: Tree, sides: SideFinder, memory: Memory, lexicon: Lexicon) -> None:
        self.tree, self.sides, self.memory, self.lexicon = tree, sides, memory, lexicon
        self.quoted = self._quoted_tokens()
        self.last_speaker: Side = Side()
        self.last_sentence = -9

    def _quoted_tokens(self) -> set[int]:
        """Tokens between quotation marks."""
        found: set[int] = set()
        for sentence in self.tree.annotated.sentences:
            inside = sentence.quoted
            for i in range(sentence.first, sentence.last):
                if self.tree.lower[i] in _QUOTES:
                    inside = not inside
                elif inside:
                    found.add(i)
        return found

    # ------------------------------------------------------------------ speakers

    def speaker(self, i: int) -> Side:
        """Who says the words at token ``i``: reporting verb above, quotation, turn."""
        tree = self.tree
        for node in (i, *tree.ancestors(i)):
            above = tree.head[node]
            if (
                above != node
                and tree.lemma[above] in SAY
                and tree.label[node] in ("ccomp", "parataxis", "xcomp")
            ):
                side = self._sayer(above)
                if side:
                    return side
            for kid in tree.children(node, "parataxis"):
                if tree.lemma[kid] in SAY and kid != i and not self._contains(kid, i):
                    side = self._sayer(kid)
                    if side:
                        return side
        return self._quotation(i) or self._turn(i)

    def _contains(self, node: int, i: int) -> bool:
        return node == i or node in tuple(self.tree.ancestors(i))

    def _sayer(self, verb: int) -> Side:
        return merge([self.sides.group(a, agent=True) for a in agents(self.tree, verb)])

    def _quotation(self, i: int) -> Side:
        if i not in self.quoted:
            return Side()
        first, last = self.tree.bounds(i)
        said = False
        for v in range(first, last):
            if self.tree.lemma[v] in SAY and v not in self.quoted and self.tree.is_verb(v):
                said = True
                side = self._sayer(v)
                if side:
                    return side
        if said:
            return Side()
        named = before_colon(self.tree, self.sides, i, self.quoted)
        if named:
            return named
        number = self.tree.sentence[i]
        return self.last_speaker if number - self.last_sentence <= 2 else Side()

    def _turn(self, i: int) -> Side:
        number = self.tree.sentence[i]
        if number < 0:
            return Side()
        ids = self.tree.annotated.sentences[number].speaker
        return Side(self.sides.cast.behind(ids), 0.9, "name", ())

    def note(self, number: int) -> None:
        """Remember who is quoted in a sentence, for quotations that run on."""
        sentence = self.tree.annotated.sentences[number]
        for v in range(sentence.first, sentence.last):
            if self.tree.lemma[v] in SAY and v not in self.quoted and self.tree.is_verb(v):
                side = self._sayer(v)
                if side:
                    self.last_speaker, self.last_sentence = side, number
                    self.memory.speakers.append((number, side))
                    return

    # ------------------------------------------------------------------ acts of speech

    def acts(self, number: int, taken: set[int]) -> list[Draft]:
        """Judgements and demands that a named speaker utters in a sentence."""
        sentence = self.tree.annotated.sentences[number]
        found: list[Draft] = []
        for i in range(sentence.first, sentence.last):
            if i in taken:
                continue
            draft = self._judgement(i, number) or self._closed(i, number)
            draft = draft or self._must(i, number) or self._bad_act(i, number)
            if draft is not None and not any(
                d.type == draft.type and d.recipient.ids == draft.recipient.ids for d in found
            ):
                found.append(draft)
        return found

    def _judgement(self, i: int, number: int) -> Draft | None:
        """A verdict by somebody named: "It is absurd", "X's decision was a mistake"."""
        tree = self.tree
        judgement = self._verdict(i) if tree.children(i, "cop") else ""
        if not judgement:
            return None
        if tree.negated(i) and "not" not in " ".join(tree.lower[max(0, i - 1) : i + 1]):
            return None
        speaker = self.speaker(i)
        if not speaker or self._disputed(i):
            return None
        subjects = tree.own_subjects(i) or tree.children(i, "expl")
        target = self._target(subjects, speaker, number)
        if not target:
            return None
        negated = tree.negated(i)
        if negated and judgement == "negative":
            return None
        kind = "praise" if judgement == "positive" and not negated else "criticise"
        draft = Draft(kind, f"speech.{judgement}", (i,), i, number, speaker, target)
        draft.refusal = negated
        return draft

    def _closed(self, i: int, number: int) -> Draft | None:
        """A refusal: "insists that Greenland is not for sale", to whoever asked or threatened."""
        tree = self.tree
        if not tree.children(i, "cop"):
            return None
        _, last = tree.bounds(i)
        phrase = f" {' '.join(tree.lower[max(i - 3, 0) : min(i + 9, last)])} "
        if not any(f" {words} " in phrase for words in _CLOSED):
            return None
        speaker = self.speaker(i)
        if not speaker:
            return None
        target = self.memory.opponent(speaker, number, asked=True)
        target = target or self.memory.counterpart(speaker)
        if not target:
            return None
        return Draft("rule-out", "speech.closed", (i,), i, number, speaker, target, refusal=True)

    def _disputed(self, i: int) -> bool:
        """True below a verb that rejects what is judged ("rejects the idea that …")."""
        return any(self.tree.lemma[n] in _DISPUTING for n in self.tree.ancestors(i))

    def _verdict(self, i: int) -> str:
        attributes = self.tree.children(i, "amod", "compound", "advmod", "nmod")
        scope = sorted(
            {i, *attributes, *(j for a in attributes for j in self.tree.children(a, "amod"))}
        )
        negated = {f"not {self.tree.lower[i]}"} & self.lexicon.judgements["negative"]
        if negated and self.tree.negated(i):
            return "positive"
        if self.tree.lower[i] == "blame":  # "he is to blame"
            return "negative"
        for name in ("negative", "positive"):
            if holds_any(self.tree, scope, self.lexicon.judgements[name]) is not None:
                return name
        return ""

    def _target(self, subjects: list[int], speaker: Side, number: int) -> Side:
        found = merge([self.sides.group(s, agent=False) for s in subjects])
        rest = tuple(x for x in found.ids if x not in speaker.ids)
        if rest:
            return Side(rest, found.confidence, found.how, found.tokens)
        for s in subjects:
            side = self.memory.refers(s, speaker, number)
            if side:
                return side
        if any(self.tree.lower[s] in _REFERRING for s in subjects):
            return self._said_of(subjects[0], speaker) or self._topic(subjects[0], speaker)
        return Side()

    def _said_of(self, i: int, speaker: Side) -> Side:
        """Whom a saying is about: "said of the American plan", "asked about", "referring to"."""
        tree = self.tree
        for verb in tree.ancestors(i):
            if tree.lemma[verb] not in SAY:
                continue
            about = [k for k in tree.children(verb, "obl") if {"of", "about"} & tree.cases(k)]
            for clause in tree.children(verb, "advcl", "acl"):
                if tree.lemma[clause] in _TURNING:
                    about += tree.children(clause, "obl", "obj")
            side = merge([self.sides.group(k, agent=False) for k in about])
            if side and not set(side.ids) & set(speaker.ids):
                return Side(side.ids, 0.8 * side.confidence, side.how, side.tokens)
        return Side()

    def _topic(self, i: int, speaker: Side) -> Side:
        """The actor the sentence before was about, for "it is terrible"."""
        number = self.tree.sentence[i]
        if number < 1:
            return Side()
        first = self.tree.annotated.sentences[number - 1].first
        for j in range(first, i):
            side = self.sides.named(j) if j in self.tree.annotated.nominal else Side()
            if side and not self.sides.cast.allied(set(side.ids), set(speaker.ids)):
                return Side(side.ids, 0.5, "anaphora", ())
        return Side()

    def _must(self, i: int, number: int) -> Draft | None:
        """A call on whoever is to act: "said that Europe must spend more"."""
        tree = self.tree
        if not tree.is_verb(i) or not _MUST & {tree.lower[k] for k in tree.children(i, "aux")}:
            return None
        speaker = self.speaker(i)
        subjects = tree.own_subjects(i) or subjects_of(tree, i)
        target = merge([self.sides.group(s, agent=False) for s in subjects])
        if not speaker or not target or self.sides.cast.allied(set(target.ids), set(speaker.ids)):
            return None
        if tree.negated(i):
            return None
        if tree.is_passive(i) and tree.lemma[i] in _GRANTING:
            return Draft("back", "speech.should", (i,), i, number, speaker, target)
        kind = "demand" if tree.lemma[i] in _LEAVING else "urge"
        return Draft(kind, "speech.must", (i,), i, number, speaker, target)

    def _is_bad(self, i: int) -> bool:
        """A bad verb, or an ordinary one with a bad object ("show disrespect")."""
        judgements = self.lexicon.judgements
        if holds_any(self.tree, [i], judgements["bad-acts"]) is not None:
            return True
        objects = self.tree.children(i, "obj", "xcomp")
        phrases = {f"{self.tree.lemma[i]} {self.tree.lower[o]}" for o in objects}
        manners = {
            f"{self.tree.lemma[i]} {self.tree.lower[k]}" for k in self.tree.children(i, "advmod")
        }
        if (phrases | manners) & judgements["bad-acts"]:
            return True
        if self.tree.lemma[i] not in _DOING:
            return False
        return holds_any(self.tree, objects, judgements["negative"]) is not None

    def _bad_act(self, i: int, number: int) -> Draft | None:
        """An accusation by the speaker: "said that Germany had broken its word"."""
        tree = self.tree
        if tree.pos[i] != "VERB" or not self._is_bad(i):
            return None
        if tree.negated(i) or tree.label[i] not in ("ccomp", "ROOT", "root", "conj", "parataxis"):
            return None
        speaker = self.speaker(i)
        doers = patients(tree, i) if tree.is_passive(i) else tree.own_subjects(i)
        target = merge([self.sides.group(s, agent=False) for s in doers])
        if tree.is_passive(i):
            target = merge([self.sides.group(a, agent=True) for a in agents(tree, i)])
        if not speaker or not target or set(target.ids) & set(speaker.ids):
            return None
        return Draft("accuse", "speech.bad-act", (i,), i, number, speaker, target)
