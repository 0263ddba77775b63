// A page of an invented shop to put the launcher on.

export function shopPage(query) {
  const ja = (query.get("lang") ?? "ja") === "ja";
  const theme = query.get("theme") ?? "light";
  const words = ja
    ? { title: "細口ケトル「しずく」 | 木立道具店", shop: "木立道具店", name: "細口ケトル「しずく」", price: "¥8,800", buy: "カートに入れる", text: "一滴ずつ、ねらったところへ落ちる。細い注ぎ口と、手になじむ木の持ち手のケトルです。" }
    : { title: "Shizuku kettle | Kodachi", shop: "Kodachi", name: "Shizuku gooseneck kettle", price: "¥8,800", buy: "Add to cart", text: "Every drop lands where you aim. A narrow spout and a wooden handle that fits the hand." };
  return `<!doctype html><html lang="${ja ? "ja" : "en"}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title>
<style>body{margin:0;font-family:"Noto Serif CJK JP",serif;background:#fbfaf6;color:#222}header{padding:24px 40px;border-bottom:1px solid #e4e0d8;font-size:22px}
main{display:grid;grid-template-columns:minmax(0,560px) 1fr;gap:56px;max-width:1160px;margin:32px auto;padding:0 32px}.picture{aspect-ratio:1;background:#e4e7e6;border-radius:4px}
button{padding:18px 48px;background:#2b2a26;color:#fff;border:0;font-size:16px;border-radius:4px}@media(max-width:700px){main{grid-template-columns:1fr;gap:24px;margin:0;padding:0 16px 120px}.picture{margin:0 -16px}}</style>
<header>${words.shop}</header><main><div class="picture"></div><div><h1>${words.name}</h1><p>${words.price}</p><p>${words.text}</p><form><button type="submit">${words.buy}</button></form></div></main>
<script async src="/widget.js" data-shop="demo" data-theme="${theme}"></script></html>`;
}
