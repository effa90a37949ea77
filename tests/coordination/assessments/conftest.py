import pytest

from coordination.clocks import reference
from tests.cast import Cast
from tests.coordination.assessments.reporting import open_intake


@pytest.fixture
def cast(db):
    """The social services of Mikkeli receive contacts and notifications; the product's own days hold."""
    cast = Cast()
    reference.load()
    open_intake(cast.social)
    cast.colleague = cast.member("Lauri", "Vastaanottaja", cast.social, job_title="sosiaalityöntekijä")
    return cast
