"""Adding and removing passkeys: the library's pages, asking for keys that can stand for a password."""

from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.urls import reverse_lazy

from coordination.signing_in.session import UNSEEN_CODES


class AddPasskey(AddWebAuthnView):
    """A key that stays on the device and asks who holds it, so that it can be signed in with alone."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": auth.begin_registration(self.request.user, True)}
        return context

    def form_valid(self, form):
        response = super().form_valid(form)
        if self.did_generate_recovery_codes:
            # Whoever has to show the passkey first is led to the codes after that.
            self.request.session[UNSEEN_CODES] = True
        return response


class RemovePasskey(RemoveWebAuthnView):
    """Back to the page of all ways into the account."""

    success_url = reverse_lazy("mfa_index")


add = AddPasskey.as_view()
remove = RemovePasskey.as_view()
