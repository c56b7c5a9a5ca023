export const folders = ["zoo", "app"];
