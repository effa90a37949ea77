"""The demo: two towns and invented people, loaded once by `load_demo`.

This module holds plain data only, so that settings can read it. Nobody here exists, and no agency is a real one.
"""


def gettext_noop(text):
    """Marks a text for translation; pages translate it when they show it."""
    return text


PASSWORD = "rinnalla-demo-2026"


def _account(name, role, agency, *, town="mikkeli"):
    return {
        "email": f"{name.split()[0].lower()}@{town}.example",
        "password": PASSWORD,
        "name": name,
        "role": role,
        "agency": agency,
    }


# In the order in which they are offered on the sign-in page. `role` is English, translated where it is shown.
ACCOUNTS = [
    _account("Tiina Koivulehto", gettext_noop("teacher"), "Rantatien koulu"),
    _account("Niina Hopeasalmi", gettext_noop("school nurse"), "Kouluterveydenhuolto"),
    _account("Kaisa Lumikangas", gettext_noop("coordinator"), "Mikkelin etsivä nuorisotyö"),
    _account("Kalle Tuulikaski", gettext_noop("coordinator"), "Mikkelin etsivä nuorisotyö"),
    _account("Sanna Marjavaara", gettext_noop("social worker"), "Nuorten sosiaalipalvelut"),
    _account("Jussi Aallokko", gettext_noop("youth worker of an association"), "Nuorten Aalto ry"),
    _account("Pia Varjoranta", gettext_noop("nurse of a sensitive agency"), "Päihde- ja mielenterveysvastaanotto"),
    _account("Anna Kivikoski", gettext_noop("administrator"), "Mikkeli"),
    _account("Helena Ruskoranta", gettext_noop("administrator"), "Mikkeli"),
    _account("Riikka Kuusisaari", gettext_noop("coach who acts for two agencies"), "Työpaja Tuuli, Nuorten Aalto ry"),
    _account("Linnea Björkhamn", gettext_noop("school social worker who reads Swedish"), "Opiskeluhuolto"),
    _account("Daniel Bridgeford", gettext_noop("youth worker who reads English"), "Monikulttuurikeskus Silta ry"),
    _account("Veera Niittymaa", gettext_noop("teacher who has not done the training yet"), "Harjun lukio"),
    _account("Ulla Virtala", gettext_noop("coach of an agency outside the covenant"), "Valmennus Virta Oy"),
    _account("Oona Sinilahti", gettext_noop("coordinator"), "Keravan etsivä nuorisotyö", town="kerava"),
    _account("Ville Peltovirta", gettext_noop("teacher"), "Jokivarren lukio", town="kerava"),
]
