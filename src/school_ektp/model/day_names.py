"""Why a day is closed, as each language calls it: days off and school weeks."""

from __future__ import annotations

from types import MappingProxyType

from school_ektp.model.language import Lang
from school_ektp.model.messages import DAYS

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
