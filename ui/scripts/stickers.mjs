// Draws the stickers into ../kaiwa/web/stickers/ as moving SVG; tests/browser/stickers.py takes their pictures (PNG).
// One little sprout in twelve moods: body, face, arms and something in its hands.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const out = join(import.meta.dirname, "../../kaiwa/web/stickers");
const INK = "#3a3126", BODY = "#f6e7c8", LEAF = "#4f8a63", CHEEK = "#eba58f", AI = "#27408b", SHU = "#c4492c", GOLD = "#d9a437";

const eyes = {
  open: `<circle cx="82" cy="104" r="5.5"/><circle cx="118" cy="104" r="5.5"/>`,
  smile: `<path d="M74 106q8-10 16 0M110 106q8-10 16 0" class="l"/>`,
  shut: `<path d="M74 104h16M110 104h16" class="l"/>`,
  tight: `<path d="M75 99l12 6-12 6M125 99l-12 6 12 6" class="l"/>`,
  up: `<circle cx="86" cy="99" r="5.5"/><circle cx="122" cy="99" r="5.5"/>`,
  heart: `<path d="M82 111l-9-9a5.4 5.4 0 0 1 9-6 5.4 5.4 0 0 1 9 6zM118 111l-9-9a5.4 5.4 0 0 1 9-6 5.4 5.4 0 0 1 9 6z" fill="${SHU}"/>`,
};
const mouths = {
  smile: `<path d="M90 118q10 10 20 0" class="l"/>`,
  laugh: `<path d="M88 116q12 20 24 0z" fill="${SHU}"/>`,
  flat: `<path d="M93 121h14" class="l"/>`,
  sad: `<path d="M91 124q9-8 18 0" class="l"/>`,
  small: `<circle cx="100" cy="121" r="4" class="l"/>`,
};
const arms = {
  down: `<path d="M56 134q-10 6-12 16M144 134q10 6 12 16" class="l"/>`,
  wave: `<path d="M56 134q-10 6-12 16" class="l"/><g class="wave"><path d="M144 130q14-10 18-28" class="l"/></g>`,
  up: `<path d="M56 128q-14-10-18-30M144 128q14-10 18-30" class="l"/>`,
  hands: `<path d="M56 138q10 17 34 17M144 138q-10 17-34 17" class="l"/><ellipse cx="100" cy="153" rx="10" ry="8" class="l" style="fill:${BODY}"/>`,
  chin: `<path d="M56 134q-10 6-12 16M144 136q-4 10-28 0" class="l"/>`,
};
const bubble = (text, x = 150, y = 46) => `<text x="${x}" y="${y}" class="w">${text}</text>`;
const things = {
  hello: bubble("♪", 158, 60),
  thanks: `<path d="M152 54l-9-9a5.6 5.6 0 0 1 9-6 5.6 5.6 0 0 1 9 6zM40 62l-6-6a4 4 0 0 1 6-4 4 4 0 0 1 6 4z" fill="${SHU}" class="pop"/>`,
  ok: `<circle cx="156" cy="52" r="19" fill="none" stroke="${SHU}" stroke-width="7" class="pop"/>`,
  please: `<path d="M42 52l4 10 10 4-10 4-4 10-4-10-10-4 10-4zM160 44l3 8 8 3-8 3-3 8-3-8-8-3 8-3z" fill="${GOLD}" class="pop"/>`,
  sorry: `<path d="M148 70q10 16 0 20-10-4 0-20z" fill="#7fb3d9" class="drop"/>`,
  wait: `<circle cx="156" cy="52" r="19" class="l" style="fill:#fff"/><path d="M156 40v12l8 6" class="l"/>`,
  found: `<circle cx="150" cy="52" r="15" class="l" style="fill:#dfeaf6"/><path d="M161 63l14 14" class="l b"/>`,
  love: `<path d="M42 58l-9-9a5.6 5.6 0 0 1 9-6 5.6 5.6 0 0 1 9 6zM160 50l-12-12a7.4 7.4 0 0 1 12-8 7.4 7.4 0 0 1 12 8z" fill="${SHU}" class="pop"/>`,
  hurray: `<path d="M30 50l8 8M44 34l2 12M24 70h11M170 50l-8 8M156 34l-2 12M176 70h-11" stroke="${GOLD}" stroke-width="6" class="pop"/>`,
  think: bubble("?", 156, 62),
  night: `<text x="146" y="66" class="z">z</text><text x="160" y="48" class="z s">Z</text>`,
  parcel: `<path d="M72 138h56v40H72z" class="l" style="fill:#c89b6a"/><path d="M100 138v40M72 150h56" class="l"/>`,
};
const moods = {
  hello: ["open", "laugh", "wave"],
  thanks: ["smile", "smile", "hands"],
  ok: ["open", "laugh", "up"],
  please: ["up", "small", "hands"],
  sorry: ["tight", "sad", "down"],
  wait: ["open", "flat", "wave"],
  found: ["open", "laugh", "up"],
  love: ["heart", "smile", "hands"],
  hurray: ["smile", "laugh", "up"],
  think: ["up", "flat", "chin"],
  night: ["shut", "small", "down"],
  parcel: ["smile", "laugh", "down"],
};

const style = `.l{fill:none;stroke:${INK};stroke-width:5;stroke-linecap:round;stroke-linejoin:round}.b{stroke-width:8}
.w{font:700 44px sans-serif;fill:${AI}}.z{font:700 24px sans-serif;fill:${AI}}.s{font-size:32px}
.bob{animation:bob 1.2s ease-in-out 4 alternate;transform-origin:100px 180px}.wave{animation:wave .5s ease-in-out 8 alternate;transform-origin:144px 130px}
.pop{animation:pop .6s ease-out 3 alternate;transform-origin:center;transform-box:fill-box}.drop{animation:drop 1.4s ease-in 3}
@keyframes bob{to{transform:translateY(-5px) scale(1.01,.99)}}@keyframes wave{to{transform:rotate(14deg)}}@keyframes pop{from{transform:scale(.8)}}@keyframes drop{to{transform:translateY(12px);opacity:0}}
@media(prefers-reduced-motion:reduce){*{animation:none!important}}`;

mkdirSync(out, { recursive: true });
for (const [name, [eye, mouth, arm]] of Object.entries(moods)) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="200" height="200"><style>${style}</style>
<g class="bob"><path d="M100 62q-2-16 0-26" class="l" stroke="${LEAF}"/><path d="M100 40c-16 2-26-6-28-20 16-1 27 6 28 20zM100 40c2-13 12-19 26-17-1 13-11 19-26 17z" fill="${LEAF}" stroke="${INK}" stroke-width="4" stroke-linejoin="round"/>
<path d="M100 60c34 0 52 26 52 62 0 38-20 56-52 56s-52-18-52-56c0-36 18-62 52-62z" fill="${BODY}" stroke="${INK}" stroke-width="5"/>
<ellipse cx="68" cy="120" rx="9" ry="6" fill="${CHEEK}"/><ellipse cx="132" cy="120" rx="9" ry="6" fill="${CHEEK}"/>
<g fill="${INK}">${eyes[eye]}</g>${mouths[mouth]}${arms[arm]}</g>${things[name]}</svg>
`;
  writeFileSync(join(out, `${name}.svg`), svg);
}
