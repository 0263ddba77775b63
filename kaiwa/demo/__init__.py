"""The example shop: its pictures, pages, settings and past, made by code from `demo/`."""
