"""Reads of the directory."""

from coordination.services.queries.offered import needs_in_use, offered, unmet_in

__all__ = ["needs_in_use", "offered", "unmet_in"]
