"""The reader: what stands in a text by its form alone, with where it stands."""
