"""Which options of a product a text tells: sizes, colours, contents, and the variant they pick."""
