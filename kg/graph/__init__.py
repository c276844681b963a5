"""From records to triples: the one place where RDF terms are made."""

from kg.graph.background import background_graphs, background_version
from kg.graph.share import Share, document_share

__all__ = ["Share", "background_graphs", "background_version", "document_share"]
