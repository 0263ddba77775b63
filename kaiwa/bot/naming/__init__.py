"""Which goods a text names, and how many of them: by name, by number, by pointing."""
