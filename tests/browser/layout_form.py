"""Where things stand on a page, as a person sees them."""

from __future__ import annotations

from playwright.async_api import Locator

_STICKING_OUT = """root => [...root.querySelectorAll("body *:not(.skip, .unseen)")].filter(one => {
  const box = one.getBoundingClientRect();
  return box.height && (box.left < -0.5 || box.right > root.clientWidth + 0.5);
}).map(one => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 40)}`)"""

# Every sign with its place, as painted; then the names, numbers and dates, and the mark at the end.
_MIRRORED = r"""blocks => blocks.flatMap(block => {
  const signs = [];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) for (let at = 0; at < walker.currentNode.length; at++) {
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + 1);
    const { x, y, width, height } = range.getBoundingClientRect();
    if (width) signs.push({ sign: walker.currentNode.data[at], x, middle: y + height / 2 });
  }
  const text = signs.map(one => one.sign).join("");
  const isLeftOf = (one, other) => Math.abs(one.middle - other.middle) > 9 || one.x < other.x;
  const wrong = [...text.matchAll(/[\dA-Za-zÀ-ÿ]+(?:(?:,?\s|[.'’:@/-])[\dA-Za-zÀ-ÿ]+)*/g)]
    .map(found => signs.slice(found.index, found.index + found[0].length))
    .filter(found => found.some((one, at) => at && !isLeftOf(found[at - 1], one)))
    .map(found => found.map(one => one.sign).join(""));
  const [before, last] = signs.slice(-2);
  const rtl = getComputedStyle(block).direction === "rtl";
  if (last && ".:؟!".includes(last.sign) && !(rtl ? isLeftOf(last, before) : isLeftOf(before, last))) wrong.push(text);
  return wrong;
})"""


async def sticking_out(html: Locator) -> list[str]:
    """The elements of a document that stand outside of its width."""
    return await html.evaluate(_STICKING_OUT)


async def mirrored(blocks: Locator) -> list[str]:
    """The Latin names, numbers and addresses whose signs do not stand from left to right, and the blocks whose last
    mark does not stand at their end.
    """
    return await blocks.evaluate_all(_MIRRORED)
