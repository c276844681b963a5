"""transatlantic-kg: who confronts whom, speaking for whom, over what; and which sentence says so.

``kg.workspace`` is the front door; DESIGN in docs/design explains the rooms.
"""

__version__ = "0.1.0"
