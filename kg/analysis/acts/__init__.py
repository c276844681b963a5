"""Acts in columns: what every measure over many events reads.

``Acts`` holds the acts of a store as four plain tables; ``ties`` rolls them up to pairs of persons,
polities, blocs or two chosen sides. ``acts`` reads them from a store, with or without something.
"""

from kg.analysis.acts.reading import acts
from kg.analysis.acts.table import ACTS, FACES, TELLINGS, Acts, acts_of
from kg.analysis.acts.ties import TIES, ties, tying, within
from kg.analysis.events import Stored, labels
from kg.analysis.without import Without

__all__ = [
    "ACTS",
    "FACES",
    "TELLINGS",
    "TIES",
    "Acts",
    "Stored",
    "Without",
    "acts",
    "acts_of",
    "labels",
    "ties",
    "tying",
    "within",
]
