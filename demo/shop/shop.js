// What a shop's own page does: colours, quantity, a cart kept in this browser. The last part is all it takes to let
// Kaiwa know what the shopper looks at and has in the cart.

const KEY = "kodachi.cart";
const FREE_FROM = 8000;
const product = document.body.dataset;
const yen = (amount) => `¥${amount.toLocaleString("ja-JP")}`;

function readCart() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}

function writeCart(lines) {
  localStorage.setItem(KEY, JSON.stringify(lines));
  showCount(lines);
  showCart(lines);
  tellCart(lines);
}

function showCount(lines) {
  const pieces = lines.reduce((sum, line) => sum + line.quantity, 0);
  for (const count of document.querySelectorAll("[data-count]")) {
    count.hidden = pieces === 0;
    count.textContent = String(pieces);
  }
}

// The product page.

function look(picture) {
  const large = document.querySelector("[data-picture]");
  if (large) large.src = `/pictures/${picture}.svg`;
  for (const button of document.querySelectorAll("button[data-look]"))
    button.setAttribute("aria-pressed", String(button.dataset.look === picture));
}

function choose(radio) {
  look(radio.dataset.look);
  document.querySelector("[data-chosen]").textContent = radio.dataset.name;
}

function quantityOf(field) {
  const typed = Number.parseInt(field.value.normalize("NFKC"), 10);
  return Math.min(99, Math.max(1, typed || 1));
}

function add(form) {
  const { sku, quantity } = form.elements;
  const chosen = form.querySelector("[name=sku]:checked");
  const title = chosen ? `${product.title} ${chosen.dataset.name}` : product.title;
  const picture = document.querySelector("[data-picture]").getAttribute("src");
  const lines = readCart();
  const known = lines.find((line) => line.sku === sku.value);
  if (known) known.quantity += quantityOf(quantity);
  else lines.push({ sku: sku.value, title, picture, quantity: quantityOf(quantity), price: Number(product.price) });
  writeCart(lines);
  const done = form.querySelector("[data-done]");
  done.textContent = done.dataset.words;
}

for (const button of document.querySelectorAll("button[data-look]"))
  button.addEventListener("click", () => look(button.dataset.look));

const form = document.querySelector("[data-buy]");
form?.addEventListener("change", (event) => event.target.matches("[type=radio]") && choose(event.target));
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  add(form);
});
for (const step of document.querySelectorAll("[data-step]"))
  step.addEventListener("click", () => {
    const field = form.elements.quantity;
    field.value = String(Math.min(99, Math.max(1, quantityOf(field) + Number(step.dataset.step))));
  });
document.querySelector("[data-ask]")?.addEventListener("click", () => window.Kaiwa?.open());

// The cart's page.

function showCart(lines) {
  const page = document.querySelector("[data-cart]");
  if (!page) return;
  page.querySelector("[data-empty]").hidden = lines.length > 0;
  page.querySelector("[data-full]").hidden = lines.length === 0;
  page.querySelector("[data-lines]").replaceChildren(...lines.map((line) => rowOf(line, page.dataset)));
  const subtotal = lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
  page.querySelector("[data-subtotal]").textContent = yen(subtotal);
  page.querySelector("[data-shipping]").textContent =
    subtotal >= FREE_FROM ? page.dataset.free : page.dataset.until.replace("{amount}", yen(FREE_FROM - subtotal));
}

function rowOf(line, words) {
  const row = document.createElement("li");
  const picture = document.createElement("img");
  Object.assign(picture, { src: line.picture, alt: "", width: 72, height: 72 });
  const title = document.createElement("span");
  const pieces = document.createElement("small");
  pieces.textContent = `${words.quantity} ${line.quantity}`;
  title.append(line.title, pieces);
  const price = document.createElement("span");
  price.className = "price";
  price.textContent = yen(line.price * line.quantity);
  const remove = document.createElement("button");
  Object.assign(remove, { type: "button", textContent: "×" });
  remove.setAttribute("aria-label", words.remove.replace("{title}", line.title));
  remove.addEventListener("click", () => writeCart(readCart().filter((other) => other.sku !== line.sku)));
  row.append(picture, title, price, remove);
  return row;
}

// Kaiwa.

function tellPage() {
  const title = product.title ?? document.title;
  window.Kaiwa?.page({ title, product: product.product ?? null });
}

function tellCart(lines) {
  const items = lines.map(({ sku, title, quantity, price }) => ({
    sku,
    title,
    quantity,
    price: { amount_minor: price, currency: "JPY" },
  }));
  window.Kaiwa?.cart(items);
}

const lines = readCart();
showCount(lines);
showCart(lines);
// By the page's load event the chat's script has run, late as it comes.
addEventListener("load", () => {
  tellPage();
  if (lines.length > 0) tellCart(lines);
});
// Another tab of the shop has changed the cart.
addEventListener("storage", (event) => {
  if (event.key !== KEY) return;
  showCount(readCart());
  showCart(readCart());
});
