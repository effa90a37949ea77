"""A town in the database that PROOF_DATABASE_URL names, and what came of its flags and mails.

Run with: python -m tests.proof.town_to_flag make FLAGS | final; prints JSON.
"""

import json
import os
import sys
from collections import Counter
from datetime import timedelta

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.proof.settings"


def make(flags):
    """Two agencies with a professional for each pair of flags, coordinators who want mail at once, and sessions: the
    cookies of each pair."""
    from django.db import transaction

    from coordination.agencies.commands import put_in_groups
    from coordination.agencies.models import Agency, Area, CovenantParty, Membership, User
    from scripts.bench.flaggers import professionals
    from scripts.bench.visits import signed_in

    with transaction.atomic():
        area = Area.objects.create(
            name_fi="Kaupunki", coordinator_phone="015 1", emergency_phone="015 2", undo_minutes=0
        )
        agencies = []
        for name, kind in (("Koulu", Agency.Kind.SCHOOL), ("Terveys", Agency.Kind.HEALTH)):
            agency = Agency.objects.create(area=area, name_fi=name, sector=Agency.Sector.PUBLIC, kind=kind)
            CovenantParty.objects.create(area=area, agency=agency, signed_on="2026-01-01")
            agencies.append(agency)
        for member in professionals(agencies[0], 2, role=Membership.Role.COORDINATOR):
            put_in_groups(user=member.user)
            User.objects.filter(pk=member.user_id).update(rhythm=User.Rhythm.IMMEDIATE)  # unaudited: invented people
        pairs = zip(*(professionals(agency, int(flags)) for agency in agencies), strict=True)
        return [[signed_in(member) for member in pair] for pair in pairs]


def final():
    """How each pair of flags and each mail ended, after what dead senders left has gone to the list for a human."""
    import time_machine
    from django.utils import timezone

    from coordination.outbox.commands import send_waiting
    from coordination.outbox.models import Mail, Notification
    from coordination.outbox.rules import LONGEST_SENDING
    from flags.flagging.models import Flag
    from flags.matching.models import Match, MatchedFlag

    with time_machine.travel(timezone.now() + LONGEST_SENDING + timedelta(minutes=1)):
        send_waiting()
    matches = Counter(Match.objects.values_list("young_person", flat=True))
    people = set(Flag.objects.values_list("young_person", flat=True))
    return {
        "flags": Flag.objects.count(),
        "flags_unsettled": Flag.objects.filter(settled_at=None).count(),
        "people": len(people),
        "matches": sum(matches.values()),
        "matches_doubled": sum(number > 1 for number in matches.values()),
        "matches_missing": len(people - matches.keys()),
        "matched_flags": MatchedFlag.objects.count(),
        "notices_without_mail": Notification.objects.filter(mail=None).count(),
        "mails": [str(pk) for pk in Mail.objects.values_list("public_id", flat=True)],
        "mails_left": Mail.objects.filter(state__in=["waiting", "sending"]).count(),
        "human": [str(pk) for pk in Mail.objects.for_a_human().values_list("public_id", flat=True)],
    }


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(make(sys.argv[2]) if sys.argv[1] == "make" else final()))
