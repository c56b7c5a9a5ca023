export const prefix = "base_";
