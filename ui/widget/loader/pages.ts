// Which page is looked at. The shop's own history functions are left alone: the browser tells of changes itself,
// and shops whose pages change otherwise call Kaiwa.page().
import type { PageView } from "../protocol";

export function presentPage(product: string | null = null): PageView {
  return { url: location.href, title: document.title, product };
}

export function onPageChange(listener: () => void): void {
  const navigation = (window as { navigation?: EventTarget }).navigation;
  // The title changes after the address; a moment later both are true.
  const later = () => setTimeout(listener, 100);
  if (navigation) navigation.addEventListener("currententrychange", later);
  else window.addEventListener("popstate", later);
}
