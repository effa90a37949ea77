"""A country of invented people, made by bulk SQL.

The same professionals at every size, and as many young people as asked for. A young person has three grounds: of one
flag, of one professional who takes part, and of the area's coordinators; a follow-up, of which one in fifty is open;
and an event. What is encrypted in real use is encrypted here too, the same value in each row.

Two professionals are looked at more closely: one who works with 50 young people and one who works with 5,000.
"""

from django.contrib.auth.models import Permission
from django.db import connection, transaction

from coordination.activity.models import Event
from coordination.agencies.models import Area, Membership
from coordination.follow_ups.models import AskedAdult, FollowUp
from coordination.outbox.models import Notification
from coordination.people.models import Ground, YoungPerson, YoungPersonGroupPermission, YoungPersonUserPermission
from coordination.people.permissions import PERMISSIONS
from coordination.use_log.models import Look
from flags.flagging.models import Flag
from scripts.bench.professionals import AREAS, PROFESSIONALS, make_names, make_professionals, professional
from scripts.bench.rows import insert
from scripts.bench.table import tell

FEW, MANY = 50, 5_000


def main(people):
    """Fill the database and let the server look at what it got."""
    fill(int(people), progress=tell)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@transaction.atomic
def fill(people, *, progress=lambda text: None):
    """Fill an empty database with so many young people (at least 10,000)."""
    with connection.cursor() as cursor:
        # Rows made by the thousand refer to each other by construction; looking each up would take most of the time.
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            cursor.execute("SET LOCAL session_replication_role = replica")
        make_names(cursor)
        progress("professionals")
        make_professionals()
        progress("young people")
        _young_people(people)
        progress("flags")
        _flags()
        progress("follow-ups")
        _follow_ups()
        progress("grounds")
        _grounds(people)
        progress("permissions")
        _permissions()
        progress("events, looks and notices")
        _events()


def _young_people(people):
    first = Area.objects.order_by("pk").first().pk
    phone = YoungPerson._meta.get_field("phone").get_db_prep_save("+358401234567", connection)
    insert(
        YoungPerson,
        f"generate_series(1, {people}) p JOIN names ON names.i = p % 10000",
        id="p",
        identity_key="sha256(convert_to('bench' || p, 'UTF8'))",
        first_name="first",
        last_name="last",
        name_key="key",
        birth_date="DATE '1999-01-01' + (p % 4380 * 7919 % 4380)",
        area=f"{first} + p % {AREAS}",
        phone=f"'{phone}'",
        log_keys="ARRAY[gen_random_uuid()]",
        made_at="now() - make_interval(mins => p % 500000)",
    )
    _next_id(YoungPerson)


def _flags():
    members = Membership.objects.order_by("pk").values_list("pk", flat=True)
    lowest, count = members.first(), members.count()
    insert(
        Flag,
        "coordination_youngperson person"
        f" JOIN coordination_membership membership ON membership.id = {lowest} + person.id * 31 % {count}",
        id="person.id",
        token="gen_random_uuid()",
        young_person="person.id",
        membership="membership.id",
        user="membership.user_id",
        area="person.area_id",
        identity_key="person.identity_key",
        first_name="first_name",
        last_name="last_name",
        birth_date="birth_date",
        told_and_allowed="true",
        until="current_date + 90",
        made_at="person.made_at",
        settled_at="person.made_at",
    )
    _next_id(Flag)


def _follow_ups():
    """One in fifty is open, the rest were closed."""
    of_area = (
        "(SELECT DISTINCT ON (a.area_id) a.area_id, m.id FROM coordination_membership m JOIN coordination_agency a"
    )
    of_area += " ON a.id = m.agency_id WHERE m.role = 'coordinator' ORDER BY a.area_id, m.id) owner"
    insert(
        FollowUp,
        f"coordination_youngperson person JOIN {of_area} ON owner.area_id = person.area_id",
        id="person.id",
        young_person="person.id",
        area="person.area_id",
        origin="'match'",
        state="CASE WHEN person.id / 20 % 50 = 0 THEN 'taken_up' ELSE 'closed' END",
        outcome="CASE WHEN person.id / 20 % 50 = 0 THEN '' ELSE 'in_touch' END",
        owner="owner.id",
        opened_at="made_at",
        taken_up_at="made_at",
        reached_at="made_at",
        closed_at="CASE WHEN person.id / 20 % 50 = 0 THEN NULL ELSE now() END",
        contact_by="current_date + 5",
        next_step="CASE WHEN person.id / 20 % 50 = 0 THEN 'check' ELSE '' END",
        next_step_on="CASE WHEN person.id / 20 % 50 = 0 THEN current_date + (person.id % 60)::integer - 20 END",
    )
    _next_id(FollowUp)


