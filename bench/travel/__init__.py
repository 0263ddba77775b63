"""What travel talks need beyond the product: names of places, slots, and a learned tracker."""
