declare global { interface Window { x: number } }
export type Name = string;
