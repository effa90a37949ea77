"""Naming the one adult, what is written down of the work, and how it ends."""
