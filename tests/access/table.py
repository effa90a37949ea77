"""The one table of who gets which answer at which address.

A line: method, name of the address, the object in it (`world.objects()`), then the answer to each role in the order
of ROLES. `in` is a redirect to the page where one signs in, `out` a redirect elsewhere; numbers are status codes. A
foreign object and one that doesn't exist are both 404. An address without a POST line answers a POST as it does a GET.
"""

from dataclasses import dataclass

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

TABLE = """
#                                                     anon none ended flag part excl coor other strange admin
GET  pages:desk                        -              in  403  403  200  200  200  200  200  200  200
GET  pages:person                      person         in  403  403  404  200  404  200  404  404  404
GET  pages:person                      other_person   in  403  403  404  404  404  404  200  404  404
GET  pages:looks                       person         in  403  403  404  404  404  200  404  404  404
GET  pages:looks                       other_person   in  403  403  404  404  404  404  200  404  404
GET  pages:doubles                     -              in  403  403  404  404  404  200  200  404  404
GET  pages:double                      double         in  403  403  404  404  404  200  404  404  404
GET  pages:decide_double               double         in  403  403  404  404  404  405  405  404  404
POST pages:decide_double               double         in  403  403  404  404  404  404  404  404  404
GET  flagging:ask                      -              in  403  403  200  200  200  200  200  200  200
GET  flagging:alone                    -              in  403  403  200  200  200  200  200  200  200
GET  flagging:notify                   -              in  403  403  200  200  200  200  200  200  200
GET  flagging:new                      -              in  403  403  200  200  200  200  200  200  200
GET  flagging:shown_to_young_person    -              in  403  403  200  200  200  200  200  200  200
GET  flagging:mine                     -              in  403  403  200  200  200  200  200  200  200
GET  flagging:flag                     teachers_flag  in  403  403  200  404  404  404  404  404  404
GET  flagging:flag                     excluded_flag  in  403  403  404  404  200  404  404  404  404
GET  flagging:flag                     other_flag     in  403  403  404  404  404  404  404  200  404
GET  flagging:withdraw                 teachers_flag  in  403  403  405  405  405  405  405  405  405
POST flagging:withdraw                 teachers_flag  in  403  403  out  404  404  404  404  404  404
POST flagging:withdraw                 other_flag     in  403  403  404  404  404  404  404  out  404
GET  people:mine                       -              in  403  403  200  200  200  200  200  200  200
GET  follow_ups:list                   -              in  403  403  404  404  404  200  200  404  404
GET  follow_ups:begin                  -              in  403  403  404  404  404  200  200  404  404
GET  follow_ups:sheet                  follow_up      in  403  403  404  404  404  200  404  404  404
GET  follow_ups:sheet                  other_follow_up in 403  403  404  404  404  404  200  404  404
GET  follow_ups:take_up                follow_up      in  403  403  404  404  404  out  404  404  404
POST follow_ups:take_up                follow_up      in  403  403  404  404  404  out  404  404  404
POST follow_ups:take_up                other_follow_up in 403  403  404  404  404  404  out  404  404
GET  follow_ups:take_over              follow_up      in  403  403  404  404  404  out  404  404  404
POST follow_ups:take_over              follow_up      in  403  403  404  404  404  404  404  404  404
GET  follow_ups:close                  follow_up      in  403  403  404  404  404  out  404  404  404
POST follow_ups:close                  follow_up      in  403  403  404  404  404  200  404  404  404
GET  follow_ups:add_adult              follow_up      in  403  403  404  404  404  out  404  404  404
POST follow_ups:add_adult              follow_up      in  403  403  404  404  404  200  404  404  404
GET  follow_ups:exclude                follow_up      in  403  403  404  404  404  out  404  404  404
POST follow_ups:exclude                follow_up      in  403  403  404  404  404  200  404  404  404
GET  follow_ups:end_exclusion          exclusion      in  403  403  404  404  404  out  404  404  404
POST follow_ups:end_exclusion          exclusion      in  403  403  404  404  404  out  404  404  404
GET  outbox:notices                    -              in  403  403  200  200  200  200  200  200  200
POST outbox:notices                    -              in  405  405  405  405  405  405  405  405  405
GET  outbox:seen                       -              in  405  405  405  405  405  405  405  405  405
POST outbox:seen                       -              in  403  403  out  out  out  out  out  out  out
GET  outbox:preferences                -              in  200  200  200  200  200  200  200  200  200
GET  outbox:demo_mails                 -              200 200  200  200  200  200  200  200  200  200
POST outbox:demo_mails                 -              405 405  405  405  405  405  405  405  405  405
GET  agencies:choose                   -              in  403  403  200  200  200  200  200  200  200
GET  staffing:invitation               secret         200 200  200  200  200  200  200  200  200  200
GET  favicon                           -              out out  out  out  out  out  out  out  out  out
GET  set_language                      -              405 405  405  405  405  405  405  405  405  405
POST set_language                      -              out out  out  out  out  out  out  out  out  out
GET  account_login                     -              200 out  out  out  out  out  out  out  out  out
POST account_login                     -              200 out  out  out  out  out  out  out  out  out
GET  account_logout                    -              out 200  200  200  200  200  200  200  200  200
POST account_logout                    -              out out  out  out  out  out  out  out  out  out
GET  account_inactive                  -              200 200  200  200  200  200  200  200  200  200
POST account_inactive                  -              405 405  405  405  405  405  405  405  405  405
GET  account_signup                    -              200 out  out  out  out  out  out  out  out  out
POST account_signup                    -              200 out  out  out  out  out  out  out  out  out
GET  account_reauthenticate            -              in  200  200  200  200  200  200  200  200  200
GET  account_change_password           -              in  200  200  200  200  200  200  200  200  200
GET  account_reset_password            -              200 200  200  200  200  200  200  200  200  200
GET  account_reset_password_done       -              200 200  200  200  200  200  200  200  200  200
POST account_reset_password_done       -              405 405  405  405  405  405  405  405  405  405
GET  account_reset_password_from_key   reset          200 200  200  200  200  200  200  200  200  200
GET  account_reset_password_from_key_done -           200 200  200  200  200  200  200  200  200  200
POST account_reset_password_from_key_done -           405 405  405  405  405  405  405  405  405  405
GET  admin:index                       -              in  404  404  404  404  404  200  200  404  200
GET  admin:login                       -              in  404  404  404  404  404  404  404  404  404
GET  admin:logout                      -              in  404  404  404  404  404  405  405  404  405
GET  admin:password_change             -              in  404  404  404  404  404  out  out  404  out
GET  admin:password_change_done        -              in  404  404  404  404  404  out  out  404  out
GET  admin:autocomplete                -              in  404  404  404  404  404  404  404  404  404
GET  admin:jsi18n                      -              in  404  404  404  404  404  200  200  404  200
GET  admin:app_list                    app            in  404  404  404  404  404  200  200  404  200
"""

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
flags_flaggingunlock          200  200 200 404     404  404 404 404
auditlog_logentry             200  404 200 404     200  404 200 404
"""

# Open to whoever is not signed in; what is not listed here redirects to the page where one signs in.
OPEN_TO_ALL = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "favicon",
    "outbox:demo_mails",
    "set_language",
    "staffing:invitation",
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
    read = [text.split() for text in TABLE.splitlines() if text and not text.startswith("#")]
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
