"""Who is who: persons, polities, offices and tenures, event types and issues, as typed records."""
