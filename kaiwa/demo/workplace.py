"""What the example shop's people have made for their work: saved replies and labels."""

from typing import Final

from kaiwa.desk.saved_reply import ReplyAs

LABELS: Final = ("破損・不良", "ギフト", "交換・返品", "領収書", "卸・まとめ買い")
REPLIES: Final = (
    ReplyAs(
        "はじめのごあいさつ",
        "{{customer.name}}様、お問い合わせありがとうございます。{{shop.name}}の{{agent.name}}です。"
        "確認いたしますので、少しお待ちください。",
        "hajime",
        "ja",
    ),
    ReplyAs(
        "お届けの予定",
        "ご注文 {{order.number}} は、{{order.delivery}} にお届けの予定です。",
        "todoke",
        "ja",
    ),
    ReplyAs(
        "写真のお願い",
        "お手数をおかけします。気になるところを、近くから1枚、全体を1枚、写真でお送りいただけますか。",
        "shashin",
        "ja",
    ),
    ReplyAs(
        "交換・返品のご案内",
        "お届けから14日以内の未使用のものは、交換と返品を承ります。ご注文番号と、"
        "ご希望（交換か返品か）をお知らせください。",
        "koukan",
        "ja",
    ),
    ReplyAs(
        "First greeting",
        "Hello {{customer.name}}, this is {{agent.name}} of {{shop.name}}."
        " Let me look into it; I'll be right back.",
        "hello",
        "en",
    ),
    ReplyAs(
        "Could you send a photo?",
        "I'm sorry about that. Could you send one photo from close up and one of the whole piece?",
        "photo",
        "en",
    ),
)
