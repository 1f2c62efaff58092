"""The names of languages in many languages and scripts, and texts that only ask for one (`عربي`, `English please`)."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale

from jalon.nlu.text import normalise

# What the names are of: the languages that Jalon recognises, and others that people around it speak.
_NAMED = """
fr nl de en ar fa ps ti so tr es uk ru sq ku ckb am om hy ka az ur bn ta hi zh pt it pl ro bg sr bs mk el ln sw ff rn rw
wo yo ha bm
"""
# In which languages people may write the name.
_NAMED_IN = ["fr", "nl", "de", "en", "ar", "fa", "ps", "ti", "so", "tr", "es", "uk", "ru", "sq"]
# How people call a language, beyond the names that CLDR gives: dialects, spellings, grammatical cases.
_EVERYDAY = {
    "ar": "عربي عربى العربي darija carabiga арабською арабском الدارجة arabi",
    "de": "deutsch duitse німецькою немецком",
    "en": "anglai angleze англійською английском по-английски انجليزي انكليزي انګلیسي englisch",
    "es": "castellano іспанською испанском ispanyolca",
    "fa": "farsi dari دری فارسى فارسي پارسی persan farsça",
    "ff": "peul pulaar fulani",
    "fr": "français francais французькою французском فرنسي فرنساوي faransiiska",
    "ku": "kurde kurdî kurmancî kurmanji كردي کوردی",
    "ckb": "sorani",
    "nl": "flamand vlaams hollandais holandés hollandaca нідерландською",
    "ps": "pachto pachtou pashto pashtu paschtu پښتو پشتو پختو",
    "ru": "русском по-русски російською روسی",
    "so": "soomaali soomaaliga soomaaliyeed somali صومالي",
    "sq": "shqip shqipe",
    "ti": "tigrinya tigrigna tigrigne tigrinia",
    "tr": "turkce تركي ترکی турецькою турецком",
    "uk": "українською українською украинском",
}
_ASKING = """
please pls plz svp stp s'il vous te plaît plait bitte por favor lütfen fadlan alstublieft aub пожалуйста
ласка будь فضلك من لطفا مهربانی لطفاً በጃኹም merci thanks en in auf op na на ب af het el le la l' the
language langue taal sprache idioma dil lingua мова язык لغة زبان parle parler parlez parles tu vous do
you speak can we talk i want speaking je veux voudrais hablas habla spreekt u sprechen sie konuşabilir
misin biliyor musun flisni ma ku hadashaa hadasha говорите ви розмовляєте вы можно можна hablar spreken
talk write écrire answer reply only seulement tikallim
"""
_PIECES = re.compile(r"[\w'-]+")


@lru_cache(maxsize=1)
def languages_by_name() -> dict[str, str]:
    """The code of the language for every normalised name; Persian and Dari are one, and so are Arabic's varieties."""
    locales = [Locale.parse(language) for language in _NAMED_IN]
    countries = {normalise(name) for locale in locales for name in locale.territories.values()}
    named: dict[str, str] = {}
    for code in _NAMED.split():
        official = {normalise(locale.languages.get(code, "")) for locale in locales}
        for name in [*(official - countries - {""}), *normalise(_EVERYDAY.get(code, "")).split()]:
            named.setdefault(name, code)
    return named


def asks_language(text: str) -> bool:
    """Whether the text names a language and says nothing besides."""
    words = _words(text)
    names, small = _vocabulary()
    return bool(words & names) and words <= small


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[frozenset[str], frozenset[str]]:
    """The words of the names, and the same with those of asking."""
    names = _words(" ".join(languages_by_name()))
    asking = _words(_ASKING)
    return names - asking, names | asking


def _words(text: str) -> frozenset[str]:
    return frozenset(_PIECES.findall(normalise(text)))
