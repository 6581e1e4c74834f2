import type { JetStreamManager, MsgRequest, StoredMsg } from '@nats-io/jetstream'

/** The first message at `seq` or behind it whose subject matches, wildcards included; null where there is none. */
export const nextMessage = (jsm: JetStreamManager, stream: string, subject: string, seq: number): Promise<StoredMsg | null> => {
  /** The server takes this form for any stream; the client's type knows it for direct access only. */
  const request: { seq: number; next_by_subj: string } & MsgRequest = { seq, next_by_subj: subject }
  return jsm.streams.getMessage(stream, request)
}
