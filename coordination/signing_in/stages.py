"""The step of signing in at which a second factor is asked."""

from allauth.mfa.stages import AuthenticateStage

STAGE = "coordination.signing_in.stages.SecondFactorStage"
REPLACED = "allauth.mfa.stages.AuthenticateStage"


class SecondFactorStage(AuthenticateStage):
    """Asks whoever has a factor, unless their town's sign-in says, in this very answer, that it has asked already."""

    def _should_handle(self, request):
        login = (self.login.signal_kwargs or {}).get("sociallogin")
        identity = getattr(login, "identity", None)
        if identity is not None and identity.vouched:
            return False
        return super()._should_handle(request)
