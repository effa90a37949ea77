"""The first administrator of an area, and the area itself when it isn't there yet."""

import getpass
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Q
from django.utils import translation

from coordination.agencies import commands as agencies
from coordination.agencies.models import Area, Membership, Municipality, User
from coordination.agencies.queries import administrators
from coordination.agencies.rules import NotNow
from coordination.interface.fields import CleanCharField, PersonNameField, PhoneField
from coordination.staffing import commands as staffing
from coordination.staffing.queries import account_of


class Command(BaseCommand):
    help = (
        "Make the first administrator of an area, and the area when it doesn't exist. They invite everybody else. "
        "Asks for a password; --password-stdin reads it from standard input, and --link prints an invitation instead, "
        "with which they choose their own."
    )

    def add_arguments(self, parser):
        parser.add_argument("--email", required=True, help="what they sign in with")
        parser.add_argument("--first-name", help="needed unless --link or the address has an account")
        parser.add_argument("--last-name", help="needed unless --link or the address has an account")
        parser.add_argument("--area", required=True, help="the area's name in Finnish, as Mikkeli")
        parser.add_argument("--municipality", help="its first municipality, by name or code; only for a new area")
        parser.add_argument("--phone", help="the coordinators' telephone; only for a new area")
        parser.add_argument("--emergency-phone", help="social emergency services' telephone; only for a new area")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
        how.add_argument("--link", action="store_true", help="print a link with which they choose a password")
        parser.add_argument(
            "--another", action="store_true", help="although the area has an administrator, who could invite one"
        )

    def handle(self, *args, **options):
        try:
            # The command line speaks English throughout, whatever the portal's first language is.
            with translation.override("en"), transaction.atomic():
                said = self._make(options)
        except ValidationError as refusal:
            raise CommandError(_sentences(refusal)) from refusal
        except NotNow as refusal:
            raise CommandError(refusal.sentence) from refusal
        for line in said:
            self.stdout.write(line)

    def _make(self, options):
        email = _clean("--email", User._meta.get_field("email").formfield(), options["email"].strip().lower())
        area, agency = self._area_and_agency(options)
        if administrators(area.pk).exists() and not options["another"]:
            raise CommandError(
                f"{area.name_fi} has an administrator already, who can invite others. "
                "Repeat with --another to make one all the same."
            )
        if options["link"]:
            link = staffing.make_administrator_link(email=email, agency=agency)
            return [f"Open this link within 7 days to choose a password: {link}"]
        user = account_of(email)
        if user is None:
            names = {
                name: _clean(f"--{name.replace('_', '-')}", PersonNameField(), options[name])
                for name in ("first_name", "last_name")
            }
            password = self._password(User(email=email, **names), from_stdin=options["password_stdin"])
            user = User.objects.create_user(email, password, **names)
        agencies.add_membership(user=user, agency=agency, role=Membership.Role.ADMINISTRATOR)
        return [f"{email} now administers {area.name_fi}."]

    def _area_and_agency(self, options):
        name = options["area"].strip()
        area = Area.objects.filter(Q(name_fi__iexact=name) | Q(name_sv__iexact=name)).first()
        if area:
            agency = area.agencies.filter(name_fi=area.name_fi).first() or area.agencies.order_by("pk").first()
            if agency is None:
                raise CommandError(f"{area.name_fi} has no agency that an administrator could act for.")
            return area, agency
        if not (options["municipality"] and options["phone"] and options["emergency_phone"]):
            raise CommandError(
                f"There is no area {name}. To make it, give --municipality, --phone and --emergency-phone as well."
            )
        if not Municipality.objects.exists():
            raise CommandError("No municipality is known yet. Run load_reference_data first.")
        which = options["municipality"].strip()
        found = (
            Municipality.objects.select_for_update(no_key=True)
            .filter(Q(code=which) | Q(name_fi__iexact=which) | Q(name_sv__iexact=which))
            .first()
        )
        if found is None:
            raise CommandError(f"There is no municipality {which}. Give its name, or its code like 491.")
        if found.area_id:
            raise CommandError(f"{found.name_fi} already belongs to the area {found.area.name_fi}.")
        return agencies.begin_area(
            name_fi=name,
            municipality_code=found.code,
            coordinator_phone=_clean("--phone", PhoneField(), options["phone"]),
            emergency_phone=_clean("--emergency-phone", CleanCharField(max_length=40), options["emergency_phone"]),
        )

    def _password(self, user, *, from_stdin):
        if from_stdin:
            password = sys.stdin.readline().rstrip("\r\n")
        elif sys.stdin.isatty():
            password = getpass.getpass("Password: ")
            if getpass.getpass("Password again: ") != password:
                raise CommandError("The two passwords are not the same.")
        else:
            raise CommandError("There is nobody to ask for a password here: give --password-stdin or --link.")
        validate_password(password, user)
        return password


def _clean(option, field, value):
    try:
        return field.clean(value)
    except ValidationError as refusal:
        raise CommandError(f"{option}: {_sentences(refusal)}") from refusal


def _sentences(refusal):
    return " ".join(refusal.messages)
