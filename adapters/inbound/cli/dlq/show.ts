import type { Command } from 'commander'
import type { FailureBody } from '../../../../application/ports/failed-event-finder.ts'
import { companyOption, dlqCommand, jsonOption, toNumber, type Company } from './command.ts'
import { asked, Ended, inSession } from './session.ts'
import { eventDetails } from './tables.ts'

interface ShowOptions { readonly company?: Company; readonly body: boolean; readonly json: boolean }

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

const bodyText = ({ body, editedBody }: FailureBody): string =>
  `\nbody as published:\n${textOf(body)}\n${editedBody === undefined ? '' : `\nedited body:\n${textOf(editedBody)}\n`}`

/** Base64 says every byte; text what can be read of it. */
const bodyJson = ({ body, editedBody }: FailureBody) => ({
  body: textOf(body), bodyBase64: Buffer.from(body).toString('base64'),
  ...(editedBody === undefined ? {} : { editedBody: textOf(editedBody) }),
})

/** `daisi dlq show`: one failed event with all attempts; its body, which may hold personal data, only when asked for. */
export const showCommand = (): Command => dlqCommand('show', 'one failed event with all its attempts')
  .argument('<id>', 'id of the failed event', toNumber(1))
  .addOption(companyOption())
  .option('--body', 'show the body too (personal data)', false)
  .addOption(jsonOption())
  .action((id: number, { company, body, json }: ShowOptions) => inSession(json, async (open) => {
    const { failedEvents } = open(company)
    const event = (await asked(failedEvents.byIds([id]))).get(id)
    if (event === undefined) throw new Ended('not_found', `There is no failed event ${id}.`)
    const found = body ? (await asked(failedEvents.bodies([id], 1))).get(id) : undefined
    if (json) process.stdout.write(`${JSON.stringify({ ...event, ...(found === undefined ? {} : bodyJson(found)) })}\n`)
    else process.stdout.write(`${eventDetails(event)}${found === undefined ? '' : bodyText(found)}`)
    return 0
  }))
