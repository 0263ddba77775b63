"""Words that may stand beside what is ordered and say nothing of their own: じゃあ, "then, please"."""

import re
from typing import Final

IDLE: Final = re.compile(
    r"よし|くださいませ|ください|下さい|くれ(?:る|ます|ません)?|お願い(?:し(?:ます|たい)|いたします|できますか)?|おねがい(?:します)?"
    r"|お?いただ(?:けますか|きます|きたい|く|ける)|頂(?:きます|く)|もら(?:います|いたい|う|おう(?:かな)?|える)"
    r"|ちょうだい|頂戴|よろしく|ほしい|欲しい|買(?:います|いたい|おう(?:かな)?|う|って)|注文(?:します|したい|で)?"
    r"|購入(?:します|したい)?|に?(?:します|しよう|する|しとく|して)|決め(?:た|ます|ました)|決まり"
    r"|入れ(?:て|といて|ておいて|る|ます)|いれて|おいて|追加(?:し(?:て|ます|たい))?|足し(?:て|ます)|たして"
    r"|(?:買い物)?(?:カート|かご|カゴ|バスケット)|それでは|それじゃあ?|じゃあ?|んじゃ|では|なら(?:ば)?|やっぱり?"
    r"|あと|それと|それから|まず|とりあえず|一緒に|いっしょに|用(?:に)?|分|サイズ|カラー|色|いろ|ほう|方|やつ"
    r"|もの|ずつ|うん|はい|ええ|です|ます|だけ|まとめて|全部|両方|どっちも|どちらも|いい|よい|良い|好き"
    r"|かな|これ|それ|この|その|こちら|そちら|いや|や|わ|よ|ね|な|ぁ|あ|お|いえ|そうですね|しましょう|頼(?:みます|む|んだ)?"
    r"|たのむ|いきます|いく|足|私|僕|俺|自分|わたし|夫|妻|主人|家族|彼氏?|彼女|母|父|子供|息子|娘|友達|ほな"
    r"|ありがとう(?:ございます)?|売り切れ(?:か|かあ|かぁ)?|残念(?:です)?|そうですか|そっか|なるほど|わかりました|分かりました|了解|決めた|まあ|えっと|えー|じゃ|お?\s|新しい|普通|ふつう|[はがをのでにもへと、。,.!！~〜・:;()\s\x00'\"-]"
    r"|\b(?:ok(?:ay)?|k|yes|yeah|yep|sure|well|then|so|just|and|also|plus|too|as|please|pls|plz|thanks?|you|the"
    r"|an?|one|ones|of|in|into|to|on|for|with|my|me|mine|i|i'll|i'd|we|we'll|it|it's|that|this|those|these|them"
    r"|add|put|take|buy|get|grab|order|give|have|like|want|need|go|throw|toss|gimme|cart|basket|bag|both|each|all"
    r"|colou?rs?|size|sizes|version|kind|type|pairs?|box(?:es)?|packs?|bottles?|pieces?|pcs?|x|will|would|let|let's"
    r"|actually|hmm|um|oh|ah|fine|good|great|perfect|nice|s|d|ll|lemme|bet|sold|yo|alright|right|got|instead|change|swap|switch|love|now|first|second|husband|wife|him|her|his|hers|same|make|only|there|here|do|can|could)\b"
)
