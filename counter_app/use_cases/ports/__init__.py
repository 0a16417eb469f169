"""What the use cases need of the world, as Protocols; adapters implement them, `bootstrap` binds them."""
