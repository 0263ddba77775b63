import { render } from "preact";
import "../kit/tokens.css";
import "../kit/base.css";

const root = document.getElementById("root");
if (root) render(<main />, root);
