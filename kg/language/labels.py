"""One set of labels for all pipelines: Universal Dependencies, slightly reduced.

The built-in model speaks Universal Dependencies v2 (de Marneffe et al. 2021, Computational
Linguistics 47(2)). spaCy's own English pipelines (en_core_web_*) speak ClearNLP's scheme
(Choi and Palmer 2012, "Guidelines for the CLEAR Style Constituent to Dependency
Conversion"). The rules of the project are written once, for the labels in `KEPT`; this module
is the only place that knows the other names.

The two schemes also differ in shape: "met in Paris" is met -obl-> Paris -case-> in for the
one and met -prep-> in -pobj-> Paris for the other. `edges` turns the second shape into the
first. Copulas are left as they are: in ClearNLP "is" stays the head of "She is minister".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.language.columns import heads, strings

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["KEPT", "Edge", "coarse_pos", "edges", "is_clearnlp", "normalise_dep"]

_KEPT = (
    "acl acl:relcl advcl advmod amod appos aux aux:pass case cc ccomp compound compound:prt conj"
    " cop csubj csubj:pass dep det discourse expl fixed flat iobj mark neg nmod nmod:poss nsubj"
    " nsubj:pass nummod obj obl obl:agent parataxis punct root vocative xcomp"
)
KEPT = frozenset(_KEPT.split())
"""The labels `normalise_dep` returns."""

_UD = {
    "dislocated": "dep",
    "goeswith": "flat",
    "list": "parataxis",
    "orphan": "dep",
    "reparandum": "dep",
}
_CLEARNLP = {
    "ROOT": "root",
    "acomp": "xcomp",
    "agent": "case",
    "attr": "xcomp",
    "auxpass": "aux:pass",
    "csubjpass": "csubj:pass",
    "dative": "iobj",
    "dobj": "obj",
    "intj": "discourse",
    "meta": "parataxis",
    "nn": "compound",
    "nounmod": "nmod",
    "npadvmod": "obl",
    "npmod": "obl",
    "nsubjpass": "nsubj:pass",
    "num": "nummod",
    "number": "nummod",
    "oprd": "xcomp",
    "pcomp": "advcl",
    "pobj": "obl",
    "poss": "nmod:poss",
    "possessive": "case",
    "preconj": "cc",
    "predet": "det",
    "prep": "case",
    "prt": "compound:prt",
    "quantmod": "advmod",
    "relcl": "acl:relcl",
}
_ONLY_CLEARNLP = frozenset(_CLEARNLP) - {"ROOT"}
_PARTICLES = frozenset({"not", "n't", "n’t", "never"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_PREPOSITIONS = frozenset({"prep", "agent", "dative"})


class Edge(NamedTuple):
    """One dependency of a sentence.

    Attributes:
        head: index of the governing token in the document; a root governs itself.
        label: one of `KEPT`.
    """

    head: int
    label: str


def normalise_dep(dep: str) -> str:
    """Map a dependency label of either scheme to the normalised set.

    Subtypes outside the set fall back to their base, unknown labels to "dep".

    >>> normalise_dep("nsubjpass"), normalise_dep("nsubj:outer"), normalise_dep("obj")
    ('nsubj:pass', 'nsubj', 'obj')
    """
    if dep in KEPT:
        return dep
    base = dep.partition(":")[0]
    label = _CLEARNLP.get(dep) or _UD.get(base, base)
    return label if label in KEPT else "dep"


def is_clearnlp(doc: Doc) -> bool:
    """Whether a parsed document carries labels that only the ClearNLP scheme has."""
    return not _ONLY_CLEARNLP.isdisjoint(strings(doc, "DEP")[0])


def edges(doc: Doc) -> list[Edge]:
    """The normalised dependency of every token of a parsed document, in token order.

    Negation particles are "neg" in both schemes. In ClearNLP parses a prepositional object
    takes the place of its preposition, which becomes its "case".
    """
    deps, lower = strings(doc, "DEP", "LOWER")
    labels = {dep: normalise_dep(dep) for dep in set(deps)}
    found = [
        Edge(head, "neg" if word in _PARTICLES and labels[dep] == "advmod" else labels[dep])
        for head, dep, word in zip(heads(doc), deps, lower, strict=True)
    ]
    if not _ONLY_CLEARNLP.isdisjoint(labels):
        _contract_prepositions(doc, found)
    return found


def coarse_pos(pos: str, tag: str = "") -> str:
    """Map a part of speech to the universal set, with "AUX" for all auxiliaries and modals.

    Pipelines without a universal layer leave `pos` empty; the Penn Treebank tag then decides.

    >>> coarse_pos("", "NNPS"), coarse_pos("VERB", "MD"), coarse_pos("NOUN", "NN")
    ('PROPN', 'AUX', 'NOUN')
    """
    if tag == "MD":
        return "AUX"
    return pos or _PENN.get(tag, _PENN.get(tag[:2], "X"))


def _contract_prepositions(doc: Doc, found: list[Edge]) -> None:
    for token in doc:
        preposition = token.head
        if token.dep_ not in ("pobj", "pcomp") or preposition.dep_ not in _PREPOSITIONS:
            continue
        host = preposition.head
        while host.dep_ in _PREPOSITIONS and host.head.i != host.i:
            host = host.head  # "out of Paris": both prepositions belong to Paris
        found[token.i] = Edge(host.i, _oblique(token.dep_, preposition.dep_, host.pos_))
        found[preposition.i] = Edge(token.i, "mark" if token.dep_ == "pcomp" else "case")


def _oblique(dep: str, preposition: str, host_pos: str) -> str:
    if dep == "pcomp":
        return "acl" if host_pos in _NOMINAL else "advcl"
    if preposition == "agent":
        return "obl:agent"
    if preposition == "dative":
        return "iobj"
    return "nmod" if host_pos in _NOMINAL else "obl"


_PENN = {
    "CC": "CCONJ",
    "CD": "NUM",
    "DT": "DET",
    "EX": "PRON",
    "IN": "ADP",
    "JJ": "ADJ",
    "MD": "AUX",
    "NN": "NOUN",
    "NNP": "PROPN",
    "NNPS": "PROPN",
    "PD": "DET",
    "PO": "PART",
    "PR": "PRON",
    "RB": "ADV",
    "RP": "ADP",
    "TO": "PART",
    "UH": "INTJ",
    "VB": "VERB",
    "WD": "PRON",
    "WP": "PRON",
    "WR": "ADV",
}
