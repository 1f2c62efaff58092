"""What Messenger shows before and beside a conversation: greeting, first questions, menu, in every live language.

https://developers.facebook.com/documentation/business-messaging/messenger-platform/reference/messenger-profile-api
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from jalon.languages import REFERENCE, read_languages
from jalon.phrases import payload, read_buttons, read_phrases

START = "start"  # the payload of the button that opens a conversation
# The countries whose forms of a language Messenger knows, where the code is not doubled (fr → fr_FR).
_LOCALES = {
    "en": "en_US", "ar": "ar_AR", "fa": "fa_IR", "ps": "ps_AF", "so": "so_SO", "sq": "sq_AL", "uk": "uk_UA",
    "ti": "", "am": "am_ET", "sw": "sw_KE", "ku": "ku_TR", "ur": "ur_PK", "hy": "hy_AM", "ka": "ka_GE", "zh": "zh_CN",
    "bn": "bn_IN", "cs": "cs_CZ", "sr": "sr_RS", "el": "el_GR", "vi": "vi_VN", "da": "da_DK", "sv": "sv_SE",
}  # fmt: skip


class Profile(BaseModel):
    """`data/dialogue/messenger.yml`: names of buttons in the menu, names of articles as first questions."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    menu: list[str]
    ice_breakers: list[str]


def read_profile(data: Path) -> Profile:
    """The menu and the first questions.

    Raises:
        pydantic.ValidationError: the file does not have the form.
    """
    return Profile.model_validate(yaml.safe_load((data / "dialogue" / "messenger.yml").read_text("utf-8")))


def presses(data: Path) -> dict[str, str]:
    """What each fixed payload stands for: the intent with its values, as a pressed button sends it."""
    profile, known = read_profile(data), read_buttons(data).buttons
    pressed = {f"menu:{name}": payload(**known[name].model_dump()) for name in profile.menu}
    pressed |= {f"ask:{name}": payload(name.split("/")[0], name) for name in profile.ice_breakers}
    return {START: "greet", **{key: value.removeprefix("/") for key, value in pressed.items()}}


def settings_of(data: Path, title_of: Callable[[str, str], str]) -> dict[str, Any]:
    """The whole profile, as Meta takes it.

    Args:
        data: the folder of the phrases.
        title_of: the title of an article: (name, language) → words.
    """
    profile = read_profile(data)
    languages = read_languages(data / "languages.yml")
    live = [REFERENCE, *(code for code in languages if languages[code].status == "live" and code != REFERENCE)]
    shown: dict[str, Any] = {
        "get_started": {"payload": START},
        "greeting": [],
        "persistent_menu": [],
        "ice_breakers": [],
    }
    for language in live:
        phrases = read_phrases(data, language)
        menu = [
            {"type": "postback", "title": phrases.buttons[name], "payload": f"menu:{name}"} for name in profile.menu
        ]
        questions = [{"question": title_of(name, language), "payload": f"ask:{name}"} for name in profile.ice_breakers]
        for locale in _locales(language):
            shown["greeting"].append({"locale": locale, "text": phrases.say["page_greeting"]})
            shown["persistent_menu"].append(
                {"locale": locale, "composer_input_disabled": False, "call_to_actions": menu}
            )
            shown["ice_breakers"].append({"locale": locale, "call_to_actions": questions})
    return {"get_started": {"payload": START}, **shown}


def _locales(language: str) -> list[str]:
    """Where a language is shown; the reference language also wherever no other fits."""
    locale = _LOCALES.get(language, f"{language}_{language.upper()}")
    return [*(["default"] if language == REFERENCE else []), *([locale] if locale else [])]
