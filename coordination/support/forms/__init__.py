"""Forms of the one adult's support."""
