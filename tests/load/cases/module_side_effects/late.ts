import { registry } from "./registry";

registry.push("late", (globalThis as any).prefix);
