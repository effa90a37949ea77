"""How every form of the product becomes a page: labels, hints, errors and inputs of the design system.

``settings.FORM_RENDERER`` names `GovukRenderer`, so ``{{ form }}`` and ``{{ form.name.as_field_group }}`` need nothing
else, and sign-in pages of the login library come along. The admin writes its own markup around ``{{ field }}``, which
stays Django's plain input: only the templates in ``templates/forms/`` ask for `GovukBoundField.control`.
"""

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from coordination.interface.typed import NOTHING, typed_into
from coordination.interface.widgets import DateBoxes


class GovukBoundField(BoundField):
    """A field with its data, and what the field template needs to know about its looks."""

    @property
    def kind(self) -> str:
        """Which shape the field template draws: a word, see ``templates/forms/field.html``."""
        widget = self.field.widget
        # Order matters: a widget is drawn by the first class it belongs to.
        for widget_class, kind in (
            (DateBoxes, "date"),
            (forms.CheckboxSelectMultiple, "checkboxes"),
            (forms.RadioSelect, "radios"),
            (forms.CheckboxInput, "checkbox"),
            (forms.Select, "select"),
            (forms.Textarea, "textarea"),
            (forms.FileInput, "file-upload"),
            (forms.MultiWidget, "other"),
            (forms.widgets.Input, "input"),
        ):
            if isinstance(widget, widget_class):
                return kind
        return "other"

    @property
    def control(self) -> str:
        """The input as HTML, with the design system's classes; without placeholders, which vanish when needed."""
        if self.kind == "other":
            return self.as_widget()
        base = "govuk-checkboxes__input" if self.kind == "checkbox" else f"govuk-{self.kind}"
        return self.as_widget(attrs={"class": self._class(base), "placeholder": False})

    @property
    def data(self):
        """What was posted; a NUL in a choice is replaced, because PostgreSQL can't even be asked for such a row.

        Fields of free text see the NUL themselves and answer with a sentence.
        """
        posted = super().data
        if not isinstance(self.field.widget, forms.widgets.ChoiceWidget):
            return posted
        if isinstance(posted, list | tuple):
            return [_without_nul(value) for value in posted]
        return _without_nul(posted)

    def value(self):
        """What the input holds: what was typed before the page was locked, where it comes back after that."""
        typed = typed_into(self)
        if typed is NOTHING:
            return super().value()
        return self.field.prepare_value(self.field.bound_data(typed, self.initial))

    @property
    def options(self) -> list:
        """Radios or checkboxes, each as the widget's context with its input class, id and hint id."""
        options = []
        for bound in self.subwidgets:
            option = dict(bound.data)
            attrs = {**option["attrs"], "class": f"govuk-{self.kind}__input"}
            # The group's description belongs to the fieldset; "required" on each checkbox would demand them all.
            for name in ("aria-describedby", "aria-invalid", "required"):
                attrs.pop(name, None)
            option["id"] = attrs.get("id", "")
            if option.get("hint"):
                option["hint_id"] = f"{option['id']}_hint"
                attrs["aria-describedby"] = option["hint_id"]
            option["attrs"] = attrs
            options.append(option)
        return options

    @property
    def boxes(self) -> list:
        """The three boxes of a date as widgets' contexts, each with its label and classes."""
        invalid = self._boxes_in_error()
        boxes = []
        for index, bound in enumerate(self.subwidgets[0].data["subwidgets"]):
            box = dict(bound)
            width = "govuk-input--width-4" if index == 2 else "govuk-input--width-2"
            error = " govuk-input--error" if index in invalid else ""
            attrs = {**box["attrs"], "class": f"govuk-input govuk-date-input__input {width}{error}"}
            for name in ("aria-describedby", "aria-invalid", "required"):
                attrs.pop(name, None)
            if index in invalid:
                attrs["aria-invalid"] = "true"
            boxes.append({**box, "attrs": attrs, "id": attrs.get("id", ""), "label": DateBoxes.labels[index]})
        return boxes

    @property
    def first_input_id(self) -> str:
        """The id that a link of the error summary goes to: the first box or choice of a group (its id ends in _0)."""
        if self.kind == "date":
            return f"{self.auto_id}_{min(self._boxes_in_error(), default=0)}"
        if self.kind in ("radios", "checkboxes"):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    @property
    def is_optional(self) -> bool:
        """Whether the label says "(optional)": not on choices to tick, nor where the form decides later."""
        if self.field.required or self.kind in ("checkbox", "checkboxes"):
            return False
        return not getattr(self.field, "needed_sometimes", False)

    @property
    def shown_when(self) -> str:
        """``"reason=other,phone"``: the script shows this field only then; without a script it always shows."""
        name, separator, values = getattr(self.field, "shown_when", "").partition("=")
        return f"{self.form.add_prefix(name)}={values}" if separator else ""

    def _class(self, base: str) -> str:
        own = self.field.widget.attrs.get("class", "")
        error = f"{base}--error" if self.errors else ""
        return " ".join(part for part in (base, own, error) if part)

    def _boxes_in_error(self) -> set[int]:
        """The numbers (0 day, 1 month, 2 year) of the boxes that an error is about; all when it is about the date."""
        if not self.errors:
            return set()
        codes = {error.code for error in self.errors.as_data()}
        return {index for index, part in enumerate(DateBoxes.parts) if f"missing_{part}" in codes} or {0, 1, 2}


def _without_nul(value):
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value


class GovukRenderer(TemplatesSetting):
    """The renderer that settings name; it finds its templates as every page does."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = GovukBoundField
