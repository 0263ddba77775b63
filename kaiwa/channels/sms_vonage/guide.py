"""How a number at Vonage is connected, step by step, and what may be wrong with it."""

from typing import Final

from kaiwa.channels.contract import CredentialField, Guide, Told, Trouble
from kaiwa.channels.sms_vonage.health import SENTENCES

FIELDS: Final = (
    CredentialField(
        "api_key",
        "API key",
        title=Told("APIキー", "API key"),
        where=Told(
            "Vonageダッシュボード（dashboard.vonage.com）→「API settings」",
            "Vonage Dashboard (dashboard.vonage.com) → API settings",
        ),
    ),
    CredentialField(
        "api_secret",
        "API secret",
        title=Told("APIシークレット", "API secret"),
        where=Told("APIキーと同じページ", "On the same page as the API key"),
    ),
    CredentialField(
        "signature_secret",
        "Signature secret (several: comma-separated)",
        title=Told("署名シークレット", "Signature secret"),
        where=Told(
            "同じページの「Signature secret」。届いた通知を確かめます。",
            "Signature secret, on the same page: by it we know Vonage's calls.",
        ),
    ),
    CredentialField(
        "sender",
        "From: a number (+81…) or a name",
        secret=False,
        title=Told("送信元", "From"),
        where=Told(
            "「Numbers → Your numbers」の番号（+81…）。名前も使えますが、返信もSTOPも届きません。",
            "Numbers → Your numbers (+81…). A name works, too, but nobody can answer it, nor "
            "write STOP to it.",
        ),
    ),
)

_JA: Final = {
    "no_secret": "署名シークレットがありません。届いた通知を確かめられません。",
    "key": "APIキーかAPIシークレットをVonageが知りません。両方をもう一度コピーしてください。",
    "unreachable": "Vonageにつながりません：{why}",
    "refused": "Vonageがアカウントの情報を返しませんでした：{why}",
    "empty": "Vonageの残高がなく、自動入金もありません。何も送れません。",
    "one_way": "{sender}は番号ではなく名前です。お客様は返信もSTOPもできません。",
    "no_public_url": (
        "サーバーの公開アドレスがありません。配達結果が届きません。"
        "KAIWA_PUBLIC_URLを設定してください。"
    ),
}
# A shop may mean to send only, under its name; credit is paid in at any time.
_LATER: Final = frozenset({"empty", "one_way", "no_public_url"})

GUIDE: Final = Guide(
    before=(
        Told(
            "Vonageダッシュボードの「Numbers → Buy numbers」で、SMSを使える番号を買います。",
            "Vonage Dashboard → Numbers → Buy numbers: one that has SMS.",
        ),
        Told(
            "「API settings」で、SMSの設定を「Messages API」にします。SMS APIのままなら、"
            "署名方式をSHA-256かSHA-512のHMACにします（MD5は受け付けません）。",
            "API settings: choose the Messages API for SMS. With the older SMS API set its "
            "signature method to SHA-256 or SHA-512 HMAC (MD5 is refused).",
        ),
    ),
    webhook=Told(
        "「API settings」の受信Webhook（Inbound）と状態Webhook（Status）の両方、HTTP POSTで。",
        "API settings: both the inbound and the status webhook, HTTP POST.",
    ),
    after=(Told("番号にSMSを送ってみます。", "Write to the number."),),
    troubles=tuple(
        Trouble(Told(_JA[key], said), stops=key not in _LATER) for key, said in SENTENCES.items()
    ),
)
