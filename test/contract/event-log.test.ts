import { readingAhead } from '../../adapters/main/read-ahead.ts'
import { memoryEventLog } from '../../adapters/outbound/memory/event-log.ts'
import { memoryLog } from '../../adapters/outbound/memory/memory-log.ts'
import { memoryTransactions } from '../../adapters/outbound/memory/transactions.ts'
import { describeEventLog } from './event-log.contract.ts'

const log = memoryLog()
const subject = { transactions: memoryTransactions(log, { nowMs: Date.now }), log: memoryEventLog(log) }

describeEventLog('memory', () => subject)
describeEventLog('memory, read ahead', () => ({ ...subject, log: readingAhead(subject.log) }))
