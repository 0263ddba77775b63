"""How a number at Twilio is connected, step by step, and what may be wrong with it."""

from typing import Final

from kaiwa.channels.contract import CredentialField, Guide, Told, Trouble
from kaiwa.channels.sms_twilio.health import SENTENCES

FIELDS: Final = (
    CredentialField(
        "account_sid",
        "Account SID (AC…)",
        secret=False,
        title=Told("アカウントSID", "Account SID"),
        where=Told(
            "Twilioコンソール（console.twilio.com）の「Account Info」。ACで始まります。",
            "Twilio Console (console.twilio.com) → Account Info; it begins with AC",
        ),
    ),
    CredentialField(
        "auth_token",
        "Auth token (several: comma-separated, newest first)",
        title=Told("認証トークン（Auth Token）", "Auth token"),
        where=Told(
            "アカウントSIDと同じ場所。交換するあいだは、新しいものを先にしてカンマで並べます。",
            "Beside the Account SID. While it is exchanged: both, the newer first, with a comma.",
        ),
    ),
    CredentialField(
        "sender",
        "From: a number (+81…), a name, or a Messaging Service SID (MG…)",
        secret=False,
        title=Told("送信元", "From"),
        where=Told(
            "「Phone Numbers → Active numbers」の電話番号（+81…）か、Messaging ServiceのSID"
            "（MG…）。名前も使えますが、返信もSTOPも届きません。",
            "Phone Numbers → Active numbers (+81…), or the SID of a Messaging Service (MG…). "
            "A name works, too, but nobody can answer it, nor write STOP to it.",
        ),
    ),
    CredentialField(
        "shared_key_secret",
        "Secret of a shared webhook key (HMAC-SHA256)",
        required=False,
        title=Told("Webhook共有鍵の秘密", "Secret of a shared webhook key"),
        where=Told(
            "Webhookを共有鍵（HMAC-SHA256）で署名する設定にしたときだけ",
            "Only where webhooks are signed by a shared key (HMAC-SHA256)",
        ),
    ),
)

_JA: Final = {
    "token": "アカウントSIDか認証トークンをTwilioが知りません。両方をもう一度コピーしてください。",
    "unreachable": "Twilioにつながりません：{why}。数分おいて、もう一度確かめてください。"
    "続くときは、サーバーからapi.twilio.comへ通信できるかを確かめてください。",
    "slow": "短い間に呼び出しが多すぎるため、Twilioが待つよう求めています。"
    "1分ほどおいて、もう一度確かめてください。",
    "refused": "Twilioがアカウントの情報を返しませんでした：{why}。"
    "かっこの中の番号を、Twilioコンソールで調べてください。",
    "status": "Twilioのアカウントの状態が{status}です。何も送れません。支払い、本人確認、"
    "有料への切り替えなど、求められていることをTwilioコンソールで確かめてください。",
    "no_number": "アカウントに番号{sender}がありません。送ることも受け取ることもできません。"
    "持っている番号を+81…の形で入れるか、Twilioコンソールで買ってください。",
    "no_service": "アカウントにMessaging Service {sender}がありません。"
    "SID（MG…）をTwilioコンソールからコピーしてください。",
    "no_sms": "{sender}ではSMSを使えません。SMSのある番号をTwilioコンソールで買い、"
    "それを入れてください。",
    "one_way": "{sender}は番号ではなく名前です。お客様は返信もSTOPもできません。"
    "返信してほしいときは、番号を入れてください。",
    "no_webhook": ("{sender}にWebhookが設定されていません。「つなぐ」を押すと届くようになります。"),
    "webhook_elsewhere": (
        "{sender}のWebhookが{url}になっています。{expected}ではないため、"
        "メッセージは別の場所に届きます。"
        "ほかのプログラムが使っていなければ、「つなぐ」を押してください。"
    ),
    "no_public_url": (
        "サーバーの公開アドレスがありません。配達結果が届かず、通知の署名も合いません。"
        "KAIWA_PUBLIC_URLを設定してください。"
    ),
}
# A shop may mean to send only, under its name.
_LATER: Final = frozenset({"one_way", "no_webhook", "webhook_elsewhere", "no_public_url"})

GUIDE: Final = Guide(
    before=(
        Told(
            "サーバーの公開アドレス（KAIWA_PUBLIC_URL）が設定されていることを確かめます。"
            "Twilioの通知は、そのアドレスに署名されています。",
            "See that the server's public address (KAIWA_PUBLIC_URL) is set: Twilio signs the "
            "address it calls.",
        ),
        Told(
            "Twilioコンソールの「Phone Numbers → Buy a number」で、SMSを使える番号を買います。"
            "国によっては登録が要ります。",
            "Twilio Console → Phone Numbers → Buy a number: one that has SMS. Some countries ask "
            "for a registration.",
        ),
        Told(
            "「Messaging → Settings → Geo permissions」で、お客様のいる国を許可します。",
            "Messaging → Settings → Geo permissions: allow the countries of your customers.",
        ),
    ),
    webhook=Told(
        "「つなぐ」を押すと設定されます。手で入れるなら、番号の「Messaging → A message comes in」"
        "にWebhook、HTTP POSTで。",
        "Connect sets it. By hand: the number, Messaging → A message comes in: Webhook, HTTP POST.",
    ),
    after=(
        Told("番号にSMSを送ってみます。", "Write to the number."),
        Told(
            "英語のSTOP、START、HELPには、Twilio自身が答えます。",
            "The English words STOP, START and HELP are answered by Twilio itself.",
        ),
    ),
    troubles=tuple(
        Trouble(Told(_JA[key], said), stops=key not in _LATER) for key, said in SENTENCES.items()
    ),
)
