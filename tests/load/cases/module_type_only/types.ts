export type Mode = "a" | "b";
export interface Address { street: string; mode: Mode }
export const modes: readonly Mode[] = ["a", "b"] as const;
