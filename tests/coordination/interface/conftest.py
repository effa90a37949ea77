import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def read_in_english():
    """These tests read the sentences as they stand in the code."""
    with translation.override("en"):
        yield
