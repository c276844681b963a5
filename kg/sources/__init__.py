"""What is to be read: files, folders, patterns, pages and standard input, as raw items.

This room knows where bytes come from and what kind of thing they are. It parses no language and
opens no format.

    for found in collect(["notes", "more/*.md"], base=Path.cwd()):
        if isinstance(found, SourceProblem): ...   # say so, go on, exit with 1 at the end
        else: ...                                  # a RawItem
"""

from __future__ import annotations

from kg.sources.collecting import MAX_BYTES, collect, named_files
from kg.sources.items import RawItem, SourceProblem
from kg.sources.media import is_web_address, known_suffixes, looks_binary, media_type_of

__all__ = [
    "MAX_BYTES",
    "RawItem",
    "SourceProblem",
    "collect",
    "is_web_address",
    "known_suffixes",
    "looks_binary",
    "media_type_of",
    "named_files",
]
