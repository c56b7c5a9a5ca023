export const registry: string[] = [];
