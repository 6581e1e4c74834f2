import { memoryAcknowledgedPositions } from '../../adapters/outbound/memory/acknowledged-positions.ts'
import { describeAcknowledgedPositions } from './acknowledged-positions.contract.ts'

const subject = memoryAcknowledgedPositions()

describeAcknowledgedPositions('memory', () => subject)
