import { pgEnum } from 'drizzle-orm/pg-core';

export const memberRole = pgEnum('member_role', ['owner', 'admin', 'manager', 'member', 'viewer']);
export const contactType = pgEnum('contact_type', ['individual', 'company', 'partner']);
export const activityKind = pgEnum('activity_kind', ['call', 'email', 'meeting', 'note', 'visit']);
export const priority = pgEnum('priority', ['low', 'normal', 'high', 'urgent']);

export const dealStatus = pgEnum('deal_status', ['open', 'won', 'lost']);
export const orderStatus = pgEnum('order_status', [
  'draft',
  'placed',
  'paid',
  'shipped',
  'delivered',
  'cancelled',
  'refunded',
]);

export const invoiceStatus = pgEnum('invoice_status', ['draft', 'sent', 'paid', 'overdue', 'void']);
export const paymentMethod = pgEnum('payment_method', ['card', 'transfer', 'direct_debit', 'paypal']);
export const billingInterval = pgEnum('billing_interval', ['month', 'year']);
export const licenseStatus = pgEnum('license_status', ['active', 'suspended', 'expired', 'revoked']);

export const ticketStatus = pgEnum('ticket_status', ['open', 'waiting', 'solved', 'closed']);
