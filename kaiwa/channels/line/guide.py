"""How a LINE Official Account is connected, step by step, and what may be wrong with it."""

from typing import Final

from kaiwa.channels.contract import CredentialField, Guide, Told, Trouble
from kaiwa.channels.line.health import SENTENCES

FIELDS: Final = (
    CredentialField(
        "channel_secret",
        "Channel secret (several: comma-separated)",
        title=Told("チャネルシークレット", "Channel secret"),
        where=Told(
            "LINE Developersコンソール →「チャネル基本設定」",
            "LINE Developers Console → Basic settings",
        ),
    ),
    CredentialField(
        "channel_access_token",
        "Channel access token",
        title=Told("チャネルアクセストークン（長期）", "Channel access token (long-lived)"),
        where=Told(
            "LINE Developersコンソール →「Messaging API設定」の一番下 →「発行」",
            "LINE Developers Console → Messaging API, at the end → Issue",
        ),
    ),
    CredentialField(
        "basic_id",
        "Basic ID (@…), for links into the chat",
        secret=False,
        required=False,
        title=Told("ベーシックID（@…）", "Basic ID (@…)"),
        where=Told(
            "LINE Official Account Managerの左上。トークへのリンクとQRコードに使います。",
            "Upper left in LINE Official Account Manager. For links and QR codes into the chat.",
        ),
    ),
)

_JA: Final = {
    "no_secret": "チャネルシークレットがありません。届いた通知を確かめられません。",
    "token": "チャネルアクセストークンをLINEが受け付けません。コンソールで発行し直してください。",
    "unreachable": "LINEにつながりません：{why}",
    "refused": "LINEがアカウントの情報を返しませんでした：{why}",
    "no_webhook": "LINE DevelopersコンソールにWebhook URLが設定されていません。",
    "webhook_off": (
        "LINE Developersコンソールの「Webhookの利用」がオフです。メッセージが届きません。"
    ),
    "webhook_elsewhere": (
        "Webhook URLが{url}になっています。{expected}ではないため、メッセージは別の場所に届きます。"
    ),
    "webhook_insecure": "Webhook URL {url} がhttpsで始まっていません。",
    "quota_spent": "今月の送信数を使い切りました。1分以内の応答だけが送れます。",
    "quota_low": "今月送れるのは、あと{left}通です。",
}
_LATER: Final = frozenset(
    {"no_webhook", "webhook_off", "webhook_elsewhere", "webhook_insecure"}
    | {"quota_spent", "quota_low"}
)

GUIDE: Final = Guide(
    before=(
        Told(
            "LINE Official Account Managerの「設定 → Messaging API」で、Messaging APIを"
            "利用開始します。",
            "In LINE Official Account Manager, Settings → Messaging API: enable the Messaging API.",
        ),
        Told(
            "LINE Developersコンソール（developers.line.biz）で、プロバイダーとチャネル"
            "を開きます。",
            "Open the provider and its channel in the LINE Developers Console "
            "(developers.line.biz).",
        ),
    ),
    webhook=Told(
        "コンソールの「Messaging API設定 → Webhook URL」",
        "Console: Messaging API → Webhook URL",
    ),
    after=(
        Told(
            "コンソールで「Webhookの利用」と「Webhookの再送」をオンにします。",
            "In the console switch on “Use webhook” and “Webhook redelivery”.",
        ),
        Told(
            "Official Account Managerの「応答設定」で、応答メッセージとあいさつメッセー"
            "ジをオフにします。"
            "残すと二重に返事をします。",
            "In Official Account Manager, Response settings, switch off auto-response and greeting"
            " messages: customers would be answered twice.",
        ),
    ),
    troubles=tuple(
        Trouble(Told(_JA[key], said), stops=key not in _LATER) for key, said in SENTENCES.items()
    ),
)
