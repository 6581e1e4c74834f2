import { memoryProcessLeases } from '../../adapters/outbound/memory/process-leases.ts'
import { describeProcessLeases } from './process-leases.contract.ts'

const subject = memoryProcessLeases()

describeProcessLeases('memory', () => subject)
