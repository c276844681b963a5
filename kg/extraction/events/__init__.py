"""From a parsed text that knows its actors to the acts it tells."""
