"""What a shop sells: products, variants, prices, stock, and how a shopper finds them."""
