"""Questions about products, answered from records and the shop's own words only."""
