"""Arabic as people type it without Arabic letters, with digits for the missing sounds: Levant, Iraq, Maghreb."""

from __future__ import annotations

import re

# Greetings and thanks that people also drop into French, and words that other languages share, are left out.
_WORDS = """
3andi 3andak 3andna 3ala 3lach 3lash 3la 3am 3arabi 3ayla 3afak 3endi 3endou 7ad 7ata 7abibi 7ayati 7aja 7atta 9al
9alou 9adiya 2ana 5alas ana inta enta enti nta nti ntouma howa hiya hna ehna i7na wesh wach chno chnou shno shu
shlon shlonak kifach kifash kayf keef kefak labas lyoum lyom elyom bokra bukra lazem lazim bghit bghina bidi biddi
baddi arid orid uridu abgha mafi mafish makanch makayn makaynch kayn kayna fih fein feen wein wayn mnin mneen imta
emta ymta fo9 bzaf bezzaf barcha yasser ktir kteer kathir chwiya shway shwaya daba dork halla2 hala2 hallae alhin
hadchi hadi hada hadha haza hayda dyal dyali dyalna ta3i ta3na nta3i tabi3i mouchkil mushkila mochkila moshkila
alhamdulillah salamou aleykoum alaikum marhaba ahlan sahlan afwan 3afwan akhi okhti khti sadi9i sahbi sa7bi benti
weldi wlad wladi awlad awladi oulad ibni binti mra mrati marti zawja zawjati zawji rajli bayt khedma khdma chghol
shoghl wra9 wara9 wara2 awra9 iqama i9ama loujou2 lojou2 loujou lujoo2 mouhami muhami mo7ami mohami flous floos
masari fulus la2 laa na3am aywa aiwa naam chwaya khalas ma3lich ma3lesh maalish mumkin momken mumken lesh leish
laysh ach eish esh 9addach adesh gdach kadech kaddech rouh nrou7 nemchi nemshi mchit ro7t wsalt jit jina nji7 a3raf
3araf ma3raftch ma3rftch fhemt mafhemt mafhemtch nfhem tkalam tkallam bel3arabi bl3arabi bassah lakin walakin ma3
ma3a bidoun
"""
_KNOWN = frozenset(_WORDS.split())
_TOKENS = re.compile(r"[^\W_]+")
_DIGIT_INSIDE = re.compile(r"[a-z]{1,}[379][a-z]{1,}|[379][a-z]{3,}")
_COUNTED = re.compile(r"\d+(?:eme|ème|jours?|mois|ans?|heures?|euros?|days?|months?|years?|bis|ter|rue|fois|th|rd)\b")


def is_arabizi(text: str) -> bool:
    """Whether two of five words are Arabic in Latin letters."""
    words = _TOKENS.findall(text)
    known = sum(word in _KNOWN or bool(_DIGIT_INSIDE.fullmatch(word) and not _COUNTED.match(word)) for word in words)
    return known > 0 and known >= 0.4 * len(words)
