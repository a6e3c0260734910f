import { protocolVersion } from "../../kernel/notebook/protocol.ts";
import { keepTimeWhileHidden } from "./hidden-clock.ts";
import { acceptPort } from "./port.ts";
import { Sandbox } from "./sandbox.ts";
import { installStyles } from "./theme.ts";

keepTimeWhileHidden();
installStyles();
const port = await acceptPort();
const column = document.getElementById("column");
if (!column) throw new Error("ui/sandbox/index.html has no #column");
const sandbox = new Sandbox(column, port);
port.listen((message) => sandbox.receive(message));
port.send({ type: "ready", protocol: protocolVersion });
sandbox.start();
