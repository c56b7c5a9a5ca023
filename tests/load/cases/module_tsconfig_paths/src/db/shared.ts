export const prefix = "app_";
