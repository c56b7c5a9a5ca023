import { foreignKey, integer, pgTable } from "drizzle-orm/pg-core";

export const organisations = pgTable("organisation_membership_invitations", { identifier: integer("organisation_membership_invitation_identifier").primaryKey() });
export const reminders = pgTable("organisation_membership_invitation_reminders", {
  invitation: integer("organisation_membership_invitation_identifier").references(() => organisations.identifier),
  other: integer("other"),
}, (t) => [
  foreignKey({ name: "a_name_that_was_given_by_hand_and_is_nevertheless_longer_than_sixty_three_bytes", columns: [t.other], foreignColumns: [organisations.identifier] }),
]);
