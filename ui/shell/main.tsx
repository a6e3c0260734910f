import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import "./app/tokens.css";
import "./app/base.css";
import "./app/controls.css";
import "./app/overlays.css";

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
