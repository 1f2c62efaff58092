"""Meta's Graph API: one request, and what its answer means for the part that was sent."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

import httpx

from jalon.conversation.carrier import Outcome

logger = logging.getLogger(__name__)

# The sender's hold on a part is longer than an upload and a message together.
TIMEOUT = httpx.Timeout(10, connect=4)
STOPPED = 900.0  # seconds until a channel that needs a person's help is tried again

# https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
# https://developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes
# Not delivered, but may be later; the seconds to leave in peace.
RETRY = {
    1: 30, 2: 30, 4: 60, 613: 60, 1200: 10, 80007: 60, 130429: 5, 131000: 10, 131016: 30, 131048: 600,
    131053: 10, 131056: 6, 131057: 300, 133004: 60, 133016: 600,
}  # fmt: skip
# Never: the person cannot be reached, the window of 24 hours has closed, or they do not want it.
REFUSED = {551, 130472, 131021, 131026, 131030, 131037, 131047, 131049, 131050, 131062}
# By code and subcode: outside the window, somebody else has the conversation, no such person.
REFUSED_SUB = {
    (10, 2018065), (10, 2018108), (10, 2018278), (10, 2018300), (100, 2018001), (100, 2018164), (200, 1545041),
    (200, 2018108),
}  # fmt: skip
# What is in the message is not accepted.
UNFIT = {100, 131008, 131009, 131051, 131052, 131055}
# Nothing can be sent until somebody of the staff has mended it.
STOP = {
    0: "The access token is not valid. Make a new one.",
    3: "The app lacks a permission.",
    10: "The app lacks a permission, or it was withdrawn.",
    33: "The telephone number is not there any more.",
    190: "The access token has expired. Make a new one.",
    368: "Meta has blocked the account for a breach of its rules.",
    131005: "The app lacks a permission.",
    131031: "Meta has locked the account.",
    131042: "The account has no valid means of payment.",
    131045: "The telephone number is not registered.",
    133010: "The telephone number is not registered.",
}

# The last day of each version; a version that is not named has no day yet.
# https://developers.facebook.com/docs/graph-api/changelog/versions/
VERSION_ENDS = {
    "v21.0": dt.date(2027, 1, 21),
    "v22.0": dt.date(2027, 5, 20),
    "v23.0": dt.date(2027, 10, 8),
    "v24.0": dt.date(2028, 2, 18),
}


class NotSent(Exception):
    """The request did not do what it should; `outcome` says what that means for the part."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.code)
        self.outcome = outcome


class Graph:
    """Requests on behalf of one number or page.

    Args:
        client: shared, and closed by whoever made it.
        url, version: of the API.
        account: the id of the number or page, the first part of every path.
        token: the access token; it is never written to a log.
        name: of the channel, for the log.
    """

    def __init__(
        self,
        client: httpx.AsyncClient,
        url: str,
        version: str,
        account: str,
        token: str,
        name: str,
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._client = client
        self._url = f"{url}/{version}/{account}"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._name = name
        self._clock = clock
        self._stopped_until: dt.datetime | None = None

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send an object; returns the answer.

        Raises:
            NotSent: it was refused, or nobody knows.
        """
        return await self._request(path, json=body)

    async def upload(self, path: str, name: str, content: bytes, kind: str) -> str:
        """Send a file; returns its id.

        Raises:
            NotSent: there is no such file at Meta now.
        """
        try:
            fields = {"messaging_product": "whatsapp", "type": kind}
            answer = await self._request(path, data=fields, files={"file": (name, content, kind)})
            return str(answer["id"])
        except KeyError as fault:
            raise NotSent(Outcome("retry", "upload")) from fault
        except NotSent as fault:
            if fault.outcome.kind == "doubt":  # a file that nobody sends is no message
                raise NotSent(Outcome("retry", fault.outcome.code)) from fault
            raise

    async def _request(self, path: str, **content: Any) -> dict[str, Any]:
        now = self._clock()
        if self._stopped_until and now < self._stopped_until:
            raise NotSent(Outcome("retry", "stopped", (self._stopped_until - now).total_seconds()))
        try:
            response = await self._client.post(
                f"{self._url}/{path}", headers=self._headers, timeout=TIMEOUT, follow_redirects=False, **content
            )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as fault:
            raise NotSent(Outcome("retry", type(fault).__name__)) from fault
        except httpx.HTTPError as fault:
            raise NotSent(Outcome("doubt", type(fault).__name__)) from fault
        try:
            answer = response.json()
        except ValueError:
            answer = None
        answer = answer if isinstance(answer, dict) else {}
        if response.status_code == 200 and "error" not in answer:
            return answer
        outcome = outcome_of(response.status_code, answer.get("error"))
        if outcome.wait == STOPPED:
            self._stopped_until = now + dt.timedelta(seconds=STOPPED)
            remedy = STOP.get(int(outcome.code), STOP[10])
            logger.critical("%s is stopped, code %s: %s", self._name, outcome.code, remedy)
        raise NotSent(outcome)


def outcome_of(status: int, error: Any) -> Outcome:
    """What a refused request means, by Meta's code; by the HTTP status only where there is none."""
    error = error if isinstance(error, dict) else {}
    code, sub = error.get("code"), error.get("error_subcode")
    if not isinstance(code, int) or isinstance(code, bool):
        if status == 429:
            return Outcome("retry", "429", 60)
        # A gateway that gives up may have passed the message on.
        return Outcome("doubt", str(status)) if status >= 500 or status == 200 else Outcome("retry", str(status), 60)
    if code in REFUSED or (code, sub) in REFUSED_SUB:
        return Outcome("refused", str(code))
    if code in RETRY:
        return Outcome("retry", str(code), RETRY[code])
    if code in STOP or 200 <= code <= 299:
        return Outcome("retry", str(code), STOPPED)
    if code in UNFIT or status < 500:
        return Outcome("unfit", str(code))
    return Outcome("doubt", str(code))
