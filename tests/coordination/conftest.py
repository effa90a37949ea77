import pytest
from django.utils import translation


@pytest.fixture
def english():
    """Texts as they stand in the code."""
    with translation.override("en"):
        yield
