// What a shop's own page does: colours, quantity, a cart kept in this browser. The last part is all it takes to let
// Kaiwa know what the shopper looks at and has in the cart.

const KEY = "kodachi.cart";
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

const form = document.querySelector("[data-buy]");

function look(picture) {
  const large = document.querySelector("[data-picture]");
  if (large) large.src = picture;
  for (const button of document.querySelectorAll("button[data-look]"))
    button.setAttribute("aria-pressed", String(button.dataset.look === picture));
}

// Of an article with colours and sizes only the sizes of the chosen colour are shown.
function showSizes(colour) {
  for (const group of form.querySelectorAll("[data-of]")) {
    group.hidden = group.dataset.of !== colour;
    if (group.hidden) continue;
    const sizes = [...group.querySelectorAll("[name=sku]:not(:disabled)")];
    const size = sizes.find((one) => one.checked) ?? sizes[0];
    if (size) size.checked = true;
  }
}

function choose(radio) {
  if (radio.dataset.look) look(radio.dataset.look);
  if (radio.dataset.colour) showSizes(radio.dataset.colour);
  const name = radio.closest("fieldset").querySelector("[data-chosen]");
  if (name) name.textContent = radio.parentElement.textContent;
  showChosen();
}

function showChosen() {
  const chosen = form.querySelector("[name=sku]:checked");
  if (!chosen) return;
  const stock = form.querySelector("[data-stock]");
  stock.textContent = chosen.dataset.left;
  stock.classList.toggle("few", /\d/.test(chosen.dataset.left));
  const price = document.querySelector(".sum .price").firstChild;
  price.textContent = `${yen(Number(chosen.dataset.price))} `;
}

function quantityOf(field) {
  const typed = Number.parseInt(field.value.normalize("NFKC"), 10);
  return Math.min(99, Math.max(1, typed || 1));
}

function add() {
  const chosen = form.querySelector("[name=sku]:checked, [name=sku][type=hidden]");
  const { quantity } = form.elements;
  const title = chosen.dataset.name ? `${product.title} ${chosen.dataset.name}` : product.title;
  const picture = document.querySelector("[data-picture]").getAttribute("src");
  const price = Number(chosen.dataset.price ?? product.price);
  const lines = readCart();
  const known = lines.find((line) => line.sku === chosen.value);
  if (known) known.quantity += quantityOf(quantity);
  else lines.push({ sku: chosen.value, title, picture, quantity: quantityOf(quantity), price });
  writeCart(lines);
  const done = form.querySelector("[data-done]");
  done.textContent = done.dataset.words;
}

for (const button of document.querySelectorAll("button[data-look]"))
  button.addEventListener("click", () => look(button.dataset.look));

form?.addEventListener("change", (event) => event.target.matches("[type=radio]") && choose(event.target));
form?.addEventListener("submit", (event) => {
  // "Buy now" goes to the checkout as any form does.
  if (!event.submitter?.hasAttribute("data-add")) return;
  event.preventDefault();
  add();
});
const colour = form?.querySelector("[data-colour]:checked");
if (colour) showSizes(colour.dataset.colour);
if (form) showChosen();
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
  const free = Number(page.dataset.freeFrom);
  page.querySelector("[data-empty]").hidden = lines.length > 0;
  page.querySelector("[data-full]").hidden = lines.length === 0;
  page.querySelector("[data-lines]").replaceChildren(...lines.map((line) => rowOf(line, page.dataset)));
  const subtotal = lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
  page.querySelector("[data-subtotal]").textContent = yen(subtotal);
  page.querySelector("[data-shipping]").textContent =
    subtotal >= free ? page.dataset.free : page.dataset.until.replace("{amount}", yen(free - subtotal));
}

function sent(name, value) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value: String(value) });
  return field;
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
  row.append(picture, title, price, remove, sent("sku", line.sku), sent("quantity", line.quantity));
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
