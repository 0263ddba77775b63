"""What is bought: carts, coupons, checkout, orders, payments, shipments and returns."""
