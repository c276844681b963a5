"""One module for each feed: which columns it has, and what its rows say in our terms."""
