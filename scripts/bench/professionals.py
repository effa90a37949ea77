"""The areas, agencies and professionals of an invented country, and the names that all its people bear.

20 areas, 2,000 agencies and 20,000 professionals, by bulk SQL. Four of them are known by name: see `professional`.
"""

import random

from coordination.agencies.commands import put_in_groups
from coordination.agencies.models import Agency, Area, CovenantParty, Membership, Training, User
from coordination.interface.names import normalise_name
from scripts.bench.rows import insert

AREAS, AGENCIES, PROFESSIONALS = 20, 2_000, 20_000
FIRST_NAMES = ["Aino", "Eino", "Helmi", "Väinö", "Sofia", "Leo", "Olivia", "Oliver", "Lilja", "Onni", "Ilona", "Elias"]
LAST_NAMES = ["Korhonen", "Virtanen", "Mäkinen", "Nieminen", "Mäkelä", "Hämäläinen", "Laine", "Heikkinen", "Koski"]
SYLLABLES = ["ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "hy", "jä", "kö"]


def professional(name):
    """The membership of "few", "many", "coordinator" or "administrator"."""
    found = Membership.objects.select_related("user", "agency__area")
    return found.get(user__email=f"{name}@bench.example")


def make_names(cursor):
    """10,000 names with their keys, by number."""
    chance = random.Random(20)
    cursor.execute("CREATE TEMP TABLE names (i integer PRIMARY KEY, first text, last text, key text) ON COMMIT DROP")
    with cursor.copy("COPY names FROM STDIN") as copy:
        for number in range(10_000):
            first = f"{chance.choice(FIRST_NAMES)}{number % 7 * 'e'}"
            last = chance.choice(LAST_NAMES) + "".join(chance.choices(SYLLABLES, k=2))
            copy.write_row([number, first, last, normalise_name(first, last)])


def make_professionals():
    """Areas, agencies with their covenants, and professionals with these names."""
    for number in range(AREAS):
        Area.objects.create(name_fi=f"Alue {number}", coordinator_phone="015 000 000", emergency_phone="015 111 111")
    first = Area.objects.order_by("pk").first().pk
    insert(
        Agency,
        f"generate_series(0, {AGENCIES - 1}) i",
        area=f"{first} + i % {AREAS}",
        name_fi="'Toimija ' || i",
        sector="CASE WHEN i % 5 = 0 THEN 'third' ELSE 'public' END",
        kind="(ARRAY['school', 'health', 'youth_work', 'social', 'outreach'])[1 + i % 5]",
        sensitive="i % 40 = 0",
    )
    agencies = "(SELECT row_number() OVER (ORDER BY id) - 1 AS i, * FROM coordination_agency) agency"
    insert(CovenantParty, agencies, area="area_id", agency="id", signed_on="DATE '2026-01-01'")
    insert(
        User,
        f"generate_series(1, {PROFESSIONALS - 4}) n JOIN names ON names.i = n % 10000",
        email="'pro' || n || '@bench.example'",
        first_name="first",
        last_name="last",
        password="'!'",
        rhythm="'daily'",
        language="'fi'",
    )
    for name in ("few", "many", "coordinator", "administrator"):
        User.objects.create_user(f"{name}@bench.example", first_name=name.title(), last_name="Mittari")
    insert(Training, "coordination_user", user="id", held_on="DATE '2026-01-01'")
    ranked = "(SELECT row_number() OVER (ORDER BY id) - 1 AS i, id FROM {}) {}"
    insert(
        Membership,
        f"{ranked.format('coordination_user', 'u')} JOIN {ranked.format('coordination_agency', 'a')}"
        f" ON a.i = u.i % {AGENCIES}",
        user="u.id",
        agency="a.id",
        role="CASE WHEN u.i % 201 = 7 THEN 'coordinator' ELSE 'professional' END",
        started_on="DATE '2020-01-01'",
    )
    for role in (Membership.Role.COORDINATOR, Membership.Role.ADMINISTRATOR):
        found = Membership.objects.filter(user__email=f"{role}@bench.example")
        found.update(role=role)  # unaudited: invented people
    for user in User.objects.exclude(memberships__role=Membership.Role.PROFESSIONAL):
        put_in_groups(user=user)
