"""English in few letters, spelled out: "u got", "r they", "w/o gluten", "ad one", "wen".

Only small letters are shorthand: "Fargo, ND" is a place and "Ad" may be a name. What is part of
an e-mail address, a link, a code or a price stays.
"""

import re
from typing import Final

_LETTERS: Final = (
    (re.compile(r"(?<!\bthe )(?<!\ba )(?<!\ban )\bu\b(?![.-])"), "you"),
    (re.compile(r"^\W*r (?=(?:the|u|you|they|these|those|there|any|your)\b)"), "are "),
    (re.compile(r"\b(they|you|we|these|those|there|what|where|how|when) r\b"), r"\1 are"),
    (re.compile(r"(?<=[a-z] )r (?=[a-z]{2,})"), "are "),
    (re.compile(r"(^|[ ,.])& (?=(?:the|a|an|my|one|two|three|four|also|then|tell|show|give|add|can"
     r"|do|does|is|are|r|where|what|how|when|i|it|we|both|another|please)\b)"), r"\1and "),
    (re.compile(r"\bI(ll|ve|d|m)\b(?= [a-z])"), r"I'\1"),
    (re.compile(r"\bill (?=(?:take|have|think|call|get|be|go|do|try|buy|just|come|wait|order|keep"
     r"|stick|need|pay|leave|pass|add|see|let|check|put|grab)\b)"), "i'll "),
    (re.compile(r"(^|[a-z?!.,] )n (?=(?:the|a|an|can|do|does|is|are|how|what|it|my|i|also)\b)"),
     r"\1and "),
    (re.compile(r"^(\W*)kk?(?=[ ,.!]+[a-z])"), r"\1ok"),
    (re.compile(r"\bw/o\b\s?"), "without "),
    (re.compile(r"\bw/\s?"), "with "),
    (re.compile(r"(?<=[a-z] )w (?=[a-z]{2,})|\bw (?=(?:a|an|the|my|it|this|no)\b)"), "with "),
    (re.compile(r"\bad (?=(?:one|two|an?|the|it|this|that|another|\d)\b)"), "add "),
    (re.compile(r"\b(tracking|order|phone|customer) nr\b"), r"\1 number"),
)  # fmt: skip
_SHORT: Final = {
    "wat": "what", "wut": "what", "wht": "what", "waht": "what", "wen": "when", "wich": "which",
    "whch": "which", "hav": "have", "hve": "have", "teh": "the", "thsi": "this", "taht": "that",
    "ordr": "order", "ordre": "order", "oder": "order", "retun": "return", "retrun": "return",
    "nd": "and", "mak": "make", "totl": "total", "cud": "could", "shud": "should",
    "wud": "would", "cn": "can", "agian": "again", "jsut": "just", "wiht": "with",
    "recieve": "receive", "recieved": "received", "dont": "don't", "ure": "you're",
    "theyre": "they're", "whos": "who's", "doesnt": "doesn't",
    "didnt": "didn't", "isnt": "isn't", "arent": "aren't", "wasnt": "wasn't", "cant": "can't",
    "hasnt": "hasn't", "couldnt": "couldn't", "wouldnt": "wouldn't",
    "pls": "please", "sry": "sorry",
}  # fmt: skip
_SHORTENED: Final = re.compile(
    rf"(?<![\w@./'#&-])(?:{'|'.join(f'[{one[0].upper()}{one[0]}]{one[1:]}' for one in _SHORT)})"
    r"(?![\w@/'-]|\.\w)"
)
_BEGINS: Final = re.compile(r"(?:^|[.?!])\W*$")


def spelled_out(text: str) -> str:
    """The text with such words written whole; itself where there are none."""
    text = _SHORTENED.sub(_whole, text)
    for pattern, meant in _LETTERS:
        text = pattern.sub(meant, text)
    return text


def _whole(found: re.Match[str]) -> str:
    """The word meant; a capital within a sentence begins a name."""
    named = found[0][0].isupper() and not _BEGINS.search(found.string[: found.start()])
    return found[0] if named else _SHORT[found[0].lower()]
