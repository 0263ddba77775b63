// The desk's first act: is anybody logged in?
import { render } from "preact";
import "../kit/tokens.css";
import "../kit/contrast.css";
import "../kit/base.css";
import "./styles/measures.css";
import "./styles/parts.css";
import "./styles/shell.css";
import "./styles/login.css";
import "./styles/list.css";
import "./styles/thread.css";
import "./styles/bubble.css";
import "./styles/composer.css";
import "./styles/customer.css";
import "./styles/sorting.css";
import "./styles/staff.css";
import "./styles/cards.css";
import "./styles/orders.css";
import "./styles/drafting.css";
import "./styles/narrow.css";
import { App } from "./App";
import { checkSession, session } from "./account/session";
import { applyTheme } from "./account/theme";
import { setPageLanguage } from "./words/words";

applyTheme();
setPageLanguage();
session.listen(setPageLanguage);
void checkSession();

const root = document.getElementById("root");
if (root) render(<App />, root);
