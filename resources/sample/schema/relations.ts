import { relations } from 'drizzle-orm';
import { activities, attachments, tasks } from './activities';
import { invoiceLines, invoices, payments, subscriptions, taxRates } from './billing';
import { addresses, contacts, contactTags, tags } from './contacts';
import { licenseActivations, licenses } from './licenses';
import { organizationDomains, organizations, teams } from './organizations';
import { apiKeys, invitations, memberships, teamMembers, users } from './people';
import { priceListItems, priceLists, productCategories, products } from './products';
import { countries, currencies, exchangeRates, plans } from './reference';
import { deals, orderItems, orders, pipelines, pipelineStages, shipments } from './sales';
import { auditEvents, ticketMessages, tickets } from './support';

// In one module, so that the tables' modules need not import each other in circles.

export const currenciesRelations = relations(currencies, ({ many }) => ({
  countries: many(countries),
  rates: many(exchangeRates, { relationName: 'base' }),
}));

export const countriesRelations = relations(countries, ({ one }) => ({
  currency: one(currencies, { fields: [countries.currencyCode], references: [currencies.code] }),
}));

export const exchangeRatesRelations = relations(exchangeRates, ({ one }) => ({
  base: one(currencies, {
    fields: [exchangeRates.base],
    references: [currencies.code],
    relationName: 'base',
  }),
}));

export const plansRelations = relations(plans, ({ many }) => ({
  organizations: many(organizations),
  subscriptions: many(subscriptions),
}));

export const organizationsRelations = relations(organizations, ({ one, many }) => ({
  plan: one(plans, { fields: [organizations.planId], references: [plans.id] }),
  country: one(countries, { fields: [organizations.countryCode], references: [countries.code] }),
  currency: one(currencies, { fields: [organizations.currencyCode], references: [currencies.code] }),
  domains: many(organizationDomains),
  teams: many(teams),
  memberships: many(memberships),
  invitations: many(invitations),
  apiKeys: many(apiKeys),
  contacts: many(contacts),
  tags: many(tags),
  products: many(products),
  pipelines: many(pipelines),
  deals: many(deals),
  orders: many(orders),
  invoices: many(invoices),
  subscriptions: many(subscriptions),
  licenses: many(licenses),
  tickets: many(tickets),
}));

export const organizationDomainsRelations = relations(organizationDomains, ({ one }) => ({
  organization: one(organizations, {
    fields: [organizationDomains.organizationId],
    references: [organizations.id],
  }),
}));

export const teamsRelations = relations(teams, ({ one, many }) => ({
  organization: one(organizations, { fields: [teams.organizationId], references: [organizations.id] }),
  members: many(teamMembers),
}));

export const usersRelations = relations(users, ({ many }) => ({
  memberships: many(memberships),
  teams: many(teamMembers),
  contacts: many(contacts),
  deals: many(deals),
  activities: many(activities),
  tasks: many(tasks),
}));

export const membershipsRelations = relations(memberships, ({ one }) => ({
  organization: one(organizations, {
    fields: [memberships.organizationId],
    references: [organizations.id],
  }),
  user: one(users, { fields: [memberships.userId], references: [users.id] }),
}));

export const teamMembersRelations = relations(teamMembers, ({ one }) => ({
  team: one(teams, { fields: [teamMembers.teamId], references: [teams.id] }),
  user: one(users, { fields: [teamMembers.userId], references: [users.id] }),
}));

export const invitationsRelations = relations(invitations, ({ one }) => ({
  organization: one(organizations, {
    fields: [invitations.organizationId],
    references: [organizations.id],
  }),
  invitedBy: one(users, { fields: [invitations.invitedById], references: [users.id] }),
}));

export const apiKeysRelations = relations(apiKeys, ({ one }) => ({
  organization: one(organizations, { fields: [apiKeys.organizationId], references: [organizations.id] }),
  createdBy: one(users, { fields: [apiKeys.createdById], references: [users.id] }),
}));

