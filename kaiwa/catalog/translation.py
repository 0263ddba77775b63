"""A product in another language: its words, while prices and stock stay the product's own."""

import msgspec

from kaiwa.catalog.product import Product
from kaiwa.catalog.variant import Variant
from kaiwa.vocabulary.language import Language


def in_language(product: Product, language: Language | None) -> Product:
    """The product as a shopper of this language reads it; what is not translated stays."""
    told = None if language is None else product.translations.get(language)
    if told is None:
        return product
    return msgspec.structs.replace(
        product,
        title=told.title or product.title,
        body=told.body or product.body,
        category=told.category or product.category,
        tags=told.tags or product.tags,
        attributes=told.attributes or product.attributes,
        language=language,
    )


def options_in(product: Product, variant: Variant, language: Language | None) -> dict[str, str]:
    """The variant's options in this language, names and values."""
    told = None if language is None else product.translations.get(language)
    words = told.options if told else {}
    return {words.get(name, name): words.get(v, v) for name, v in variant.options.items()}
