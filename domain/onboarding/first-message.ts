import type { FirstMessage } from './onboarding.ts'

/** The order in which messages compete to be the first of a customer: (timestamp, message id) (design 5). */
export const precedes = (message: FirstMessage, first: FirstMessage): boolean =>
  message.timestamp !== first.timestamp ? message.timestamp < first.timestamp : message.messageId < first.messageId
