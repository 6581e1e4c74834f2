import { memoryCheckpoints } from '../../adapters/outbound/memory/checkpoints.ts'
import { describeCheckpoints } from './checkpoints.contract.ts'

const subject = memoryCheckpoints()

describeCheckpoints('memory', () => subject)
