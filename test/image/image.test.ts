import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { docker, dockerOutput, IMAGE } from './support/docker.ts'

const BUILT_WITHIN_SECONDS = 270
const MEGABYTE = 1_000_000

/** The network of the machine: a container of a throw-away engine reaches nothing outside. */
const BUILD = ['build', '--file', 'ops/docker/Dockerfile', '--network', 'host']
/** As production should run it. */
const HARDENED = ['run', '--rm', '--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--network', 'none']

const FOR_DEVELOPMENT = ['mocha', 'chai', 'testcontainers', 'typescript', 'eslint']

interface Sbom { readonly components: ReadonlyArray<{ readonly name: string; readonly group?: string }> }

const inImage = (script: string): string => dockerOutput([...HARDENED, '--entrypoint', 'sh', IMAGE, '-c', script])

describe('the image', () => {
  before(function () {
    this.timeout(BUILT_WITHIN_SECONDS * 1_000)
    dockerOutput([...BUILD, '--tag', IMAGE, '.'], BUILT_WITHIN_SECONDS)
  })

  after(() => {
    const size = Number(dockerOutput(['image', 'inspect', '--format', '{{.Size}}', IMAGE]))
    const ours = dockerOutput(['history', '--human=false', '--format', '{{.Size}} {{.CreatedBy}}', IMAGE]).split('\n')
      .filter((layer) => layer.includes('/opt/daisi')).reduce((sum, layer) => sum + Number.parseInt(layer, 10), 0)
    process.stdout.write(`    image: ${Math.round(size / MEGABYTE)} MB, of which we add ${Math.round(ours / MEGABYTE)} MB to its base\n`)
  })

  it('has a Dockerfile without a warning', () => {
    const { code, out, err } = docker([...BUILD, '--check', '.'])
    expect(code, `${out}${err}`).to.equal(0)
  })

  it('runs as nobody in particular, without capabilities, on a file system that is read-only', () => {
    expect(inImage('id -u; id -g')).to.equal('1000\n1000')
    expect(inImage('test -w . || test -w dist || test -w /tmp || echo nothing can be written')).to.equal('nothing can be written')
    expect(dockerOutput([...HARDENED, IMAGE])).to.contain('start [role]').and.to.contain('migrate')
  })

  it('is set for production: without settings it says what is missing and exits with 78', () => {
    const { code, err } = docker([...HARDENED, IMAGE, 'start', 'ingest'])
    expect(code, err).to.equal(78)
    expect(err).to.contain('NATS_URL is required').and.to.contain('DATABASE_URL is required')
  })

  it('ends on SIGTERM as process 1, also while it waits for its servers', () => {
    const id = dockerOutput(['run', '--detach', '--env', 'NODE_ENV=development', '--env', 'DATABASE_URL=postgres://nobody@127.0.0.1:1/none',
      IMAGE, 'start', 'project'])
    const waits = 'fetch("http://127.0.0.1:9464/readyz").then(({ status }) => process.exit(status === 503 ? 0 : 1), () => process.exit(1))'
    let isWaiting = false
    for (let looks = 0; looks < 40 && !isWaiting; looks += 1) isWaiting = docker(['exec', id, 'node', '-e', waits]).code === 0
    dockerOutput(['stop', '--time', '20', id])
    const ended = dockerOutput(['inspect', '--format', '{{.State.ExitCode}}', id])
    dockerOutput(['rm', id])
    expect([isWaiting, ended]).to.deep.equal([true, '0'])
  })

  it('holds what production needs, and a list of it', () => {
    const packages = inImage('cd node_modules && ls -d [!@.]* @*/*').split('\n')
    const listed = (JSON.parse(inImage('cat sbom.cdx.json')) as Sbom).components.map(({ group, name }) => (group === undefined ? name : `${group}/${name}`))
    const wanted = JSON.parse(readFileSync('package.json', 'utf8')) as Readonly<Record<'dependencies' | 'optionalDependencies', object>>
    expect(packages).to.include.members(Object.keys(wanted.dependencies))
    for (const name of [...Object.keys(wanted.optionalDependencies), ...FOR_DEVELOPMENT]) expect(packages, name).not.to.include(name)
    expect(packages.filter((name) => !listed.includes(name))).to.deep.equal([])
    expect(inImage('ls')).to.equal('LICENSE\ndist\nhealth-check.js\nnode_modules\npackage.json\nsbom.cdx.json')
    expect(inImage('find dist -type d -name test; command -v npm || true')).to.equal('')
  })
})
