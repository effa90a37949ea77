"""The administration in a real browser: nothing of it is refused by the content security policy."""

import pytest
from django.urls import reverse

from coordination.agencies import role_permissions
from coordination.staffing.models import Invitation
from tests.cast import Cast
from tests.coordination.staffing.pages import change, changelist

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db):
    role_permissions.apply()
    return Cast()


def test_an_administrator_walks_through_and_invites(cast, open_context):
    page = open_context(user=cast.administrator.user)
    for path in (
        reverse("admin:index"),
        *(changelist(f"coordination_{model}") for model in ("user", "agency", "membership", "municipality")),
        changelist("auditlog_logentry"),
        change(cast.mikkeli),
        change(cast.teacher.user),
        reverse("admin:coordination_invitation_add"),
    ):
        assert page.goto(path).status == 200
    page.fill("#id_email", "uusi@example.test")
    page.click("[aria-labelledby='select2-id_agency-container']")
    page.fill(".select2-search__field", "Päämaja")
    page.click(".select2-results__option:has-text('Päämajakoulu')")
    page.click("[name=_save]")
    page.wait_for_url(f"**{changelist('coordination_invitation')}")
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.agency) == ("uusi@example.test", cast.school)