def _grounds(people):
    when = "now() - make_interval(mins => (person.id * 7 % 500000)::integer)"
    insert(
        Ground,
        "flags_flag flag JOIN coordination_youngperson person ON person.id = flag.young_person_id",
        young_person="person.id",
        membership="flag.membership_id",
        kind="'flag'",
        source="flag.public_id",
        until="flag.until",
        last_activity=when,
    )
    both = (
        "coordination_followup follow_up JOIN coordination_youngperson person ON person.id = follow_up.young_person_id"
    )
    insert(
        Ground,
        both,
        young_person="person.id",
        area="person.area_id",
        kind="'coordination'",
        source="follow_up.public_id",
        last_activity=when,
    )
    few, many = professional("few").pk, professional("many").pk
    others = Membership.objects.filter(role=Membership.Role.PROFESSIONAL).exclude(pk__in=[few, many]).order_by("pk")
    lowest = others.first().pk
    insert(
        Ground,
        f"{both} JOIN LATERAL (SELECT CASE WHEN person.id % {people // MANY} = 0 THEN {many}"
        f" WHEN person.id % {people // FEW} = 1 THEN {few}"
        f" ELSE {lowest} + person.id % {PROFESSIONALS - 100} END AS id) held ON true",
        young_person="person.id",
        membership="held.id",
        kind="'participation'",
        source="follow_up.public_id",
        last_activity=when,
    )
    insert(
        AskedAdult,
        "coordination_ground ground JOIN coordination_followup follow_up ON follow_up.public_id = ground.source"
        " WHERE ground.kind = 'participation'",
        follow_up="follow_up.id",
        membership="ground.membership_id",
        takes_part="'yes'",
        may_know="'yes'",
        said_by="'young_person'",
        decided_at="now()",
        joined_at="follow_up.opened_at",
    )


def _permissions():
    ids = dict(Permission.objects.filter(content_type__app_label="coordination").values_list("codename", "pk"))
    for codename in PERMISSIONS[Ground.Kind.PARTICIPATION]:
        insert(
            YoungPersonUserPermission,
            "coordination_ground ground JOIN coordination_membership m ON m.id = ground.membership_id"
            " WHERE ground.kind = 'participation'",
            user="m.user_id",
            permission=str(ids[codename]),
            content_object="ground.young_person_id",
        )
    for codename in PERMISSIONS[Ground.Kind.COORDINATION]:
        insert(
            YoungPersonGroupPermission,
            "coordination_ground ground JOIN coordination_area a ON a.id = ground.area_id",
            group="a.coordinators_id",
            permission=str(ids[codename]),
            content_object="ground.young_person_id",
        )


def _events():
    insert(
        Event,
        "coordination_followup",
        young_person="young_person_id",
        kind="'follow_up_opened'",
        at="opened_at",
        by="owner_id",
        audience="'everyone'",
        about="public_id",
    )
    insert(
        Look,
        "coordination_youngperson person JOIN coordination_membership m ON m.id % 10 = 0"
        " AND m.id = (SELECT min(id) FROM coordination_membership WHERE id % 10 = 0) + person.id / 10 % 10 * 10"
        " WHERE person.id % 10 = 0",
        user_id="m.user_id",
        user_name="'Joku Jostain'",
        membership_id="m.id",
        agency_id="m.agency_id",
        agency_name="'Toimija'",
        role="m.role",
        page="'people:mine'",
        purpose="'list'",
        person_keys="person.log_keys",
    )
    insert(
        Notification,
        "coordination_membership m CROSS JOIN generate_series(1, 5) n",
        membership="m.id",
        code="'follow_up_waits'",
        kind="'waits'",
        link="'/'",
        dedupe_key="'bench:' || n || ':' || m.id",
        seen_at="CASE WHEN n > 2 THEN now() END",
        made_at="now() - make_interval(hours => n * 9)",
    )


def _next_id(model):
    with connection.cursor() as cursor:
        table = model._meta.db_table
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
