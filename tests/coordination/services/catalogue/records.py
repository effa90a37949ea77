"""Records as the catalogue gives them (open API version 11), shortened to what is read and what must not be."""

ID = "6b1f7b3e-0f3c-4c0d-9e39-2f2a5c9a7a01"
GENERAL = "2f8a4f0e-5d0b-4a58-9d2c-7f3f5a1b9c02"
CHANNEL = "0d7f5e2c-9a51-4c3b-8f0a-d1b7c0c6e111"


def texts(**said):
    """[{language, value}] of language=text."""
    return [{"language": language, "value": text} for language, text in said.items()]


def service(**changed):
    """A whole record of a service."""
    return {
        "id": ID,
        "type": "Service",
        "serviceNames": [
            {"language": "fi", "value": "Perheneuvola", "type": "Name"},
            {"language": "sv", "value": "Familjerådgivning", "type": "Name"},
            {"language": "fi", "value": "Neuvola", "type": "AlternativeName"},
            {"language": "se", "value": "Bearaš", "type": "Name"},
        ],
        "serviceDescriptions": [
            {"language": "fi", "value": "<p>Pitkä&nbsp;kuvaus.</p>", "type": "Description"},
            {"language": "fi", "value": "Tukea  kasvatukseen &amp; arkeen.", "type": "Summary"},
            {"language": "sv", "value": "Lång beskrivning.", "type": "Description"},
        ],
        "organizations": [
            {"roleType": "Producer", "organization": {"id": "1", "name": "Perhe Oy"}},
            {"roleType": "Responsible", "organization": {"id": "2", "name": "Etelä-Savon hyvinvointialue"}},
            {"roleType": "Producer", "organization": None, "additionalInformation": texts(fi="Järjestö ry")},
        ],
        "serviceClasses": [{"code": "P7.1", "name": texts(fi="Perhepalvelut")}],
        "targetGroups": [{"code": "KR1.2"}, {"code": "KR1.2"}, {"code": "KR1.3"}],
        "lifeEvents": [{"code": "KE3", "name": texts(fi="Lapsen saaminen", sv="Att få barn")}, {"code": "KE4"}],
        "languages": ["fi", "sv"],
        "areaType": "LimitedType",
        "areas": [
            {"type": "Municipality", "municipalities": [{"code": "491", "name": texts(fi="Mikkeli")}, {"code": "507"}]},
            {"type": "WellbeingServicesCounty", "code": "10"},
        ],
        "serviceChannels": [{"serviceChannel": {"id": CHANNEL, "name": "Neuvola"}}],
        "serviceChargeType": "FreeOfCharge",
        "publishingStatus": "Published",
        "modified": "2026-10-05T08:15:30.123Z",
    } | changed


def general(**changed):
    """A whole record of a general description."""
    return {
        "id": GENERAL,
        "names": [{"language": "fi", "value": "Kasvatus- ja perheneuvonta", "type": "Name"}],
        "descriptions": [
            {"language": "fi", "value": "Perheille maksutta.", "type": "Summary"},
            {"language": "en", "value": "<p>Free for families.</p>", "type": "Description"},
            {"language": "en", "value": "Bring your card.", "type": "UserInstruction"},
        ],
        "serviceChargeType": "FreeOfCharge",
    } | changed


def channel(**changed):
    """A whole record of a place to go to, with the details of people that such records have."""
    return {
        "id": CHANNEL,
        "serviceChannelType": "ServiceLocation",
        "phoneNumbers": [
            {
                "prefixNumber": "+358",
                "number": "15 000 0000",
                "type": "Phone",
                "language": "fi",
                "additionalInformation": "Sosiaalityöntekijä Maija Meikäläinen",
            },
            {"prefixNumber": "+358", "number": "15 000 0001", "type": "Fax", "language": "fi"},
        ],
        "supportPhones": [{"prefixNumber": "+358", "number": "15 000 0000", "type": "Phone", "language": "sv"}],
        "emails": [{"value": "maija.meikalainen@example.test", "language": "fi"}],
        "supportEmails": [{"value": "matti.meikalainen@example.test", "language": "fi"}],
        "addresses": [
            {"type": "Postal", "subType": "PostOfficeBox"},
            {
                "type": "Location",
                "streetAddress": {
                    "street": texts(fi="Porrassalmenkatu", sv="Porrassalmigatan"),
                    "streetNumber": "21",
                    "postalCode": "50100",
                    "postOffice": texts(fi="MIKKELI", sv="S:T MICHEL"),
                    "additionalInformation": texts(fi="Soita Maijalle"),
                },
            },
        ],
        "webPages": [{"url": "http://example.test/vanha"}, {"url": "https://example.test/neuvola", "language": "fi"}],
    } | changed
