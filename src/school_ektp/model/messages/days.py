"""Why a day is closed: days off and school weeks as both languages call them."""

from __future__ import annotations

from types import MappingProxyType

from school_ektp.model.language import Lang

#: Kinds of closed days; a day off that is not among them keeps the name it was given.
DAYS: dict[str, dict[Lang, str]] = {
    # what the calendar itself says
    "outside": {"id": "di luar musim", "en": "outside the season"},
    "weekend": {"id": "akhir pekan", "en": "weekend"},
    "by_school": {"id": "ditutup oleh sekolah", "en": "closed by the school"},
    # school weeks
    "mid_term": {"id": "asesmen tengah semester", "en": "mid-term assessment"},
    "placement": {"id": "praktik kerja lapangan (PKL)", "en": "industry placement (PKL)"},
    # national holidays and polling days
    "new_year": {"id": "Tahun Baru Masehi", "en": "New Year's Day"},
    "isra_miraj": {"id": "Isra Mikraj Nabi Muhammad SAW", "en": "Isra Mi'raj"},
    "chinese_new_year": {"id": "Tahun Baru Imlek", "en": "Chinese New Year"},
    "nyepi": {"id": "Hari Suci Nyepi", "en": "Day of Silence (Nyepi)"},
    "good_friday": {"id": "Wafat Isa Almasih", "en": "Good Friday"},
    "easter": {"id": "Hari Paskah", "en": "Easter Sunday"},
    "eid_al_fitr": {"id": "Hari Raya Idulfitri", "en": "Eid al-Fitr"},
    "eid_al_fitr_2": {"id": "Hari Raya Idulfitri (hari kedua)", "en": "Eid al-Fitr second day"},
    "labour": {"id": "Hari Buruh Internasional", "en": "Labour Day"},
    "ascension": {"id": "Kenaikan Isa Almasih", "en": "Ascension Day"},
    "vesak": {"id": "Hari Raya Waisak", "en": "Vesak"},
    "pancasila": {"id": "Hari Lahir Pancasila", "en": "Pancasila Day"},
    "eid_al_adha": {"id": "Hari Raya Iduladha", "en": "Eid al-Adha"},
    "islamic_new_year": {"id": "Tahun Baru Islam", "en": "Islamic New Year"},
    "independence": {
        "id": "Hari Kemerdekaan Republik Indonesia",
        "en": "Independence Day",
    },
    "maulid": {"id": "Maulid Nabi Muhammad SAW", "en": "Prophet's Birthday (Maulid Nabi)"},
    "christmas": {"id": "Hari Raya Natal", "en": "Christmas Day"},
    "general_election": {"id": "Pemungutan suara Pemilihan Umum", "en": "General election"},
    "regional_election": {"id": "Pemungutan suara Pilkada serentak", "en": "Regional elections"},
    # joint leave
    "joint_chinese_new_year": {
        "id": "Cuti bersama Tahun Baru Imlek",
        "en": "Chinese New Year joint leave",
    },
    "joint_nyepi": {"id": "Cuti bersama Hari Suci Nyepi", "en": "Day of Silence joint leave"},
    "joint_good_friday": {"id": "Cuti bersama Wafat Isa Almasih", "en": "Good Friday joint leave"},
    "joint_eid_al_fitr": {
        "id": "Cuti bersama Hari Raya Idulfitri",
        "en": "Eid al-Fitr joint leave",
    },
    "joint_ascension": {
        "id": "Cuti bersama Kenaikan Isa Almasih",
        "en": "Ascension joint leave",
    },
    "joint_vesak": {"id": "Cuti bersama Hari Raya Waisak", "en": "Vesak joint leave"},
    "joint_eid_al_adha": {
        "id": "Cuti bersama Hari Raya Iduladha",
        "en": "Eid al-Adha joint leave",
    },
    "joint_independence": {
        "id": "Cuti bersama Hari Kemerdekaan Republik Indonesia",
        "en": "Independence Day joint leave",
    },
    "joint_christmas": {"id": "Cuti bersama Hari Raya Natal", "en": "Christmas joint leave"},
}

#: Names that decrees and the package `holidays` give to days of `DAYS`.
_ALSO = {
    "isra_miraj": ("Isra' and Mi'raj", "Isra Mikraj Nabi Muhammad"),
    "chinese_new_year": ("Lunar New Year",),
    "nyepi": ("Day of Silence",),
    "good_friday": ("Wafat Yesus Kristus",),
    "easter": ("Kebangkitan Yesus Kristus",),
    "eid_al_fitr": ("Hari Raya Idul Fitri",),
    "eid_al_fitr_2": ("Eid al-Fitr Second Day", "Hari kedua dari Hari Raya Idul Fitri"),
    "labour": ("International Labor Day",),
    "ascension": ("Kenaikan Yesus Kristus",),
    "vesak": ("Vesak Day",),
    "eid_al_adha": ("Hari Raya Idul Adha",),
    "maulid": ("Prophet's Birthday", "Maulid Nabi Muhammad"),
    "general_election": ("General Election Day", "Hari Pemilihan Umum"),
    "regional_election": ("Local Election Day", "Hari Pemilihan Kepala Daerah"),
    "joint_chinese_new_year": ("Lunar New Year Joint Holiday",),
    "joint_nyepi": ("Day of Silence Joint Holiday",),
    "joint_good_friday": ("Good Friday Joint Holiday", "Cuti Bersama Wafat Yesus Kristus"),
    "joint_eid_al_fitr": ("Eid al-Fitr Joint Holiday", "Cuti Bersama Hari Raya Idul Fitri"),
    "joint_ascension": ("Ascension Joint Holiday", "Cuti Bersama Kenaikan Yesus Kristus"),
    "joint_vesak": ("Vesak Joint Holiday",),
    "joint_eid_al_adha": ("Eid al-Adha Joint Holiday", "Cuti Bersama Hari Raya Idul Adha"),
    "joint_independence": ("Independence Day Joint Holiday",),
    "joint_christmas": ("Christmas Joint Holiday",),
}
_BETWEEN = "; "  # names of two holidays on one day
_KEY_OF = MappingProxyType(
    {name.casefold(): key for key, texts in DAYS.items() for name in texts.values()}
    | {name.casefold(): key for key, names in _ALSO.items() for name in names}
)
_INDONESIAN = ("cuti", "hari", "wafat", "kenaikan", "kebangkitan", "maulid", "isra mikraj")


def day_text(name: str, lang: Lang) -> str:
    """
    Return the name of a day off or school week in a language.

    A name that is in that language already, or unknown, stays as it was given.
    """
    return _BETWEEN.join(_in_language(part, lang) for part in name.split(_BETWEEN))


def _in_language(name: str, lang: Lang) -> str:
    plain = " ".join(name.split()).casefold()
    key = _KEY_OF.get(plain)
    return name if key is None or _language(plain, key) == lang else DAYS[key][lang]


def _language(plain: str, key: str) -> Lang:
    languages = {text.casefold(): lang for lang, text in DAYS[key].items()}
    return languages.get(plain) or ("id" if plain.startswith(_INDONESIAN) else "en")
