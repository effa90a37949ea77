"""Two towns, their agencies and the people who work in them."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password

from config.demo import ACCOUNTS, PASSWORD
from coordination.agencies.commands import add_membership, begin_area
from coordination.agencies.models import Agency, CovenantParty, LegalGround, Membership, Training, User
from coordination.clocks.rules import today
from coordination.staffing.commands import end_membership, invite

Sector, Kind, Role = Agency.Sector, Agency.Kind, Membership.Role
PUBLIC, PRIVATE, THIRD = Sector.PUBLIC, Sector.PRIVATE, Sector.THIRD

AREAS = {
    "mikkeli": {
        "municipality_code": "491",
        "name_fi": "Mikkeli",
        "name_sv": "S:t Michel",
        "threshold": 2,
        "youngest_age": 13,
        "oldest_age": 28,
        # At once, so that whoever tries the demo sees a match; in Kerava one can try undoing.
        "undo_minutes": 0,
        "coordinator_phone": "+358150000101",
        "coordinator_hours": "ma–pe 9–15",
        "emergency_phone": "+358150000112",
    },
    "kerava": {
        "municipality_code": "245",
        "name_fi": "Kerava",
        "name_sv": "Kervo",
        "threshold": 1,
        "youngest_age": 16,
        "oldest_age": 28,
        "hetu_allowed": True,
        "coordinator_phone": "+358900000101",
        "coordinator_hours": "ma–to 9–16",
        "emergency_phone": "+358900000112",
    },
}
# Key: town, name in Finnish, Swedish and English, sector, kind. One is sensitive, one has not signed the covenant.
AGENCIES = {
    "school": ("mikkeli", "Rantatien koulu", "", "", PUBLIC, Kind.SCHOOL),
    "upper": ("mikkeli", "Harjun lukio", "", "", PUBLIC, Kind.SCHOOL),
    "health": ("mikkeli", "Kouluterveydenhuolto", "Skolhälsovården", "School health care", PUBLIC, Kind.HEALTH),
    "welfare": ("mikkeli", "Opiskeluhuolto", "Elevvården", "Student welfare", PUBLIC, Kind.STUDENT_WELFARE),
    "outreach": (
        "mikkeli",
        "Mikkelin etsivä nuorisotyö",
        "Uppsökande ungdomsarbetet i S:t Michel",
        "Outreach youth work of Mikkeli",
        PUBLIC,
        Kind.OUTREACH,
    ),
    "social": (
        "mikkeli",
        "Nuorten sosiaalipalvelut",
        "Socialservice för unga",
        "Social services for young people",
        PUBLIC,
        Kind.SOCIAL,
    ),
    "jobs": (
        "mikkeli",
        "Työllisyyspalvelut",
        "Sysselsättningstjänster",
        "Employment services",
        PUBLIC,
        Kind.EMPLOYMENT,
    ),
    "police": ("mikkeli", "Ankkuritiimi", "Ankarteamet", "Anchor team", PUBLIC, Kind.POLICE),
    "clinic": (
        "mikkeli",
        "Päihde- ja mielenterveysvastaanotto",
        "Missbruks- och mentalvårdsmottagningen",
        "Clinic for substance use and mental health",
        PUBLIC,
        Kind.MENTAL_HEALTH,
    ),
    "association": ("mikkeli", "Nuorten Aalto ry", "", "", THIRD, Kind.ASSOCIATION),
    "bridge": ("mikkeli", "Monikulttuurikeskus Silta ry", "", "", THIRD, Kind.ASSOCIATION),
    "workshop": ("mikkeli", "Työpaja Tuuli", "Verkstaden Tuuli", "Youth workshop Tuuli", THIRD, Kind.WORKSHOP),
    "family": ("mikkeli", "Perhetuki Pihapiiri Oy", "", "", PRIVATE, Kind.SOCIAL),
    "coaching": ("mikkeli", "Valmennus Virta Oy", "", "", PRIVATE, Kind.OTHER),
    "k_outreach": (
        "kerava",
        "Keravan etsivä nuorisotyö",
        "Uppsökande ungdomsarbetet i Kervo",
        "Outreach youth work of Kerava",
        PUBLIC,
        Kind.OUTREACH,
    ),
    "k_upper": ("kerava", "Jokivarren lukio", "", "", PUBLIC, Kind.SCHOOL),
    "k_health": (
        "kerava",
        "Opiskeluterveydenhuolto",
        "Studerandehälsovården",
        "Student health care",
        PUBLIC,
        Kind.HEALTH,
    ),
    "k_house": ("kerava", "Nuorten Piha ry", "", "", THIRD, Kind.ASSOCIATION),
}
SENSITIVE, OUTSIDE_THE_COVENANT = "clinic", "coaching"

# First name: (agency, role, job title, language, rhythm of mails). Those among ACCOUNTS can sign in.
STAFF = {
    "Anna": ("mikkeli", Role.ADMINISTRATOR, "palvelupäällikkö", "fi", "weekly"),
    "Helena": ("mikkeli", Role.ADMINISTRATOR, "hyvinvointikoordinaattori", "fi", "daily"),
    "Kaisa": ("outreach", Role.COORDINATOR, "etsivä nuorisotyöntekijä", "fi", "immediate"),
    "Kalle": ("outreach", Role.COORDINATOR, "etsivä nuorisotyöntekijä", "fi", "daily"),
    "Tiina": ("school", Role.PROFESSIONAL, "luokanvalvoja", "fi", "daily"),
    "Niina": ("health", Role.PROFESSIONAL, "terveydenhoitaja", "fi", "daily"),
    "Sanna": ("social", Role.PROFESSIONAL, "sosiaalityöntekijä", "fi", "daily"),
    "Jussi": ("association", Role.PROFESSIONAL, "nuorisotyöntekijä", "fi", "immediate"),
    "Pia": ("clinic", Role.PROFESSIONAL, "sairaanhoitaja", "fi", "daily"),
    "Riikka": ("workshop", Role.PROFESSIONAL, "valmentaja", "fi", "daily"),
    "Linnea": ("welfare", Role.PROFESSIONAL, "kuraattori", "sv", "daily"),
    "Daniel": ("bridge", Role.PROFESSIONAL, "nuorisotyöntekijä", "en", "daily"),
    "Ulla": ("coaching", Role.PROFESSIONAL, "valmentaja", "fi", "daily"),
    "Heidi": ("upper", Role.PROFESSIONAL, "opinto-ohjaaja", "fi", "weekly"),
    "Petri": ("police", Role.PROFESSIONAL, "vanhempi konstaapeli", "fi", "daily"),
    "Outi": ("jobs", Role.PROFESSIONAL, "omavalmentaja", "fi", "weekly"),
    "Marko": ("family", Role.PROFESSIONAL, "perhetyöntekijä", "fi", "daily"),
    "Tuomas": ("association", Role.PROFESSIONAL, "vapaaehtoisten ohjaaja", "fi", "daily"),
    "Arto": ("kerava", Role.ADMINISTRATOR, "nuorisopalvelujen päällikkö", "fi", "weekly"),
    "Oona": ("k_outreach", Role.COORDINATOR, "etsivä nuorisotyöntekijä", "fi", "daily"),
    "Ville": ("k_upper", Role.PROFESSIONAL, "ryhmänohjaaja", "fi", "daily"),
    "Mirja": ("k_health", Role.PROFESSIONAL, "opiskeluterveydenhoitaja", "fi", "daily"),
    "Sami": ("k_house", Role.PROFESSIONAL, "nuorisotyöntekijä", "fi", "daily"),
}
# Of those who have no account on the sign-in page.
SURNAMES = {
    "Heidi": "Laaksoranta",
    "Petri": "Salokoski",
    "Outi": "Kangaslampi",
    "Marko": "Vuorenpolku",
    "Tuomas": "Rantakivi",
    "Arto": "Sepänpelto",
    "Mirja": "Koivurinne",
    "Sami": "Peuramäki",
}


class Cast:
    """Everybody who works in the demo: `cast["Tiina"]` is a membership, `cast.areas["mikkeli"]` an area."""

    def __init__(self):
        self.password = make_password(PASSWORD)
        self.areas, self.agencies, self.members, self.legal_grounds = {}, {}, {}, {}
        for town, settings in AREAS.items():
            self._make_area(town, settings)
        for key, row in AGENCIES.items():
            self._make_agency(key, *row)
        accounts = {account["name"].split()[0]: account for account in ACCOUNTS}
        for first_name, row in STAFF.items():
            self.members[first_name] = self._hire(first_name, accounts.get(first_name), *row)
        riikka = self["Riikka"].user
        self.members["Riikka in the evening"] = add_membership(
            user=riikka, agency=self.agencies["association"], job_title="iltatoiminnan ohjaaja"
        )

    def __getitem__(self, name):
        return self.members[name]

    def _make_area(self, town, settings):
        area, agency = begin_area(**settings)
        self.areas[town], self.agencies[town] = area, agency
        self.legal_grounds[town] = LegalGround.objects.create(
            area=area,
            name_fi="Tietojen luovuttaminen etsivään nuorisotyöhön",
            name_sv="Utlämnande av uppgifter till uppsökande ungdomsarbete",
            name_en="Passing details to outreach youth work",
            law="Nuorisolaki 1285/2016 11 §",
        )

    def _make_agency(self, key, town, name_fi, name_sv, name_en, sector, kind):
        agency = Agency.objects.create(
            area=self.areas[town],
            name_fi=name_fi,
            name_sv=name_sv,
            name_en=name_en,
            sector=sector,
            kind=kind,
            sensitive=key == SENSITIVE,
        )
        self.agencies[key] = agency
        if key != OUTSIDE_THE_COVENANT:
            CovenantParty.objects.create(area=agency.area, agency=agency, signed_on=today() - timedelta(days=30))

    def _hire(self, first_name, account, agency, role, job_title, language, rhythm):
        agency = self.agencies[agency]
        town = "kerava" if agency.area == self.areas["kerava"] else "mikkeli"
        user = self._user(
            account["email"] if account else f"{first_name.lower()}@{town}.example",
            first_name=first_name,
            last_name=account["name"].split(" ", 1)[1] if account else SURNAMES[first_name],
            language=language,
            rhythm=rhythm,
            can_sign_in=bool(account),
        )
        Training.objects.create(user=user, held_on=today() - timedelta(days=14))
        return add_membership(user=user, agency=agency, role=role, job_title=job_title)

    def _user(self, email, *, can_sign_in=True, **fields):
        # No subscriber's number begins with 000.
        user = User.objects.create_user(email, phone=f"+35850000{len(self.members) + 1:04d}", **fields)
        if can_sign_in:
            # Hashing is slow by design; one password is hashed once for all.
            user.password = self.password
            user.save(update_fields=["password"])
        return user

    def newcomer(self):
        """Somebody who has just begun: the training is still ahead."""
        account = next(one for one in ACCOUNTS if one["name"].startswith("Veera"))
        first_name, last_name = account["name"].split()
        user = self._user(account["email"], first_name=first_name, last_name=last_name)
        self.members[first_name] = add_membership(user=user, agency=self.agencies["upper"], job_title="lehtori")

    def leave(self, name, *, by):
        """Somebody changes jobs."""
        end_membership(membership=self[name], by=self[by])

    def invite(self, email, agency, *, by, **fields):
        """An invitation that nobody has accepted yet."""
        invite(email=email, agency=self.agencies[agency], by=self[by], **fields)
