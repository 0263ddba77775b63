// A small set of emoji with the words they are found by, drawn by the reader's own font. One a line: sign, English, Japanese.

export interface Emoji {
  sign: string;
  en: string;
  ja: string;
}

const TABLE = `
😀 grin happy smile|にこにこ 笑顔 うれしい
😄 laugh happy|笑い うれしい
😆 laughing squint|大笑い あはは
😅 sweat relief|汗 ほっと
😂 tears joy|泣き笑い 爆笑
🙂 slight smile|ほほえみ 微笑
😊 blush smile|照れ にっこり
😉 wink|ウインク
😍 heart eyes love|ハート 大好き すてき
🥰 loving hearts|愛 うっとり
😘 kiss|キス
😋 yum tasty|おいしい ぺろり
😎 cool sunglasses|サングラス かっこいい
🤩 star struck|きらきら 感動
🤔 thinking hmm|考える うーん
😐 neutral|真顔 ふつう
😴 sleep|眠い ねむい
😢 cry sad|涙 悲しい
😭 sob crying|号泣 泣く
😟 worried|心配
😳 flushed surprised|びっくり 赤面
😱 scream shock|ショック 叫び
😡 angry|怒り
😤 huff|ふんす むっ
🥺 pleading|お願い うるうる
😷 mask ill|マスク 風邪
🤒 fever ill|熱 病気
🤗 hug|ハグ
🤭 oops giggle|おっと くすくす
🙏 please thanks pray|お願い 感謝 ありがとう
👍 thumbs up good ok|いいね 了解 グッド
👎 thumbs down|よくない
👌 ok perfect|オーケー 了解
👏 clap bravo|拍手
🙌 hooray hands|やった バンザイ
👋 wave hello bye|手を振る こんにちは さようなら
🤝 handshake deal|握手
💪 strong muscle|がんばる 力
✌️ peace victory|ピース
🤞 fingers crossed luck|幸運 祈る
👉 point right|右 指
👆 point up|上 指
👀 eyes look|目 見る
🙇 bow sorry|おじぎ お詫び すみません
🙋 raise hand|はい 挙手
🤷 shrug|わからない
💁 information|案内
👶 baby|赤ちゃん
👦 boy|男の子
👧 girl|女の子
👨 man|男性
👩 woman|女性
👪 family|家族
❤️ heart love red|ハート 赤 愛
🧡 heart orange|ハート オレンジ
💛 heart yellow|ハート 黄色
💚 heart green|ハート 緑
💙 heart blue|ハート 青
💜 heart purple|ハート 紫
🖤 heart black|ハート 黒
🤍 heart white|ハート 白
🤎 heart brown|ハート 茶色
💔 broken heart|失恋 ハート
💕 two hearts|ハート ラブ
💐 bouquet flowers|花束
🌸 cherry blossom spring|桜 春
🌹 rose flower|バラ 花
🌷 tulip flower|チューリップ 花
🌻 sunflower summer|ひまわり 夏
🍁 maple autumn|もみじ 秋
🍀 clover luck|クローバー 幸運
🌱 sprout plant|芽 植物
🌈 rainbow|虹
☀️ sun sunny|太陽 晴れ
🌙 moon night|月 夜
⭐ star|星
✨ sparkles shiny|きらきら 新品
⛄ snowman winter|雪だるま 冬
❄️ snow cold|雪 寒い
☔ rain umbrella|雨 傘
🔥 fire hot|火 人気
💧 drop water|水 しずく
⚡ lightning fast|雷 速い
🐶 dog|犬
🐱 cat|猫
🐰 rabbit|うさぎ
🐻 bear|くま
🐼 panda|パンダ
🐦 bird|鳥
🐟 fish|魚
☕ coffee cup|コーヒー カップ
🍵 tea|お茶
🍺 beer|ビール
🍷 wine|ワイン
🍰 cake|ケーキ
🍫 chocolate|チョコ
🍎 apple|りんご
🍓 strawberry|いちご
🍙 onigiri rice ball|おにぎり
🍜 noodles ramen|ラーメン
🍣 sushi|寿司
🍞 bread|パン
🎁 gift present|プレゼント 贈り物
🎀 ribbon wrap|リボン 包装
🎂 birthday cake|誕生日 ケーキ
🎉 party celebrate|お祝い クラッカー
🎄 christmas tree|クリスマス
🎍 new year|正月 門松
🎌 flags japan|祝日 日本
🏠 home house|家
🏪 shop store|店 コンビニ
🏢 office building|会社 ビル
🚚 truck delivery|配送 トラック
📦 parcel box|荷物 箱
✉️ mail letter|手紙 メール
📱 phone mobile|携帯 スマホ
💻 computer laptop|パソコン
📷 camera photo|カメラ 写真
📅 calendar date|カレンダー 日付
⏰ clock alarm time|時計 時間
🔔 bell notify|ベル 通知
🔍 search find|検索 探す
🔑 key|鍵
💡 idea light|ひらめき 電球
📌 pin|ピン 重要
📝 note write|メモ 書く
💰 money|お金
💳 card pay|カード 支払い
🎫 ticket coupon|チケット クーポン
🛒 cart shopping|カート 買い物
🛍️ bags shopping|買い物袋
👕 shirt clothes|シャツ 服
👗 dress|ワンピース ドレス
👖 jeans trousers|ズボン ジーンズ
👟 shoes sneakers|靴 スニーカー
👜 bag handbag|バッグ かばん
👓 glasses|めがね
💄 lipstick makeup|口紅 化粧
💍 ring|指輪
⌚ watch|腕時計
🧴 lotion|化粧水 ローション
🛁 bath|お風呂
🛏️ bed|ベッド
🪑 chair|いす
📚 books|本
🎵 music note|音楽
⚽ soccer ball|サッカー
🎮 game|ゲーム
🚗 car|車
🚃 train|電車
✈️ plane travel|飛行機 旅行
✅ check done yes|完了 はい
❌ cross no|だめ いいえ
⭕ circle correct|丸 正解
❓ question|質問 はてな
❗ exclamation|注意 びっくり
⚠️ warning|警告 注意
🆗 ok|オーケー
🈚 free|無料
💯 hundred perfect|満点 百
`;

export const EMOJI: readonly Emoji[] = TABLE.trim()
  .split("\n")
  .map((line) => {
    const [sign = "", ...rest] = line.split(" ");
    const [en = "", ja = ""] = rest.join(" ").split("|");
    return { sign, en, ja };
  });

/** Hiragana and katakana, width and case make no difference. */
const folded = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x60));

export function findEmoji(query: string): readonly Emoji[] {
  const wanted = folded(query).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return EMOJI;
  return EMOJI.filter((one) => wanted.every((word) => folded(`${one.sign} ${one.en} ${one.ja}`).includes(word)));
}
