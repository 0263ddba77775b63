"""What looks different on Instagram: bytes, quick replies under texts only, no calls."""

from typing import Any

from kaiwa.channels import Rendered, Route
from kaiwa.channels.instagram import CHANNEL
from kaiwa.vocabulary import reply as r
from kaiwa.vocabulary.content import File
from kaiwa.vocabulary.reply import Degradation, Reply
from tests.fakes.meta_rules import check
from tests.fakes.meta_samples import USER

SAY = r.ReplyAction("予約する", payload="reserve:1")
QUICK = [{"content_type": "text", "title": "予約する", "payload": "reserve:1"}]


def render(*blocks: r.Block) -> Rendered:
    made = CHANNEL.render(Reply(blocks), Route("response", USER))
    for wire in made.wires:
        assert check(wire.body, "instagram") == []
    return made


def messages(*blocks: r.Block) -> list[Any]:
    return [wire.body["message"] for wire in render(*blocks).wires]


def test_a_text_is_counted_in_bytes() -> None:
    sentence = "本日は十時に開店いたします。"
    made = messages(r.TextBlock(text=sentence * 30))
    assert [len(one["text"].encode()) <= 1_000 for one in made] == [True, True]
    assert "".join(one["text"] for one in made) == sentence * 30
    assert all(one["text"].endswith("。") for one in made)


def test_quick_replies_hang_on_a_text_or_get_one() -> None:
    quick = r.QuickReplies(actions=(SAY,))
    assert messages(r.TextBlock(text="はい。"), quick) == [
        {"text": "はい。", "quick_replies": QUICK}
    ]
    picture = r.ImageBlock(alt_text="", url="https://shop.example/a.png")
    shown, asked = messages(picture, quick)
    assert "quick_replies" not in shown
    assert asked == {"text": "予約する", "quick_replies": QUICK}
    assert render(picture, quick).degradations == (
        Degradation("quick_replies", "message", "a message of their own"),
    )


def test_nobody_is_called_by_a_button() -> None:
    call = r.CallAction("電話", phone="+81312345678")
    block = r.Buttons(alt_text="", text="どうしますか", actions=(call, SAY))
    (made,) = messages(block)
    assert made["attachment"]["payload"]["text"] == "どうしますか\n電話 +81312345678"
    assert [loss.lost for loss in render(block).degradations] == ["button that calls: 電話"]


def test_files_are_shown_when_instagram_knows_them() -> None:
    url = "https://shop.example/a"
    pdf = File("k", "a.pdf", "application/pdf", 9)
    assert messages(r.FileBlock(alt_text="", url=url, file=pdf)) == [
        {"attachment": {"type": "file", "payload": {"url": url}}}
    ]
    zipped = File("k", "a.zip", "application/zip", 9)
    made = render(r.FileBlock(alt_text="図面", url=url, file=zipped))
    assert made.wires[0].body["message"] == {"text": f"図面\n{url}"}
    assert made.degradations == (
        Degradation("file", "text with link", "Instagram does not show application/zip"),
    )


def test_the_one_sticker_is_a_heart() -> None:
    heart = r.StickerBlock(alt_text="❤", package="instagram", sticker="like_heart")
    assert messages(heart) == [{"attachment": {"type": "like_heart"}}]
    assert render(heart).degradations == ()
