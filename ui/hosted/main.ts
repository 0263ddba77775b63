// Conveniences of the hosted pages. Each page works without them.
import "../kit/tokens.css";
import "../kit/contrast.css";
import "../kit/base.css";
import "./hosted.css";
import "./fields.css";
import "./lists.css";
import "./product.css";
import { busyButtons, choosing, printing } from "./forms";
import { postalCode } from "./postal";

document.documentElement.classList.add("scripted");
busyButtons();
choosing();
printing();
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-postal]")) postalCode(form);
