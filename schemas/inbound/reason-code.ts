/**
 * Why an event, or one item of a history, is refused for good, and what to do about it. The codes are those of
 * bad inputs 1 to 5 ("DL:…"); `too_large` is ours, for a body above the scanner's limit. The sentences name no value.
 */
export const ADVICE = {
  empty_body: 'Publish the JSON object itself; a message without a body says nothing.',
  not_an_object: 'Publish one JSON object; arrays, strings, numbers and null are not events.',
  malformed_json: 'Build the body with a JSON encoder and publish exactly one document.',
  invalid_utf8: 'Encode the body as plain UTF-8, uncompressed.',
  too_large: 'Split the event into smaller ones; the body is above the size limit.',
  too_deep: 'Flatten the payload; more than 64 nested objects and arrays are refused.',
  too_many_members: 'Split the payload; an object or array holds at most 10,000 members.',
  key_too_long: 'Use shorter object keys; at most 1,024 bytes each.',
  missing_field: 'Send the field the pointer names; absent, null and empty are the same.',
  wrong_type: 'Send the field as the JSON type the contract gives; nothing is coerced.',
  not_an_integer: 'Send a whole number.',
  unsafe_integer: 'Send an integer between -(2^53 - 1) and 2^53 - 1.',
  out_of_range: 'Send a number within the range of the field.',
  invalid_enum: 'Send one of the values the contract lists, in the same letter case.',
  invalid_identifier: 'Send an identifier of 1 to 255 characters without NUL and without half surrogate pairs.',
  timestamp_out_of_range: 'Send Unix seconds (or milliseconds) between 1970 and the year 9999.',
  company_mismatch: 'Publish on the subject of the company that the payload names, or leave company_id out.',
  invalid_company: 'Use a company token of 1 to 48 letters, digits, hyphens and underscores.',
  unknown_subject: 'Publish on one of the ten subjects of the contract.',
  invalid_header: 'Send header values without control characters.',
} as const satisfies Readonly<Record<string, string>>

export type ReasonCode = keyof typeof ADVICE

/** For codes that come back as plain text: from a table, or from the message of an io-ts error. */
export const isReasonCode = (code: string | undefined): code is ReasonCode => code !== undefined && Object.hasOwn(ADVICE, code)
