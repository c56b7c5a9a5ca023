import { users } from "./users";

export const copied = users;
export const nothing = () => users.name;
