"""How a Telegram bot is connected, step by step, and what may be wrong with it."""

from typing import Final

from kaiwa.channels.contract import CredentialField, Guide, Told, Trouble
from kaiwa.channels.telegram.health import SENTENCES

FIELDS: Final = (
    CredentialField(
        "bot_token",
        "Bot token, from @BotFather",
        title=Told("ボットのトークン", "Bot token"),
        where=Told(
            "@BotFatherが返信した「110201543:AAHd…」の形の文字列",
            "What @BotFather answered, such as 110201543:AAHd…",
        ),
    ),
    CredentialField(
        "webhook_secret",
        "Webhook secret of your choice (A-Z a-z 0-9 _ -)",
        shortest=16,
        title=Told("Webhookの合言葉", "Webhook secret"),
        where=Told(
            "自由に決める文字列です（英数字と _ -、16文字以上）。Telegramからの通知を見分けます。",
            "Of your own choice (A-Z a-z 0-9 _ -, 16 or more): by it we know Telegram's calls.",
        ),
        made_up=True,
    ),
    CredentialField(
        "bot_username",
        "The bot's username, for links to it",
        secret=False,
        required=False,
        title=Told("ボットのユーザー名", "The bot's username"),
        where=Told(
            "@BotFatherで決めた「…bot」で終わる名前。トークへのリンクとQRコードに使います。",
            "The name ending in \u201cbot\u201d you chose at @BotFather. For links and QR codes.",
        ),
    ),
)

_JA: Final = {
    "no_secret": "Webhookの合言葉がありません。届いた通知を確かめられません。"
    "16文字以上で決めて、「つなぐ」を押してください。",
    "bad_secret": "Webhookの合言葉に使えるのは、英数字と _ - で256文字までです。"
    "別の合言葉を入れて、「つなぐ」を押してください。",
    "token": "Telegramがこのトークンを知りません。@BotFatherで新しいトークンを受け取ってください。",
    "unreachable": "Telegramにつながりません：{why}。数分おいて、もう一度確かめてください。"
    "続くときは、サーバーからapi.telegram.orgへ通信できるかを確かめてください。",
    "slow": "短い間に呼び出しが多すぎるため、Telegramが待つよう求めています。"
    "1分ほどおいて、もう一度確かめてください。",
    "refused": "Telegramがボットの情報を返しませんでした：{why}。"
    "ボットがまだあるかを@BotFatherで確かめてください。",
    "no_webhook": "Webhookが設定されていません。「つなぐ」を押すと届くようになります。",
    "webhook_elsewhere": (
        "Webhookが{url}になっています。{expected}ではないため、メッセージは別の場所に届きます。"
        "ほかのプログラムが使っていなければ、「つなぐ」を押してください。"
    ),
    "wrong_secret": "Telegramからの通知を、合言葉が違うため受け付けていません（{why}）。"
    "「つなぐ」を押すと直ります。",
    "failing": "Telegramがメッセージを届けられませんでした：{why}。サーバーの公開アドレスが、"
    "正しい証明書で外から開けるかを確かめてください。直ると、待っていたものが届きます。",
}
_LATER: Final = frozenset({"no_webhook", "webhook_elsewhere", "wrong_secret", "failing"})

GUIDE: Final = Guide(
    before=(
        Told(
            "Telegramで@BotFatherに「/newbot」と送り、お店の名前と「bot」で終わるユーザ"
            "ー名を決めます。",
            "In Telegram, write /newbot to @BotFather: your shop's name and a user "
            "name ending in bot.",
        ),
        Told(
            "「/setuserpic」と「/setdescription」で、最初に見える画像と説明を入れます。",
            "/setuserpic and /setdescription are what customers see before they begin.",
        ),
    ),
    after=(
        Told(
            "https://t.me/（ユーザー名）を開き、「開始」を押して何か送ってみます。",
            "Open https://t.me/(user name), press Start and write something.",
        ),
    ),
    troubles=tuple(
        Trouble(Told(_JA[key], said), stops=key not in _LATER) for key, said in SENTENCES.items()
    ),
)
