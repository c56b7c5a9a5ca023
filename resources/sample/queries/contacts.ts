import { and, asc, count, desc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { db } from '@/db';
import { contacts } from '@/schema';

/** One contact with what its page shows, or undefined when it is another organization's. */
export const contactById = db.query.contacts
  .findFirst({
    where: and(
      eq(contacts.organizationId, sql.placeholder('organizationId')),
      eq(contacts.id, sql.placeholder('id')),
      isNull(contacts.deletedAt),
    ),
    with: {
      owner: { columns: { id: true, name: true } },
      company: { columns: { id: true, name: true } },
      addresses: true,
      tags: { with: { tag: true } },
      orders: { orderBy: (order) => desc(order.createdAt), limit: 10 },
    },
  })
  .prepare('contact_by_id');

/** Full text over name and notes, in the words of a search box: `byron -archived "spring fair"`. */
export const searchContacts = db
  .select({
    id: contacts.id,
    name: contacts.name,
    email: contacts.email,
    rank: sql<number>`ts_rank(${contacts.search}, websearch_to_tsquery('simple', ${sql.placeholder('words')}))`.as(
      'rank',
    ),
  })
  .from(contacts)
  .where(
    and(
      eq(contacts.organizationId, sql.placeholder('organizationId')),
      isNull(contacts.deletedAt),
      sql`${contacts.search} @@ websearch_to_tsquery('simple', ${sql.placeholder('words')})`,
    ),
  )
  .orderBy(({ rank }) => [desc(rank), asc(contacts.id)])
  .limit(20)
  .prepare('search_contacts');

export type ContactCursor = { createdAt: Date; id: string };

/** A page of contacts and how many there are, asked for at the same time. */
export async function contactPage(organizationId: string, after?: ContactCursor, size = 50) {
  const live = and(eq(contacts.organizationId, organizationId), isNull(contacts.deletedAt));
  const behind =
    after &&
    or(
      gt(contacts.createdAt, after.createdAt),
      and(eq(contacts.createdAt, after.createdAt), gt(contacts.id, after.id)),
    );
  const [rows, totals] = await Promise.all([
    db
      .select()
      .from(contacts)
      .where(and(live, behind))
      .orderBy(asc(contacts.createdAt), asc(contacts.id))
      .limit(size),
    db.select({ total: count() }).from(contacts).where(live),
  ]);
  return { rows, total: totals[0]?.total ?? 0 };
}
