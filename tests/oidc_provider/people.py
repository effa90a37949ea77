"""Whom the provider knows, and what it says of each."""

ISSUER_PATH = "/o"
CLIENT_ID, CLIENT_SECRET = "rinnalla", "a-secret-between-two-servers"
STAFF, STUDENT = {"eduPersonAffiliation": ["member", "staff"]}, {"eduPersonAffiliation": ["member", "student"]}
MFA = {"amr": ["pwd", "mfa"]}
KEY = {"acr": "urn:town:phishing-resistant"}


def _person(email, given_name, family_name, verified=True, **more):
    names = {"given_name": given_name, "family_name": family_name}
    return {"email": email, "email_verified": verified, **names, **more}


PEOPLE = {
    "teacher": _person("tiina.opettaja@example.test", "Tiina", "Opettaja", **STAFF),
    "nurse": _person("niina.hoitaja@example.test", "Niina", "Hoitaja", **STAFF, **MFA),
    "coordinator": _person("kaisa.etsiva@example.test", "Kaisa", "Etsivä", **STAFF, **KEY),
    "student": _person("oppilas@example.test", "Olli", "Oppilas", **STUDENT),
    "invited": _person("uusi@example.test", "Uuno", "Uusi", **STAFF),
    "unverified": _person("uusi@example.test", "Väärä", "Uusi", False, **STAFF),
    "unknown": _person("toinen@example.test", "Toini", "Toinen", **STAFF),
}


def configuration(url):
    """The provider as an installation configures it (an entry of OIDC_PROVIDERS)."""
    return {
        "id": "town",
        "name": {"fi": "Mikkelin kirjautuminen", "sv": "S:t Michels inloggning", "en": "Mikkeli sign-in"},
        "issuer": f"{url}{ISSUER_PATH}",
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "staff_claim": "eduPersonAffiliation",
        "staff_values": ["staff", "faculty", "employee"],
        "second_factor": {"amr": ["mfa"]},
        "passkey": {"acr": ["urn:town:phishing-resistant"]},
    }
