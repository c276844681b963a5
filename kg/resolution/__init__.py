"""From what a document says to who that is: linked actors, capacities, event identity."""

from kg.resolution.link import link
from kg.resolution.linked import Capacity, LinkedActor, LinkedEvent, LinkedReading, Side

__all__ = ["Capacity", "LinkedActor", "LinkedEvent", "LinkedReading", "Side", "link"]
