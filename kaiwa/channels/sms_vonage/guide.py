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
    "no_secret": "署名シークレットがありません。届いた通知を確かめられません。"
    "「API settings」から写して入れてください。",
    "key": "APIキーかAPIシークレットをVonageが知りません。両方をもう一度コピーしてください。",
    "unreachable": "Vonageにつながりません：{why}。数分おいて、もう一度確かめてください。"
    "続くときは、サーバーからrest.nexmo.comへ通信できるかを確かめてください。",
    "slow": "短い間に呼び出しが多すぎるため、Vonageが待つよう求めています。"
    "1分ほどおいて、もう一度確かめてください。",
    "refused": "Vonageがアカウントの情報を返しませんでした：{why}。"
    "かっこの中の番号を、Vonageのエラー一覧で調べてください。",
    "empty": "Vonageの残高がなく、自動入金もありません。何も送れません。"
    "ダッシュボードの「Billing」で入金してください。",
    "no_number": "アカウントに番号{sender}がありません。送ることも受け取ることもできません。"
    "持っている番号を+81…の形で入れるか、Vonageダッシュボードで買ってください。",
    "no_sms": "{sender}ではSMSを使えません。SMSのある番号をVonageダッシュボードで買い、"
    "それを入れてください。",
    "webhook_elsewhere": "{sender}への受信が{url}に送られています。{expected}ではないため、"
    "メッセージは別の場所に届きます。ダッシュボードの「Numbers」で直してください。",
    "one_way": "{sender}は番号ではなく名前です。お客様は返信もSTOPもできません。"
    "返信してほしいときは、番号を入れてください。",
    "no_public_url": (
        "サーバーの公開アドレスがありません。配達結果が届きません。"
        "KAIWA_PUBLIC_URLを設定してください。"
    ),
}
# A shop may mean to send only, under its name; credit is paid in at any time.
_LATER: Final = frozenset({"empty", "one_way", "webhook_elsewhere", "no_public_url"})

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