export const contactsRelations = relations(contacts, ({ one, many }) => ({
  organization: one(organizations, { fields: [contacts.organizationId], references: [organizations.id] }),
  owner: one(users, { fields: [contacts.ownerId], references: [users.id] }),
  country: one(countries, { fields: [contacts.countryCode], references: [countries.code] }),
  company: one(contacts, {
    fields: [contacts.companyId],
    references: [contacts.id],
    relationName: 'company',
  }),
  people: many(contacts, { relationName: 'company' }),
  addresses: many(addresses),
  tags: many(contactTags),
  activities: many(activities),
  tasks: many(tasks),
  deals: many(deals),
  orders: many(orders),
  invoices: many(invoices),
  licenses: many(licenses),
  tickets: many(tickets),
}));

export const addressesRelations = relations(addresses, ({ one }) => ({
  contact: one(contacts, { fields: [addresses.contactId], references: [contacts.id] }),
  country: one(countries, { fields: [addresses.countryCode], references: [countries.code] }),
}));

export const tagsRelations = relations(tags, ({ one, many }) => ({
  organization: one(organizations, { fields: [tags.organizationId], references: [organizations.id] }),
  contacts: many(contactTags),
}));

export const contactTagsRelations = relations(contactTags, ({ one }) => ({
  contact: one(contacts, { fields: [contactTags.contactId], references: [contacts.id] }),
  tag: one(tags, { fields: [contactTags.tagId], references: [tags.id] }),
}));

export const activitiesRelations = relations(activities, ({ one, many }) => ({
  organization: one(organizations, {
    fields: [activities.organizationId],
    references: [organizations.id],
  }),
  contact: one(contacts, { fields: [activities.contactId], references: [contacts.id] }),
  user: one(users, { fields: [activities.userId], references: [users.id] }),
  attachments: many(attachments),
}));

export const tasksRelations = relations(tasks, ({ one }) => ({
  organization: one(organizations, { fields: [tasks.organizationId], references: [organizations.id] }),
  contact: one(contacts, { fields: [tasks.contactId], references: [contacts.id] }),
  assignee: one(users, { fields: [tasks.assigneeId], references: [users.id] }),
}));

export const attachmentsRelations = relations(attachments, ({ one }) => ({
  activity: one(activities, { fields: [attachments.activityId], references: [activities.id] }),
}));

export const productCategoriesRelations = relations(productCategories, ({ one, many }) => ({
  organization: one(organizations, {
    fields: [productCategories.organizationId],
    references: [organizations.id],
  }),
  parent: one(productCategories, {
    fields: [productCategories.parentId],
    references: [productCategories.id],
    relationName: 'parent',
  }),
  children: many(productCategories, { relationName: 'parent' }),
  products: many(products),
}));

export const productsRelations = relations(products, ({ one, many }) => ({
  organization: one(organizations, { fields: [products.organizationId], references: [organizations.id] }),
  category: one(productCategories, {
    fields: [products.categoryId],
    references: [productCategories.id],
  }),
  currency: one(currencies, { fields: [products.currencyCode], references: [currencies.code] }),
  orderItems: many(orderItems),
  prices: many(priceListItems),
  licenses: many(licenses),
}));

export const priceListsRelations = relations(priceLists, ({ one, many }) => ({
  organization: one(organizations, {
    fields: [priceLists.organizationId],
    references: [organizations.id],
  }),
  items: many(priceListItems),
}));

export const priceListItemsRelations = relations(priceListItems, ({ one }) => ({
  priceList: one(priceLists, { fields: [priceListItems.priceListId], references: [priceLists.id] }),
  product: one(products, { fields: [priceListItems.productId], references: [products.id] }),
}));

export const pipelinesRelations = relations(pipelines, ({ one, many }) => ({
  organization: one(organizations, { fields: [pipelines.organizationId], references: [organizations.id] }),
  stages: many(pipelineStages),
}));

export const pipelineStagesRelations = relations(pipelineStages, ({ one, many }) => ({
  pipeline: one(pipelines, { fields: [pipelineStages.pipelineId], references: [pipelines.id] }),
  deals: many(deals),
}));

export const dealsRelations = relations(deals, ({ one }) => ({
  organization: one(organizations, { fields: [deals.organizationId], references: [organizations.id] }),
  contact: one(contacts, { fields: [deals.contactId], references: [contacts.id] }),
  stage: one(pipelineStages, { fields: [deals.stageId], references: [pipelineStages.id] }),
  owner: one(users, { fields: [deals.ownerId], references: [users.id] }),
}));

