"""The web server in front keeps nothing of children's pages either."""

import re

from tests.house.source import ROOT


def test_the_survey_is_in_no_access_log():
    conf = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    places = dict(re.findall(r"location ~ (\S+) \{(.*?)\}", conf, re.DOTALL))
    for path in ("/survey", "/survey/", "/survey/fi/kettu-kuu-1234/", "/static/css/survey.css"):
        (place,) = [body for pattern, body in places.items() if re.match(pattern, path)]
        assert "access_log off;" in place
    # Nor does the log of other pages say from which one somebody came.
    assert "referer" not in conf.lower()
