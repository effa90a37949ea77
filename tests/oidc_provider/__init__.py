"""A town's sign-in to test against: a real OpenID Connect provider (django-oauth-toolkit), in a process of its own."""
