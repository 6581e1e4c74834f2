import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'

/** PEM texts. */
export interface Certified { readonly certificate: string; readonly key: string }

export interface CertificateChoices {
  readonly name: string
  /** Further names that it is good for. */
  readonly alsoNames?: ReadonlyArray<string>
  /** Absent: signed by itself. */
  readonly signer?: Certified
  readonly validFrom?: Date
  readonly validTo?: Date
}

const SEQUENCE = 0x30
const [INTEGER, BIT_STRING, OCTET_STRING, OID, UTF8, UTC_TIME, SET, BOOLEAN] = [0x02, 0x03, 0x04, 0x06, 0x0c, 0x17, 0x31, 0x01]
const EXTENSIONS = 0xa3
const VERSION = 0xa0
const DNS_NAME = 0x82

const length = (bytes: number): Buffer => {
  if (bytes < 128) return Buffer.from([bytes])
  const hex = bytes.toString(16)
  const digits = Buffer.from(hex.padStart(hex.length + hex.length % 2, '0'), 'hex')
  return Buffer.concat([Buffer.from([128 + digits.length]), digits])
}

/** One element of DER (X.690). */
const der = (tag: number, ...parts: ReadonlyArray<Buffer>): Buffer => {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag]), length(content.length), content])
}

const oid = (hex: string): Buffer => der(OID, Buffer.from(hex, 'hex'))
const nameOf = (name: string): Buffer => der(SEQUENCE, der(SET, der(SEQUENCE, oid('550403'), der(UTF8, Buffer.from(name)))))
const time = (date: Date): Buffer => der(UTC_TIME, Buffer.from(`${date.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`))
const extension = (id: string, ...parts: ReadonlyArray<Buffer>): Buffer => der(SEQUENCE, oid(id), der(OCTET_STRING, ...parts))

const ECDSA_WITH_SHA256 = der(SEQUENCE, oid('2a8648ce3d040302'))
const SUBJECT_ALT_NAME = '551d11'
const BASIC_CONSTRAINTS = '551d13'
const MS_PER_DAY = 86_400_000

const pem = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${(bytes.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`

/** What is said of the subject: its name, its key, its days (RFC 5280, section 4.1). */
const statement = (
  { name, alsoNames = [], validFrom, validTo }: CertificateChoices, issuer: string, publicKey: KeyObject,
): Buffer => der(SEQUENCE,
  der(VERSION, der(INTEGER, Buffer.from([2]))), der(INTEGER, Buffer.from([1 + Math.floor(Math.random() * 100)])), ECDSA_WITH_SHA256,
  nameOf(issuer), der(SEQUENCE, time(validFrom ?? new Date(Date.now() - MS_PER_DAY)), time(validTo ?? new Date(Date.now() + MS_PER_DAY))),
  nameOf(name), publicKey.export({ type: 'spki', format: 'der' }), der(EXTENSIONS, der(SEQUENCE,
    extension(SUBJECT_ALT_NAME, der(SEQUENCE, ...[name, ...alsoNames].map((each) => der(DNS_NAME, Buffer.from(each))))),
    extension(BASIC_CONSTRAINTS, der(SEQUENCE, der(BOOLEAN, Buffer.from([255])))))))

/** A certificate and its key for TLS in tests and in the Compose stack; a certificate without a signer is an authority of its own. */
export const aCertificate = (choices: CertificateChoices): Certified => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const { signer } = choices
  const said = statement(choices, signer === undefined ? choices.name : 'authority', publicKey)
  const signature = createSign('sha256').update(said).sign(signer?.key ?? key)
  return { key, certificate: pem(der(SEQUENCE, said, ECDSA_WITH_SHA256, der(BIT_STRING, Buffer.from([0]), signature))) }
}
