"""The one screen on which a young person is flagged."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.fields import MunicipalityField
from coordination.agencies.models import LegalGround
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.interface.fields import CleanCharField, DateField3, PersonNameField, PhoneField
from coordination.interface.once import PostOnceForm
from coordination.people.rules import birth_date_of, clean_hetu
from coordination.templatetags.ui import finnish_date
from flags.flagging import rules


class HetuField(CleanCharField):
    """A personal identity code, with a sentence for each thing that can be wrong with it."""

    def clean(self, value):
        """The code as written officially, None where nothing was typed."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return clean_hetu(text)
        except ValueError as error:
            raise forms.ValidationError(
                {
                    "check": gettext("The last character of the personal identity code doesn't match the rest."),
                    "test": gettext("This personal identity code is for testing only."),
                    "real": gettext(
                        "This is the demo: real personal identity codes stay outside. Those for testing have an "
                        "individual number from 900 to 999."
                    ),
                }.get(str(error), gettext("A personal identity code looks like 131052-308T."))
            ) from error


class PermissionForm(PostOnceForm):
    """Who allows a flag, or on what ground in law it stands, and until when it holds."""

    told_and_allowed = forms.BooleanField(
        label=_("The young person has been told what this means, and allows it"), required=False
    )
    guardian_allowed = forms.BooleanField(
        label=_("The guardian, or whoever the law names, has been told and allows it too"), required=False
    )
    until = DateField3(label=_("Until"), future_only=True)
    legal_ground = forms.ModelChoiceField(
        LegalGround.objects.none(),
        label=_("Ground in law"),
        required=False,
        empty_label=_("None: the young person allows it"),
    )

    def offer_grounds(self, agency, area):
        """Offer the grounds in law that this agency has in this area; the choice goes where there is none."""
        self.fields["told_and_allowed"].needed_sometimes = True
        self.fields["guardian_allowed"].needed_sometimes = True
        grounds = LegalGround.objects.filter(area=area, is_active=True)
        if agency.is_authority and grounds.exists():
            self.fields["legal_ground"].queryset = grounds
        else:
            del self.fields["legal_ground"]

    def check_permission(self, data, area, born):
        """A permission or a ground in law, the guardian's word for a minor, and no longer than the area allows."""
        until = data.get("until")
        if until and until > rules.last_day(area, today()):
            self.add_error(
                "until",
                gettext("In this area a flag can hold until %(day)s at most.")
                % {"day": finnish_date(rules.last_day(area, today()))},
            )
        allowed, ground = data.get("told_and_allowed"), data.get("legal_ground")
        if allowed and ground:
            self.add_error("legal_ground", gettext("Choose one: the young person allows it, or a ground in law."))
        if not allowed and not ground:
            self.add_error("told_and_allowed", gettext("Tell the young person first, and flag when they allow it."))
        if allowed and born and rules.needs_guardian(area, born) and not data.get("guardian_allowed"):
            self.add_error(
                "guardian_allowed",
                gettext(
                    "For somebody this young the guardian, or whoever the law names, must be told and allow it too."
                ),
            )


class RenewForm(PermissionForm):
    """One's own flag, longer: asked and allowed afresh."""

    def __init__(self, *args, flag, **kwargs):
        self.flag = flag
        super().__init__(*args, initial={"until": rules.last_day(flag.area, today())}, **kwargs)
        self.offer_grounds(flag.membership.agency, flag.area)
        if not rules.needs_guardian(flag.area, flag.birth_date):
            del self.fields["guardian_allowed"]

    def clean(self):
        """As for a new flag."""
        data = super().clean()
        self.check_permission(data, self.flag.area, self.flag.birth_date)
        return data

    def renewal(self):
        """What the command wants to know."""
        data = self.cleaned_data
        return {name: data[name] for name in ("token", "until", "told_and_allowed")} | {
            "guardian_allowed": data.get("guardian_allowed", False),
            "legal_ground": data.get("legal_ground"),
        }


class FlagForm(PermissionForm):
    """Six inputs that are always there; the others only where the area, the age or the law asks for them."""

    first_name = PersonNameField(label=_("First name"))
    last_name = PersonNameField(label=_("Last name"))
    birth_date = DateField3(label=_("Date of birth"), past_only=True)
    phone = PhoneField(label=_("Young person's telephone"), required=False)
    municipality = MunicipalityField(label=_("Municipality"), required=False)
    hetu = HetuField(label=_("Personal identity code"), max_length=11, required=False)
    # As they stand on the page: the summary of errors follows it.
    field_order = ["first_name", "last_name", "birth_date", "phone", "told_and_allowed", "guardian_allowed", "until"]
    field_order += ["municipality", "hetu", "legal_ground"]

    # What a match does, as this page says it: the area may decide otherwise while the form is open.
    told_rule = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def __init__(self, *args, membership, **kwargs):
        self.membership = membership
        self.area = membership.area
        # The area whose coordinator can help after a refusal that typing something else doesn't mend.
        self.refused_in = None
        super().__init__(
            *args, initial={"until": rules.last_day(self.area, today()), "told_rule": self.area.reveal_rule}, **kwargs
        )
        self.offer_grounds(membership.agency, self.area)
        if not (membership.agency.is_authority and self.area.hetu_allowed):
            del self.fields["hetu"]

    def refuse(self, field, sentence):
        """Add the sentence with which the rules refuse what was typed, and remember the area whose rules they are."""
        self.add_error(field, sentence)
        self.refused_in = rules.posting_area(self.membership, self.cleaned_data.get("municipality"))

    def clean(self):
        """What belongs together: a code and a date of birth agree, permission or a ground, a guardian for a minor.

        The area's age band comes first: nobody asks a guardian about somebody who can't be flagged at all.
        """
        data = super().clean()
        born, hetu = data.get("birth_date"), data.get("hetu")
        if hetu and born and birth_date_of(hetu) != born:
            self.add_error("hetu", gettext("The personal identity code and the date of birth don't agree."))
        area = rules.posting_area(self.membership, data.get("municipality"))
        if born:
            try:
                rules.check_age(area, born)
            except NotNow as problem:
                self.refuse("birth_date", problem.sentence)
                born = None
        if hetu and not area.hetu_allowed:
            self.add_error("hetu", gettext("In this area a flag is posted without a personal identity code."))
        self.check_permission(data, area, born)
        return data

    def flag(self):
        """What the command wants to know."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("first_name", "last_name", "birth_date", "phone", "until", "token")},
            **{name: data[name] for name in ("told_and_allowed", "guardian_allowed", "municipality")},
            "hetu": data.get("hetu"),
            "legal_ground": data.get("legal_ground"),
            "told_rule": data.get("told_rule"),
        }
