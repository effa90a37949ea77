"""Dates and times are written alike in all three languages: 21.11.2026, 9.15 (Finnish everyday form)."""

DATE_FORMAT = "j.n.Y"
SHORT_DATE_FORMAT = "j.n.Y"
TIME_FORMAT = "G.i"
DATETIME_FORMAT = "j.n.Y G.i"
SHORT_DATETIME_FORMAT = "j.n.Y G.i"
WEEKDAY_DATE_FORMAT = "D j.n.Y"
# And so they are typed in the administration; 2026-11-21 is understood everywhere.
DATE_INPUT_FORMATS = ["%d.%m.%Y"]
MONTH_DAY_FORMAT = "j.n."
FIRST_DAY_OF_WEEK = 1
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
