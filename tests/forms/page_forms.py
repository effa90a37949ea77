"""The forms that stand on a page, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.urls import resolve

from tests.cast import born

NEW = "/flags/new/"
TYPED = ("text", "textarea", "email", "tel", "search")


@dataclass
class PageForm:
    """Where a form goes, and each field's kind and value.

    What stands beside a button that sends the form elsewhere is a form of its own: `around` is the whole one, which
    such a button sends along, and `pressed` names the fields that stand beside any such button.
    """

    action: str
    fields: dict = field(default_factory=dict)
    kinds: dict = field(default_factory=dict)
    around: "PageForm | None" = None
    pressed: set = field(default_factory=set)

    @property
    def name(self):
        """The name of the address it is sent to."""
        return resolve(self.action.split("?")[0]).view_name

    def data(self, **typed):
        """What a browser sends, with what was typed over it."""
        sent = (self.around or self).fields
        return {name: value for name, value in sent.items() if value is not None} | typed

    def typable(self):
        """The fields whose text a refused form must show again."""
        return [name for name, kind in self.kinds.items() if kind in TYPED]

    def staying(self):
        """The fields around it whose text stays, whatever comes of what was pressed."""
        return [name for name in self.around.typable() if name not in self.around.pressed] if self.around else []


class _Reader(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.path, self.forms, self.form, self.select, self.area = path, [], None, None, None
        self.elsewhere = []  # where the form's own buttons send it instead, and the fields that stand beside them
        self.beside, self.folded = set(), None

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        if tag == "form":
            posts = (has.get("method") or "get").lower() == "post"
            self.form = PageForm(action=has.get("action") or self.path) if posts else None
            self.forms += [self.form] if posts else []
        elif self.form is None:
            return
        elif tag == "button" and has.get("formaction"):
            self.elsewhere.append((has["formaction"], self.beside))
            # Fields that are folded away with the button are its own.
            self.form.pressed |= self.folded or set()
        elif tag == "details":
            self.beside = self.folded = set()
        elif tag in ("input", "button") and has.get("name"):
            self._input(has, has.get("type") or ("submit" if tag == "button" else "text"))
        elif tag == "select" and has.get("name"):
            self.select = has["name"]
            self._put(self.select, "select", "")
        elif tag == "option" and self.select and "selected" in has:
            self.form.fields[self.select] = has.get("value", "")
        elif tag == "textarea" and has.get("name"):
            self.area = has["name"]
            self._put(self.area, "textarea", "")

    def handle_endtag(self, tag):
        if tag == "form":
            for action, beside in self.elsewhere:
                kinds = {name: kind for name, kind in self.form.kinds.items() if name in beside or kind == "hidden"}
                fields = {name: self.form.fields[name] for name in kinds}
                self.forms.append(PageForm(action, fields, kinds, around=self.form))
            self.form, self.elsewhere = None, []
        elif tag == "details":
            self.folded = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None

    def handle_data(self, text):
        if self.form is not None and self.area:
            self.form.fields[self.area] += text

    def _input(self, has, kind):
        if has["name"] == "csrfmiddlewaretoken":
            return
        if kind in ("radio", "checkbox"):
            value = has.get("value", "on") if "checked" in has else None
            if value is not None or has["name"] not in self.form.fields:
                self._put(has["name"], kind, value)
        elif kind == "submit":
            self._put(has["name"], kind, None)
        else:
            self._put(has["name"], kind, has.get("value", ""))

    def _put(self, name, kind, value):
        self.form.fields[name], self.form.kinds[name] = value, kind
        self.beside.add(name)


def forms_of(response, path):
    """The forms of this page that are posted."""
    reader = _Reader(path)
    if response["Content-Type"].startswith("text/html"):
        reader.feed(response.content.decode())
    return reader.forms


def form_to(response, path, action):
    """The form of this page that goes to this address."""
    return next(form for form in forms_of(response, path) if form.action == action)


def flag_data(client, **typed):
    """What the flag form sends for somebody not flagged before."""
    day = born(19)
    boxes = {"birth_date_day": day.day, "birth_date_month": day.month, "birth_date_year": day.year}
    names = {"first_name": "Uusi", "last_name": "Nuorikko", "told_and_allowed": "on"}
    return form_to(client.get(NEW), NEW, NEW).data(**boxes | names | typed)


def call_data(client, path):
    """What the call sheet sends for a try that reached nobody."""
    form = form_to(client.get(path), path, path)
    day = {"next_step_on_day": "1", "next_step_on_month": "12", "next_step_on_year": "2090"}
    return form.data(attempt="not_reached", channel="phone", next_step="call_again", **day)
