"""What the pages about actions show, and the rows of their downloads. Made from rows only."""
