"""The example shop's own pages: plain files, made from the catalog, each in both languages."""
