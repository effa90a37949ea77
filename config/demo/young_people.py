"""The young people of the demo: all invented, with invented names, telephones and (test) identity codes."""

from dataclasses import dataclass, field
from datetime import date, timedelta

# Name, age today. "=Name" has that one's birth date, "=Name+1" a birth date that slipped by a day.
MIKKELI = """
    Aada Kaislapuro 14      Aarni Lehtovirta 16     Aliisa Suovirta 19      Amina Saarikoto 18
    Anton Jäälampi 22       Aurora Metsolampi 15    Benjam Hiekkaniemi 17   Daryna Pihlajoki 18
    Eelis Valkovuono 17     Eevi Sammalsuo 20       Eino Karhunpolku 16     Elea Tähtiharju 15
    Elmeri Pilvilinna 23    Emppu Kanervaranta 18   Erika Rinnevesi 16      Essi Lintukoto 21
    Fanni Vesipuro 19       Hanna-Mari Kallioranta 17  Hilla Muurainsuo 15  Iida Kuutamo 18
    Iiris Vaahtopää 16      Ilmari Honkavuo 24      Inka Puolukkamäki 17    Isla Säynätjoki 14
    Jaakko Koskenkylä 19    Jasper Tervalampi 18    Joona Routaniemi 20     Kaapo Hillasaari 16
    Kerttu Usvalampi 17     Lassi Ruskavaara 25     Leevi Kaarnamäki 15     Lilja Syysranta 18
    Lotta Kielomäki 16      Luka Halavasalo 19      Mikael Otsonpolku 21    Minttu Aamunkoi 17
    Nooa Hirvikallio 15     Oiva Kuurankukka 18     Onni Pakkasjärvi 22     Peppi Havunneula 16
    Pihla Rantakäki 17      Ronja Myrskylahti 19    Saana Kesäniitty 16     Samu Tunturipuro 20
    Silja Huurreharju 18    Taavi Susilampi 15      Tuisku Loimuranta 23    Venla Mesimarja 17
    Vilja Ohrapelto 14      Yasmin Taivalkoto 19    Sointu Ilvesranta 19    Tatu Kaislakoski 20
    Unto Poronniitty 21     Ahti Merituuli 17       Vieno Lehmusto 18       Rasmus Törmäpelto 16
    Sylvi Pajukoski 16      Alpo Kivilampi 19       Elvi Metsälampi 12      Niilo Kivipuro 15
    Helka Suomuniitty 15
    Elis Valkovuono =Eelis  Anna-Mari Kallioranta =Hanna-Mari  Jona Routaniemi =Joona+1
    Mintu Aamunkoi =Minttu
"""
KERAVA = """
    Akseli Savenvalaja 18   Bea Skogsvik 17         Emil Kirsikkapuu 20     Helmi Heikkilänkoto 19
    Jalmari Sorapolku 22    Kiira Omenatarha 17     Malla Jokisimpukka 21   Nelli Tuohimäki 18
    Otso Savikallio 19      Roosa Kultasiipi 24     Sisu Ratavarsi 20       Tekla Tammikoto 18
    Väinö Hakamaa 19        Matias Koivupuisto 17   Ritva Laurinlehto 18
    Wäinö Hakamaa =Väinö
"""
FIRST_TEST_NUMBER = 900
CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


@dataclass(frozen=True)
class Young:
    """One young person as professionals type them."""

    first_name: str
    last_name: str
    birth_date: date
    town: str
    number: int = field(compare=False)

    @property
    def identity(self):
        """The names and birth date that a flag or a call is about."""
        return {"first_name": self.first_name, "last_name": self.last_name, "birth_date": self.birth_date}

    @property
    def phone(self):
        """A number that no subscriber has: none begins with 000."""
        return f"+35840000{self.number:04d}"

    @property
    def hetu(self):
        """A test identity code (individual number 900 or over) of this birth date."""
        digits = f"{self.birth_date:%d%m%y}{FIRST_TEST_NUMBER + self.number % 100}"
        separator = "A" if self.birth_date.year >= 2000 else "-"
        return f"{digits[:6]}{separator}{digits[6:]}{CHECK_CHARACTERS[int(digits) % len(CHECK_CHARACTERS)]}"


def everybody(today):
    """Every young person by first name, with birth dates that fit their ages on this day."""
    found = {}
    for town, table in (("mikkeli", MIKKELI), ("kerava", KERAVA)):
        for line in table.strip().splitlines():
            words = line.split()
            for first_name, last_name, age in zip(words[::3], words[1::3], words[2::3], strict=True):
                number = len(found) + 1
                born = _same(age, found) if age.startswith("=") else _born(int(age), number, today)
                found[first_name] = Young(first_name, last_name, born, town, number)
    return found


def _born(age, number, today):
    # From a month to ten months after the birthday, so that nobody's age changes with the day of loading.
    day = today - timedelta(days=30 + number * 37 % 270)
    return day.replace(year=day.year - age, day=min(day.day, 28))


def _same(reference, found):
    name, _, slip = reference[1:].partition("+")
    return found[name].birth_date + timedelta(days=int(slip or 0))