export const ordersRelations = relations(orders, ({ one, many }) => ({
  organization: one(organizations, { fields: [orders.organizationId], references: [organizations.id] }),
  contact: one(contacts, { fields: [orders.contactId], references: [contacts.id] }),
  currency: one(currencies, { fields: [orders.currencyCode], references: [currencies.code] }),
  items: many(orderItems),
  shipments: many(shipments),
  invoices: many(invoices),
  licenses: many(licenses),
}));

export const orderItemsRelations = relations(orderItems, ({ one }) => ({
  order: one(orders, { fields: [orderItems.orderId], references: [orders.id] }),
  product: one(products, { fields: [orderItems.productId], references: [products.id] }),
}));

export const shipmentsRelations = relations(shipments, ({ one }) => ({
  order: one(orders, { fields: [shipments.orderId], references: [orders.id] }),
}));

export const taxRatesRelations = relations(taxRates, ({ one, many }) => ({
  organization: one(organizations, { fields: [taxRates.organizationId], references: [organizations.id] }),
  country: one(countries, { fields: [taxRates.countryCode], references: [countries.code] }),
  lines: many(invoiceLines),
}));

export const invoicesRelations = relations(invoices, ({ one, many }) => ({
  organization: one(organizations, { fields: [invoices.organizationId], references: [organizations.id] }),
  order: one(orders, { fields: [invoices.orderId], references: [orders.id] }),
  contact: one(contacts, { fields: [invoices.contactId], references: [contacts.id] }),
  lines: many(invoiceLines),
  payments: many(payments),
}));

export const invoiceLinesRelations = relations(invoiceLines, ({ one }) => ({
  invoice: one(invoices, { fields: [invoiceLines.invoiceId], references: [invoices.id] }),
  taxRate: one(taxRates, { fields: [invoiceLines.taxRateId], references: [taxRates.id] }),
}));

export const paymentsRelations = relations(payments, ({ one }) => ({
  organization: one(organizations, { fields: [payments.organizationId], references: [organizations.id] }),
  invoice: one(invoices, { fields: [payments.invoiceId], references: [invoices.id] }),
}));

export const subscriptionsRelations = relations(subscriptions, ({ one }) => ({
  organization: one(organizations, {
    fields: [subscriptions.organizationId],
    references: [organizations.id],
  }),
  plan: one(plans, { fields: [subscriptions.planId], references: [plans.id] }),
}));

export const licensesRelations = relations(licenses, ({ one, many }) => ({
  organization: one(organizations, { fields: [licenses.organizationId], references: [organizations.id] }),
  contact: one(contacts, { fields: [licenses.contactId], references: [contacts.id] }),
  product: one(products, { fields: [licenses.productId], references: [products.id] }),
  order: one(orders, { fields: [licenses.orderId], references: [orders.id] }),
  activations: many(licenseActivations),
}));

export const licenseActivationsRelations = relations(licenseActivations, ({ one }) => ({
  license: one(licenses, { fields: [licenseActivations.licenseId], references: [licenses.id] }),
}));

export const ticketsRelations = relations(tickets, ({ one, many }) => ({
  organization: one(organizations, { fields: [tickets.organizationId], references: [organizations.id] }),
  contact: one(contacts, { fields: [tickets.contactId], references: [contacts.id] }),
  assignee: one(users, { fields: [tickets.assigneeId], references: [users.id] }),
  messages: many(ticketMessages),
}));

export const ticketMessagesRelations = relations(ticketMessages, ({ one }) => ({
  ticket: one(tickets, { fields: [ticketMessages.ticketId], references: [tickets.id] }),
  author: one(users, { fields: [ticketMessages.authorId], references: [users.id] }),
}));

export const auditEventsRelations = relations(auditEvents, ({ one }) => ({
  organization: one(organizations, {
    fields: [auditEvents.organizationId],
    references: [organizations.id],
  }),
  user: one(users, { fields: [auditEvents.userId], references: [users.id] }),
}));
