import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coordination.agencies import role_permissions
from tests.cast import Cast
from tests.coordination.interface.hostile_files import workbook

HEAD = ["First name", "Last name", "E-mail", "Job title", "Role", "Language", "Date of training"]


@pytest.fixture
def cast(db):
    role_permissions.apply()
    return Cast()


def sheet(*rows, head=HEAD, name="people.xlsx"):
    """An uploaded file of these rows."""
    return SimpleUploadedFile(name, workbook([head, *rows]))


def people(number):
    """A file of so many people."""
    return sheet(*[["Uuno", "Uusi", f"uuno{n}@example.test", "opettaja"] for n in range(number)])
