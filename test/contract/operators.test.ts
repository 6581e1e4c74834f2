import { memoryOperators } from '../support/memory-operators.ts'
import { describeComeAgain } from './come-again.contract.ts'
import { describeCompanyChanges } from './company-changes.contract.ts'
import { describeFailedEventFinder } from './failed-event-finder.contract.ts'
import { describeOperatorDesk } from './operator-desk.contract.ts'
import { describeReplayQueue } from './replay-queue.contract.ts'

const operators = memoryOperators()

describeReplayQueue('memory', () => operators)
describeFailedEventFinder('memory', () => operators)
describeOperatorDesk('memory', () => operators)
describeCompanyChanges('memory', () => operators)
describeComeAgain('memory', () => operators)
