"""What every page's frame knows about this installation."""

from django.conf import settings
from django.utils.translation import gettext

PRODUCT_NAME = "Rinnalla"


def site(request) -> dict:
    """Template variables for the frame of a page; demo accounts are offered in demo mode only."""
    demo_mode = getattr(settings, "DEMO_MODE", False)
    return {
        "product_name": PRODUCT_NAME,
        "demo_mode": demo_mode,
        "demo_accounts": _demo_accounts if demo_mode else (),
        "feedback_url": getattr(settings, "FEEDBACK_URL", ""),
        "accessibility_url": getattr(settings, "ACCESSIBILITY_URL", ""),
    }


def _demo_accounts() -> list[dict]:
    """Email, password, name, role in the reader's language, and agency of each account; called by the page that
    shows them."""
    return [{**account, "role": gettext(account["role"])} for account in getattr(settings, "DEMO_ACCOUNTS", ())]
