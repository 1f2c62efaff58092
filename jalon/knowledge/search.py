"""Full-text search over the articles (SQLite FTS5, https://www.sqlite.org/fts5.html)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jalon.knowledge.citations import replace
from jalon.knowledge.read import Content

CREATE_INDEX = (
    "CREATE VIRTUAL TABLE search USING fts5"
    "(article UNINDEXED, language UNINDEXED, title, body, tokenize = 'unicode61 remove_diacritics 2')"
)
# A hit in the title counts four times one in the text.
FIND = (
    "SELECT article FROM search WHERE search MATCH :query AND language = :language "
    "ORDER BY bm25(search, 0, 0, 4.0, 1.0) LIMIT :limit"
)


def index_rows(content: Content) -> Iterator[dict[str, str]]:
    """One row per article and language."""
    for (article, language), words in content.texts.items():
        body = replace("\n".join(words.parts.values()), lambda _: " ")
        yield {"article": article, "language": language, "title": words.title, "body": body}


def match_query(question: str) -> str:
    """The FTS5 query for a question: any of its words of three letters or more, by their beginning.

    Every word is quoted, so nothing a person types is read as query syntax. Empty when no word is left.
    """
    words = [word for word in re.findall(r"\w+", question) if len(word) >= 3]
    return " OR ".join(f'"{word[:8]}"*' if len(word) > 6 else f'"{word}"' for word in words[:40])
