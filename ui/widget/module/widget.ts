// The chat for pages that are built from modules: `import { load } from ".../widget.mjs"`.

export interface Options {
  /** The key of the inbox. */
  shop: string;
  language?: "ja" | "en";
  theme?: "light" | "dark" | "system";
  side?: "left" | "right";
}

interface Item {
  sku: string;
  title: string;
  quantity: number;
  price: { amount_minor: number; currency: string };
}

interface Said {
  open: (words?: string) => void;
  close: () => void;
  identify: (token: string | null) => void;
  page: (view?: { url?: string; title?: string; product?: string | null }) => void;
  cart: (items: Item[]) => void;
}

/** What the chat tells the page: of the panel, of what is unread, and of the pieces in its cart. */
interface Heard {
  open: null;
  close: null;
  unread: { unread: number };
  cart: { pieces: number };
}

export interface Chat extends Said {
  /** What is returned ends it. */
  on: <Name extends keyof Heard>(name: Name, listener: (detail: Heard[Name]) => void) => () => void;
}

let loading: Promise<Chat> | null = null;

/** Puts the chat on the page. A page has one: later calls get the same. */
export function load(options: Options): Promise<Chat> {
  loading ??= put(options).catch((error: unknown) => {
    // A page that could not reach us may try again.
    loading = null;
    throw error;
  });
  return loading;
}

function put(options: Options): Promise<Chat> {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.async = true;
    script.src = new URL("/widget.js", import.meta.url).href;
    Object.assign(script.dataset, options);
    script.onload = () => done({ ...(window as unknown as { Kaiwa: Said }).Kaiwa, on });
    script.onerror = () => {
      script.remove();
      failed(new Error("Kaiwa: the chat could not be loaded."));
    };
    document.head.append(script);
  });
}

function on<Name extends keyof Heard>(name: Name, listener: (detail: Heard[Name]) => void): () => void {
  const heard = (event: Event) => listener((event as CustomEvent<Heard[Name]>).detail);
  document.addEventListener(`kaiwa:${name}`, heard);
  return () => document.removeEventListener(`kaiwa:${name}`, heard);
}
