import pytest

from coordination.clocks import reference
from tests.cast import Cast, english
from tests.coordination.assessments.reporting import open_intake
from tests.coordination.assessments.rooming import begun, invited, outside


@pytest.fixture
def cast(db):
    """The social services of Mikkeli receive contacts and notifications; the product's own days hold."""
    cast = Cast()
    reference.load()
    open_intake(cast.social)
    cast.colleague = cast.member("Lauri", "Vastaanottaja", cast.social, job_title="sosiaalityöntekijä")
    return cast


@pytest.fixture
def assessment(cast):
    """Under way, with nobody invited yet."""
    return begun(cast.social_worker, by=cast.teacher)


@pytest.fixture
def room(assessment):
    """The same, as those call it who are in it."""
    return assessment


@pytest.fixture
def nurse(cast, room):
    """The school nurse's part."""
    return invited(room, cast.nurse)


@pytest.fixture
def youth_worker(cast, room):
    """The youth worker's part."""
    return invited(room, cast.youth_worker)


@pytest.fixture
def mother(assessment):
    """A guardian's part, who reads English."""
    return outside(assessment, "guardian", "Mari Virtanen", asked="How are evenings at home?", language="en")


@pytest.fixture
def tiina(cast):
    """The teacher's browser, in English."""
    return english(cast.teacher)


@pytest.fixture
def sanna(cast):
    """The social worker's browser, in English."""
    return english(cast.social_worker)
