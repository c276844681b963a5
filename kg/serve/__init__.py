"""``kg serve``: a local web app and SPARQL 1.1 endpoint over one store.

The process that answers requests never touches the store. Child processes do, each with a limit in
time and memory, so that no query and no analysis can hold a page up, and any of them can be killed.
"""

from kg.serve.settings import Settings

__all__ = ["Settings"]
