"""Acts in columns: what every measure over many events reads.

``Acts`` holds the acts of a store as four plain tables; ``ties`` rolls them up to pairs of persons,
polities, blocs or two chosen sides. The tables are derived: from documents by ``acts_of``.
"""

from kg.analysis.acts.table import ACTS, FACES, TELLINGS, Acts, acts_of
from kg.analysis.acts.ties import TIES, ties, within

__all__ = ["ACTS", "FACES", "TELLINGS", "TIES", "Acts", "acts_of", "ties", "within"]
