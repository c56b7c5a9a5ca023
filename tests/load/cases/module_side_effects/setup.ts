import { registry } from "./registry";

registry.push("setup");
(globalThis as any).prefix = "global_";
