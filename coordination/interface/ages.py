"""For whom something is, by age."""

from django.utils.translation import gettext as _


def ages_in_words(youngest, oldest):
    """Ages in full years, each None where there is no limit: "16–29 years", or "all ages"."""
    if youngest is None and oldest is None:
        return _("all ages")
    if oldest is None:
        return _("from %(age)d years") % {"age": youngest}
    if youngest is None:
        return _("up to %(age)d years") % {"age": oldest}
    return _("%(youngest)d–%(oldest)d years") % {"youngest": youngest, "oldest": oldest}
