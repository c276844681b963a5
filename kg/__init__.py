"""transatlantic-kg: who confronts whom, speaking for whom, over what, and which sentence says so."""

__version__ = "0.1.0"
