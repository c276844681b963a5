"""Machine-coded event feeds: files of rows become rows of one shape, whatever coded them."""
