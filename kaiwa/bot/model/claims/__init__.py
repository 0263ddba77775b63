"""What a text claims: every number, price, date, link, name and deed in it that could be untrue."""
