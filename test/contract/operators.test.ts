import { memoryOperators } from '../support/memory-operators.ts'
import { describeReplayQueue } from './replay-queue.contract.ts'

const operators = memoryOperators()

describeReplayQueue('memory', () => operators)
