"""What a browser says of itself, as far as its user would recognise it."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# In this order: most browsers call themselves by several of these names.
_BROWSERS = [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox")]
_BROWSERS += [("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")]
_SYSTEMS = [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad")]
_SYSTEMS += [("Mac OS X", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux")]


@register.filter
def browser(user_agent):
    """ "Firefox, Windows" from the long text that a browser sends; "a browser" where it says nothing known."""
    found = [next((name for word, name in words if word in (user_agent or "")), "") for words in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, found)) or _("a browser")
