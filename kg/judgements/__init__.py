"""What people decide about the graph: an append-only log that every reading applies again."""

from kg.judgements.log import Log, Signature, append, read_log
from kg.judgements.records import Decisions, Judgement, Verdict

__all__ = ["Decisions", "Judgement", "Log", "Signature", "Verdict", "append", "read_log"]
