"""What every page's frame knows about this installation."""

from django.conf import settings

PRODUCT_NAME = "Rinnalla"


def site(request) -> dict:
    """Template variables for the frame of a page; demo accounts are offered in demo mode only."""
    demo_mode = getattr(settings, "DEMO_MODE", False)
    return {
        "product_name": PRODUCT_NAME,
        "demo_mode": demo_mode,
        "demo_accounts": getattr(settings, "DEMO_ACCOUNTS", ()) if demo_mode else (),
        "not_for_real_data": getattr(settings, "NOT_FOR_REAL_DATA", False),
        "feedback_url": getattr(settings, "FEEDBACK_URL", ""),
        "accessibility_url": getattr(settings, "ACCESSIBILITY_URL", ""),
    }
