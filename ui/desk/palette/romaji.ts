// Finding Japanese words whatever they are typed in: kana of either kind and Latin letters read alike.

const ROWS: Record<string, string> = {
  "": "あいうえお", k: "かきくけこ", s: "さしすせそ", t: "たちつてと", n: "なにぬねの", h: "はひふへほ", m: "まみむめも",
  r: "らりるれろ", g: "がぎぐげご", z: "ざじずぜぞ", d: "だぢづでど", b: "ばびぶべぼ", p: "ぱぴぷぺぽ",
};
const SMALL: Record<string, string> = { ゃ: "ya", ゅ: "yu", ょ: "yo", ぁ: "a", ぃ: "i", ぅ: "u", ぇ: "e", ぉ: "o" };
const SOUNDS = new Map([
  ...Object.entries(ROWS).flatMap(([first, row]) => [...row].map((sign, at) => [sign, first + "aiueo"[at]] as const)),
  ["や", "ya"], ["ゆ", "yu"], ["よ", "yo"], ["わ", "wa"], ["を", "o"], ["ん", "n"], ["ー", ""],
] as [string, string][]);

/** Width, case, and the kind of kana make no difference. */
export function folded(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x60));
}

/** Hiragana in Latin letters; everything else stays. One spelling for what has several (し is si). */
export function latin(text: string): string {
  let told = "";
  let doubled = false;
  for (const sign of folded(text)) {
    const small = SMALL[sign];
    if (sign === "っ") {
      doubled = true;
      continue;
    }
    if (small) told = told.replace(/[aiueo]$/, "") + (small[0] === "y" && /[aiueo]$/.test(told) ? small : small.at(-1));
    else {
      const sound = SOUNDS.get(sign) ?? sign;
      told += doubled && /^[a-z]/.test(sound) ? sound[0] + sound : sound;
    }
    doubled = false;
  }
  return oneSpelling(told);
}

/** Hepburn and the school's spelling are one: shi and si, chi and ti, fu and hu, ji and zi, nn and n. */
export function oneSpelling(text: string): string {
  return text
    .replace(/cch/g, "tch")
    .replace(/sh([auo])/g, "sy$1")
    .replace(/ch([auo])/g, "ty$1")
    .replace(/j([auo])/g, "zy$1")
    .replace(/shi/g, "si")
    .replace(/chi|tyi/g, "ti")
    .replace(/tsu/g, "tu")
    .replace(/ji/g, "zi")
    .replace(/fu/g, "hu")
    .replace(/nn(?![aiueoy])/g, "n")
    .replace(/([aiueo])-/g, "$1");
}
