import { memoryFailedEvents } from '../../adapters/outbound/memory/failed-events.ts'
import { describeFailedEvents } from './failed-events.contract.ts'

const subject = memoryFailedEvents()

describeFailedEvents('memory', () => subject)
