"""Frames as the sockets take them."""

from kaiwa.web.asgi import text_of


def test_a_frame_for_everybody_is_text_that_is_encoded_once() -> None:
    frame = '{"preview":"送料は？"}'.encode()
    text = text_of(frame)
    assert text == '{"preview":"送料は？"}'
    assert text.encode() is frame
    assert text.encode("utf-16") == '{"preview":"送料は？"}'.encode("utf-16")
