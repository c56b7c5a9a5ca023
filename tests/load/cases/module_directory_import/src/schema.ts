export * from "./tables";
export * from "./enums/";
export * from "..";
