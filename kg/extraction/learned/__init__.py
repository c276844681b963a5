"""Acts and sides as annotated passages teach them: evidence beside the frames of the lexicon."""

from kg.extraction.learned.acts import LearnedActs
from kg.extraction.learned.ledger import Ledger
from kg.extraction.learned.models import Models, load_models
from kg.extraction.learned.reranking import rerank, stretches

__all__ = ["LearnedActs", "Ledger", "Models", "load_models", "rerank", "stretches"]
