"""The one table of who gets which answer at which address; its lines stand in rows/, a file a step.

A line: method, name of the address, the object in it (`world.objects`), then the answer to each role in the order
of ROLES. `in` is a redirect to the page where one signs in, `out` a redirect elsewhere; numbers are status codes. A
foreign object and one that doesn't exist are both 404. An address without a POST line answers a POST as it does a GET.
"""

from dataclasses import dataclass
from pathlib import Path

ROLES = [
    "anonymous",
    "none",
    "ended",
    "flagger",
    "participant",
    "excluded",
    "coordinator",
    "other_coordinator",
    "stranger",
    "administrator",
]


# The administration, a line a model: what coordinators and administrators get for the list, adding, one row of the
# own area and deleting. Every other role gets 404, and so does another area for one row; the history is a redirect
# to the list of changes. `=` marks reference data, which every area reads.
ADMIN = """
#                             coordinator          administrator
#                             list add row delete  list add row delete
coordination_area             200  404 200 404     200  404 200 404
coordination_county         = 200  404 200 404     200  404 200 404
coordination_municipality   = 200  404 200 404     200  404 200 404
coordination_agency           200  404 200 404     200  200 200 404
coordination_membership       200  404 200 404     200  200 200 404
coordination_user             200  404 200 404     200  404 200 404
coordination_training         200  200 200 404     200  200 200 404
coordination_invitation       200  200 200 404     200  200 200 404
coordination_mail             200  404 200 404     200  404 200 404
coordination_feedback         404  404 404 404     200  404 200 404
coordination_service          200  200 200 404     200  200 200 404
coordination_need           = 200  404 200 404     200  404 200 404
coordination_serviceclass   = 200  404 200 404     200  404 200 404
coordination_targetgroup    = 200  404 200 404     200  404 200 404
coordination_supporttext      200  404 200 404     200  200 200 404
coordination_deadlinerule     200  404 200 404     200  200 200 404
coordination_practicesacceptance 200 404 200 404   200  200 200 404
coordination_cardversion      200  404 200 404     200  200 200 404
coordination_cardtrial        200  404 200 404     200  200 200 404
pilots_programme              200  404 200 404     200  200 200 404
pilots_questionnaireversion   200  200 200 404     200  200 200 404
pilots_pilot                = 200  404 200 404     200  404 200 404
pilots_instrument             200  404 200 404     200  200 200 404
pilots_licensedwording        200  404 200 404     200  200 200 404
pilots_schedule               200  404 200 404     200  200 200 404
pilots_coveragerule           200  404 200 404     200  200 200 404
pilots_finding                200  404 200 404     200  404 200 404
flags_flaggingunlock          200  200 200 404     404  404 404 404
auditlog_logentry             200  404 200 404     200  404 200 404
"""

# Open to whoever is not signed in; what is not listed here redirects to the page where one signs in.
OPEN_TO_ALL = {
    "account_login",
    "assessments:guest",
    "questionnaires:guest",
    "questionnaires:received",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "directory:areas",
    "directory:list",
    "directory:printed",
    "directory:service",
    "directory:start",
    "practice:list",
    "practice:practice",
    "practice:start",
    "favicon",
    "handed:answer",
    "links:open",
    "own:leave",
    "own:page",
    "health:healthz",
    "health:readyz",
    "feedback:give",
    "mfa_authenticate",
    "openid_connect_callback",
    "openid_connect_login",
    "mfa_login_webauthn",
    "pages:accessibility",
    "outbox:demo_mails",
    "set_language",
    "staffing:address",
    "staffing:invitation",
    "staffing:invitation_details",
    "staffing:invitation_with",
    "survey:answer",
    "survey:code",
    "survey:start",
    "survey:thanks",
    "trainings:give_up",
    "trainings:given_up",
    "trainings:join",
    "trainings:place",
    "trainings:place_calendar",
    "trainings:place_certificate",
    "trainings:place_feedback",
}


@dataclass(frozen=True)
class Line:
    """What each role gets for one method, address and object."""

    method: str
    name: str
    object: str
    answers: dict


def lines():
    """The whole table, the administration written out."""
    files = sorted((Path(__file__).parent / "rows").glob("*.txt"))
    texts = [text for file in files for text in file.read_text(encoding="utf-8").splitlines()]
    read = [text.split() for text in texts if text and not text.startswith("#")]
    own = [Line(method, name, word, dict(zip(ROLES, rest, strict=True))) for method, name, word, *rest in read]
    return [*own, *_admin_lines()]


def _admin_lines():
    for text in ADMIN.splitlines():
        if not text or text.startswith("#"):
            continue
        model, *answers = text.replace("=", " ").split()
        word, everywhere = model.partition("_")[2], "=" in text
        pairs = zip(answers[:4], answers[4:], strict=True)
        columns = dict(zip(["changelist", "add", "change", "delete"], pairs, strict=True))
        # A change has no history of its own.
        leads = {} if word == "logentry" else {"200": "out"}
        columns["history"] = [leads.get(code, code) for code in columns["change"]]
        app, _, name = model.partition("_")
        for action, (coordinator, administrator) in columns.items():
            known = action in ("changelist", "add")
            others = dict.fromkeys(ROLES, "404") | {"anonymous": "in"}
            other_area = coordinator if known or everywhere else "404"
            answers = others | {
                "coordinator": coordinator,
                "administrator": administrator,
                "other_coordinator": other_area,
            }
            yield Line("GET", f"admin:{model}_{action}", "-" if known else word, answers)
        # The short address of a row leads to the row's page, whether or not there is such a row.
        answers = dict.fromkeys(ROLES, "404") | {"anonymous": "in"}
        answers |= dict.fromkeys(["coordinator", "administrator", "other_coordinator"], "out")
        yield Line("GET", f"admin/{app}/{name}/<path:object_id>/", word, answers)
    answers = dict.fromkeys(ROLES, "404") | {"anonymous": "in"}
    yield Line("GET", "admin/(?P<url>.*)$", "nowhere", answers)
