export const kinds = ["from_mts"];
