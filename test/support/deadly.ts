/** Marks of events that test/support/deadly-ingest.ts dies of: a phone number, and two message ids. */
export const DEADLY = { read: '666', applied: 'deadly', endless: 'endless' } as const
