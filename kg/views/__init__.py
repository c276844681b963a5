"""Turn analysis results into things people look at: pages, pictures, exchange formats."""
