"""A catalogue that answers over real HTTP, and is allowed to be asked."""

import pytest

from tests.coordination.services.catalogue.serving import catalogue


@pytest.fixture
def served(settings):
    with catalogue() as found:
        settings.CATALOGUE_HOSTS = [found.host]
        yield found
