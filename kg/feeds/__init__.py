"""Machine-coded event feeds: files of rows become rows of one shape, whatever coded them.

for file in feed_files(Path("20250221.export.CSV.zip")):
    tally = Tally()
    for batch in file.batches(load_world(), tally):  # frames of the schema CODED
        ...
    assert tally.balanced
"""

from kg.feeds.coded import CODED, Feed
from kg.feeds.filters import Wanted
from kg.feeds.kinds.mapped import Mapped, read_mapping
from kg.feeds.layouts import KINDS
from kg.feeds.links import Links
from kg.feeds.reading import FeedFile, feed_files, feed_parts, in_order
from kg.feeds.tally import Reject, Tally, reject_writer

__all__ = [
    "CODED",
    "KINDS",
    "Feed",
    "FeedFile",
    "Links",
    "Mapped",
    "Reject",
    "Tally",
    "Wanted",
    "feed_files",
    "feed_parts",
    "in_order",
    "read_mapping",
    "reject_writer",
]
