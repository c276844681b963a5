"""The command line: a person's request, turned into one library call and printed.

Commands live in modules of their own that are imported only when used, so that ``kg --help``
answers at once.
"""

from kg.cli.main import main

__all__ = ["main"]
