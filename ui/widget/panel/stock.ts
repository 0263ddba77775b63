// The record says the stock in words; its colour only repeats them.

const THERE = /^(在庫あり|in stock)$/i;
const FEW = /(残り|only|left)/i;

export function stockMood(words: string): "there" | "few" | "none" {
  if (THERE.test(words.trim())) return "there";
  return FEW.test(words) && /\d/.test(words) ? "few" : "none";
}
