import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { followTheme } from "./app/theme.ts";
import { followLooks } from "./settings/looks.ts";
import "./app/tokens.css";
import "./app/base.css";
import "./app/controls.css";
import "./app/overlays.css";

followTheme();
followLooks();
const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
