export * from "./b-second";
export * from "./a-first";
