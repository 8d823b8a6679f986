"""Finding records of the library: by meaning where the search service answers, else by words."""
