"""Acts and sides as annotated passages teach them: evidence beside the frames of the lexicon."""

from kg.extraction.learned.acts import LearnedActs
from kg.extraction.learned.models import load_models

__all__ = ["LearnedActs", "load_models"]
