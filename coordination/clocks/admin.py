"""The administration of deadlines: each area keeps its own rules beside those that come with the portal."""

from datetime import date, datetime, time

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.own_area import OwnAreaAdmin
from coordination.agencies.rules import NotNow
from coordination.clocks import changing, commands
from coordination.clocks.days import ALL, NotWorking
from coordination.clocks.models import DeadlineRule
from coordination.clocks.rules import HELSINKI, ONE_DAY, deadline, today
from coordination.interface.fields import CleanCharField
from coordination.templatetags.ui import finnish_date, weekday_date

_TEXTS = {"law": 100, "name_fi": 200, "name_sv": 200, "name_en": 200}
_COUNTING = ("number", "unit", "counts_from_next_day", "not_working", "rolls_to_working_day")
_IN_WORDS = ("law", "name_fi", "name_sv", "name_en")
TUESDAY = 1


def example_days(day):
    """Three days of receipt that show what a rule gives, all after `day`: the next Tuesday, the next day before
    Christmas Eve, and the end of the next January, after which months are shorter."""
    tuesday = day + ONE_DAY * ((TUESDAY - day.weekday() - 1) % 7 + 1)
    before_eve, month_end = date(day.year, 12, 23), date(day.year, 1, 31)
    return [tuesday] + [one if one > day else one.replace(year=day.year + 1) for one in (before_eve, month_end)]


class DeadlineRuleForm(forms.ModelForm):
    """One rule of the own area."""

    class Meta:
        model = DeadlineRule
        fields = ("what", "scope", "valid_from", "valid_until", *_COUNTING, *_IN_WORDS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, longest in _TEXTS.items():
            if name in self.fields:
                old = self.fields[name]
                self.fields[name] = CleanCharField(
                    label=old.label,
                    help_text=old.help_text,
                    required=old.required,
                    max_length=longest,
                    widget=AdminTextInputWidget(),
                )
        if "not_working" in self.fields:
            old = self.fields["not_working"]
            self.fields["not_working"] = forms.MultipleChoiceField(
                label=old.label,
                help_text=old.help_text,
                initial=NotWorking.values,
                choices=NotWorking.choices,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def clean(self):
        """It begins, and ends, today or later."""
        typed = super().clean()
        for name, check in (("valid_from", changing.check_begins), ("valid_until", changing.check_last_day)):
            if typed.get(name):
                try:
                    check(typed[name])
                except NotNow as refusal:
                    self.add_error(name, refusal.sentence)
        return typed


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(OwnAreaAdmin):
    """The own area's rules, and those that come with the portal to read. A change of what holds is a new rule."""

    form = DeadlineRuleForm
    list_display = ("what", "scope", "law", "in_words", "validity", "whose")
    list_filter = ("what", "scope")
    list_select_related = ("area",)

    def limit(self, queryset, area_id):
        return queryset.filter(Q(area=area_id) | Q(area=None))

    def has_change_permission(self, request, obj=None):
        if obj and (obj.area_id != request.membership.agency.area_id or changing.has_ended(obj)):
            return False
        return super().has_change_permission(request, obj)

    def get_fieldsets(self, request, obj=None):
        """As it is typed; once it is saved, what it gives, too."""
        read_only = self.get_readonly_fields(request, obj)
        counting = ["days_off" if name == "not_working" and "days_off" in read_only else name for name in _COUNTING]
        sets = [
            (None, {"fields": ("what", "scope")}),
            (_("How it is counted"), {"fields": counting}),
            (_("What pages say"), {"fields": _IN_WORDS}),
            (_("When it holds"), {"fields": ("valid_from", "valid_until")}),
        ]
        return [*sets, (_("What it gives"), {"fields": ("worked_example",)})] if obj else sets

    def get_readonly_fields(self, request, obj=None):
        """Of what has begun to hold only the last day can be changed."""
        if obj is None:
            return ()
        if self.has_change_permission(request, obj) and not changing.has_begun(obj):
            return ("worked_example",)
        shown = [name for name in ("what", "scope", *_COUNTING, *_IN_WORDS) if name != "not_working"]
        last_day = () if self.has_change_permission(request, obj) else ("valid_until",)
        return (*shown, "days_off", "valid_from", *last_day, "worked_example")

    @admin.display(description=_("whose"))
    def whose(self, rule):
        return rule.area or _("comes with the portal")

    @admin.display(description=_("the rule in words"))
    def in_words(self, rule):
        return rule.name

    @admin.display(description=_("holds"))
    def validity(self, rule):
        """From when until when, as "1.4.2015–31.12.2026"."""
        return f"{finnish_date(rule.valid_from)}–{finnish_date(rule.valid_until)}"

    @admin.display(description=_("not working days"))
    def days_off(self, rule):
        """In words what the row keeps as codes."""
        if ALL.issubset(rule.not_working):
            return ", ".join(str(label) for label in NotWorking.labels)
        return ", ".join(str(NotWorking(code).label) for code in rule.not_working) or "–"

    @admin.display(description=_("worked example"))
    def worked_example(self, rule):
        """What the rule gives for three days of receipt, at noon."""
        lines = []
        for day in example_days(today()):
            due = deadline(rule, datetime.combine(day, time(12), HELSINKI))
            lines.append((gettext("Received on %(day)s") % {"day": weekday_date(day)}, due.when or due.why))
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {}</li>", lines))

    def save_model(self, request, obj, form, change):
        commands.save_rule(rule=obj, by=request.membership)
