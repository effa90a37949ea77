"""Reads of the one adult's support."""
