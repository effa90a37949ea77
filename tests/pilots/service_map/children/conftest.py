"""A code that works, and no wrong ones before it."""

import pytest
from django.core.cache import cache

from tests.pilots.service_map.children.asking import code, questions
from tests.pilots.service_map.surveying import group, indicator, opened


@pytest.fixture
def there(cast):
    """A code for twenty of a round with the standard questions and one in words; no network has typed a wrong one."""
    cache.clear()
    group(cast)
    indicator(cast.coordinator)
    made = opened(cast.coordinator)
    questions(made, cast.coordinator, words=True)
    return code(made, cast.coordinator)
