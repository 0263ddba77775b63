// Light, dark, or as the device: kept on the device, because it is the room that decides.
import { safeStorage } from "../../kit/storage";
import { Store } from "../state/store";

export type Theme = "system" | "light" | "dark";
export const THEMES: readonly Theme[] = ["system", "light", "dark"];

const KEY = "kaiwa.theme";
const disk = safeStorage();
const kept = disk.get(KEY) as Theme | null;

export const theme = new Store<{ theme: Theme }>({ theme: kept && THEMES.includes(kept) ? kept : "system" });

export function applyTheme(): void {
  const { theme: chosen } = theme.get();
  if (chosen === "system") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.setAttribute("data-theme", chosen);
}

export function chooseTheme(chosen: Theme): void {
  disk.set(KEY, chosen);
  theme.set({ theme: chosen });
  applyTheme();
}
