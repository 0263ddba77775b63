"""How an HTTP gateway is connected, step by step, and what may be wrong with it."""

from typing import Final

from kaiwa.channels.contract import CredentialField, Guide, Told, Trouble
from kaiwa.channels.sms_gateway.health import SENTENCES

_CALL: Final = (
    CredentialField(
        "url",
        "Address that takes a message",
        title=Told("送信先のアドレス", "Address that takes a message"),
        where=Told(
            "ゲートウェイのAPI資料にあります。GETなら、中に{to}や{text}を書きます。",
            "In the gateway's API reference. With GET, {to} and {text} stand in it.",
        ),
    ),
    CredentialField(
        "inbound_secret",
        "Secret that signs what the gateway sends us",
        shortest=16,
        title=Told("受信用の秘密", "Inbound secret"),
        where=Told(
            "自由に決める16文字以上の文字列です。ゲートウェイ（か手前の中継）が、"
            "これで本文にHMAC-SHA256の署名をします。",
            "Of your own choice, 16 characters or more: the gateway, or a relay before it, signs "
            "what it sends with it (HMAC-SHA256 of the body).",
        ),
        made_up=True,
    ),
    CredentialField(
        "sender",
        "From: a number or a name",
        secret=False,
        required=False,
        title=Told("送信元", "From"),
        where=Told(
            "ゲートウェイで契約した番号か名前。本文の{from}に入ります。",
            "The number or name you have at the gateway; it stands for {from}.",
        ),
    ),
    CredentialField(
        "method",
        "HTTP method (POST)",
        secret=False,
        required=False,
        title=Told("HTTPメソッド", "HTTP method"),
        where=Told(
            "API資料のとおりに、POST、PUT、GETのどれか。空欄ならPOSTです。",
            "As the API reference says: POST, PUT or GET; POST when left out.",
        ),
    ),
    CredentialField(
        "headers",
        "HTTP headers, as a JSON object",
        required=False,
        title=Told("HTTPヘッダー", "HTTP headers"),
        where=Told(
            '{"X-API-Key": "…"}のようなJSON。APIキーは、ゲートウェイの管理画面にあります。',
            'JSON, as {"X-API-Key": "…"}; the key is in the console of the gateway.',
        ),
    ),
)
_SHAPE: Final = (
    CredentialField(
        "content_type",
        "Type of the body (application/json)",
        secret=False,
        required=False,
        title=Told("本文の種類", "Type of the body"),
        where=Told(
            "API資料のとおりに。空欄ならapplication/jsonです。",
            "As the API reference says; application/json when left out.",
        ),
    ),
    CredentialField(
        "body",
        "Body with {to} {from} {text} {reference}",
        secret=False,
        required=False,
        title=Told("本文のひな型", "Template of the body"),
        where=Told(
            "{to}（+8190…）か{to_digits}（8190…）か{to_national}（090…）、{from}、{text}、"
            "{reference}が置き換わります。空欄ならto、from、text、referenceのJSONです。",
            "{to} (+8190…), {to_digits} (8190…) or {to_national} (090…), {from}, {text} and "
            "{reference} are filled in; JSON of to, from, text and reference when left out.",
        ),
    ),
    CredentialField(
        "id_field",
        "Where the answer has its id (a.b.0)",
        secret=False,
        required=False,
        title=Told("応答の中のidの場所", "Where the answer has its id"),
        where=Told(
            "API資料の応答の例を見て、data.0.idのように。空欄ならid、message_id、messageId、"
            "uuidを探します。",
            "See the answer in the API reference, as data.0.id; id, message_id, messageId or "
            "uuid when left out.",
        ),
    ),
    CredentialField(
        "accepted_by",
        "What the answer to a taken message says",
        secret=False,
        required=False,
        title=Told("受け付けた応答の言葉", "What the answer to a taken message says"),
        where=Told(
            "断るときも200を返すゲートウェイだけ：成功の応答に必ず含まれる言葉。",
            "Only for gateways that answer 200 to a no as well: words of a yes.",
        ),
    ),
    CredentialField(
        "signature_header",
        "Header of the signature (x-kaiwa-signature)",
        secret=False,
        required=False,
        title=Told("署名のヘッダー", "Header of the signature"),
        where=Told(
            "ゲートウェイが署名を入れるヘッダーの名前。空欄ならx-kaiwa-signatureです。",
            "Where the gateway puts its signature; x-kaiwa-signature when left out.",
        ),
    ),
)
_CHECK: Final = (
    CredentialField(
        "check_url",
        "Address that tells whether the key is right (balance, account)",
        secret=False,
        required=False,
        title=Told("確認用のアドレス", "Address to check by"),
        where=Told(
            "残高やアカウントを返すアドレスがAPI資料にあれば。保存の前に、同じHTTPヘッダーで"
            "GETします。空欄なら、つながるかどうかだけを確かめます。",
            "Where the API reference has one that tells the balance or the account: it is asked "
            "with the same headers (GET) before the inbox is kept. Left out, only whether "
            "somebody answers is seen.",
        ),
    ),
)
FIELDS: Final = _CALL + _SHAPE + _CHECK

_JA: Final = {
    "no_secret": "受信用の秘密がありません。ゲートウェイからの通知を確かめられません。",
    "address": "{url}はアドレスではありません。https://…と書いてください。",
    "method": "HTTPメソッドがPOST、PUT、GETのどれでもありません。",
    "headers": "HTTPヘッダーが、文字列だけのJSONオブジェクトではありません。",
    "body": "本文のひな型が、置き換えたあとにJSONになりません。",
    "wordless": "番号か本文の入る場所がありません。どのメッセージも同じになります。",
    "plain": "{host}とのやりとりが暗号化されません。途中でキーを読まれるおそれがあります。",
    "key": "ゲートウェイがこのアカウントを知りません（応答{status}）。"
    "HTTPヘッダーのキーや利用者名を、API資料と見比べてください。",
    "slow": "短い間に呼び出しが多すぎるため、ゲートウェイが待つよう求めています。"
    "1分ほどおいて、もう一度確かめてください。",
    "refused": "アカウントの状態をたずねたところ、ゲートウェイが{status}と応答しました。"
    "確認用のアドレスが、API資料のとおりかを確かめてください。",
    "unreachable": "ゲートウェイにつながりません：{why}。アドレスが正しいか、ゲートウェイが"
    "動いているかを確かめ、数分おいてもう一度お試しください。",
}
# Some gateways are spoken to inside a tunnel.
_LATER: Final = frozenset({"plain"})

GUIDE: Final = Guide(
    before=(
        Told(
            "ゲートウェイのAPI資料を用意します。送信の例がひとつあれば、下の欄が埋まります。",
            "Have the gateway's API reference at hand: one example of sending fills these fields.",
        ),
        Told(
            "ゲートウェイが通知に署名できるかを確かめます。できないときは、"
            "署名する小さな中継を手前に置きます。",
            "See whether the gateway signs its calls. If it cannot, a small relay before it must.",
        ),
    ),
    webhook=Told(
        "ゲートウェイの管理画面で、受信メッセージと配達結果の通知先に入れます。",
        "The gateway's console: where received messages and receipts are sent.",
    ),
    after=(
        Told(
            "番号にSMSを送り、返事が届くことを確かめます。",
            "Write to the number, and see that an answer arrives.",
        ),
    ),
    troubles=tuple(
        Trouble(Told(_JA[key], said), stops=key not in _LATER) for key, said in SENTENCES.items()
    ),
)
