"""The doors: HTTP and WebSocket. The only floor that knows Litestar."""
