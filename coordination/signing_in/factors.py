"""How the sign-in library keeps factors here: encrypted, and named in our words."""

from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.encryption import cipher
from coordination.interface.context import PRODUCT_NAME

# Where these secrets belong, for the cipher: a value copied elsewhere doesn't open.
SECRET_PLACE = "mfa.authenticator.data"


class EncryptedFactors(DefaultMFAAdapter):
    """Secrets of authenticator apps and seeds of recovery codes are unreadable in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("That was not right. Wait for a new code, or try once more."),
    }

    def encrypt(self, text):
        """What is stored of a secret."""
        return cipher.encrypt(text, place=SECRET_PLACE)

    def decrypt(self, encrypted_text):
        """The secret again; raises cipher.Undecipherable for what was changed."""
        return cipher.decrypt(encrypted_text, place=SECRET_PLACE)

    def get_totp_issuer(self):
        """What an authenticator app calls the portal."""
        return PRODUCT_NAME

    def get_public_key_credential_rp_entity(self):
        """Passkeys belong to the portal's own host, whatever a request says of its host."""
        return {"id": urlsplit(settings.PUBLIC_URL).hostname, "name": PRODUCT_NAME}

    def generate_authenticator_name(self, user, type):
        """A passkey that was given no name."""
        return _("Passkey")
