"""Somebody's browser on the pages of a pilot."""

from django.urls import reverse

from tests.cast import sign_in
from tests.forms.page_forms import form_to


def day(name, value):
    """A day in the three boxes of this field."""
    return {f"{name}_{part}": str(getattr(value, part)) for part in ("day", "month", "year")}


def address(name, pilot, *more):
    """The address of a page about this pilot."""
    return reverse(f"registry:{name}", args=[pilot.public_id, *more])


def is_refused(answer, words):
    """Whether the page came back with its error summary, in which this is said."""
    said = answer.content.decode()
    return answer.status_code == 200 and "govuk-error-summary" in said and words.replace("'", "&#x27;") in said


class Browser:
    """A browser in English in which this member is signed in."""

    def __init__(self, client, member, language="en"):
        self.client = sign_in(client, member)
        client.post("/language/", {"language": language})

    def status(self, path):
        """What this address answers."""
        return self.client.get(path).status_code

    def form(self, path):
        """What the form of this page would send as it is."""
        return form_to(self.client.get(path), path, path).data()

    def send(self, path, **typed):
        """Open the page, type into its form, and send it."""
        return self.client.post(path, self.form(path) | typed)

    def text(self, path):
        """What this page says."""
        return self.client.get(path, follow=True).content.decode()
