// What the standard asks of a statement (IEEE 9274.1.1-2023, 4.2, and xAPI 1.0.3, Part Two), written from its text and
// knowing nothing of our code. The result names every rule that is broken, and where.
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
const timestamp = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/
const duration = /^P(?!$)(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?)$/
const language = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/
const voiding = 'http://adlnet.gov/expapi/verbs/voided'
const interactions = [
  ...['true-false', 'choice', 'fill-in', 'long-fill-in', 'matching'],
  ...['performance', 'sequencing', 'likert', 'numeric', 'other'],
]

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every rule that a value breaks as a statement. */
export function brokenRules(statement: unknown): string[] {
  const broken: string[] = []
  const ask = (holds: boolean, where: string, rule: string) =>
    void (holds || broken.push(`${where}: ${rule}`))

  function only(value: Json, where: string, allowed: string[], required: string[] = []) {
    for (const key of Object.keys(value))
      ask(allowed.includes(key), `${where}.${key}`, 'is no property of it')
    for (const key of required) ask(value[key] !== undefined, `${where}.${key}`, 'is required')
  }
  const object = (value: unknown, where: string): Json => {
    ask(isObject(value), where, 'must be an object')
    return isObject(value) ? value : {}
  }
  const iri = (value: unknown, where: string) =>
    ask(
      typeof value === 'string' && /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(value) && URL.canParse(value),
      where,
      'must be an IRI with a scheme',
    )
  const id = (value: unknown, where: string) =>
    ask(typeof value === 'string' && uuid.test(value), where, 'must be a UUID')
  const flag = (value: unknown, where: string) =>
    ask(value === undefined || typeof value === 'boolean', where, 'must be true or false')
  const time = (value: unknown, where: string) =>
    ask(
      typeof value === 'string' && timestamp.test(value) && !Number.isNaN(Date.parse(value)),
      where,
      'must be RFC 3339',
    )

  function languageMap(value: unknown, where: string) {
    for (const [tag, text] of Object.entries(object(value, where))) {
      ask(language.test(tag), `${where}.${tag}`, 'must be a tag of RFC 5646')
      ask(typeof text === 'string' && text !== '', `${where}.${tag}`, 'must be a text')
    }
  }
  function extensions(value: unknown, where: string) {
    if (value === undefined) return
    for (const key of Object.keys(object(value, where))) iri(key, `${where} key ${key}`)
  }
  function agent(value: unknown, where: string) {
    const one = object(value, where)
    const identifiers = ['mbox', 'mbox_sha1sum', 'openid', 'account']
    only(one, where, ['objectType', 'name', ...identifiers])
    ask(one['objectType'] === undefined || one['objectType'] === 'Agent', where, 'must be an Agent')
    const given = identifiers.filter((name) => one[name] !== undefined)
    ask(given.length === 1, where, 'must have exactly one inverse functional identifier')
    if (one['account'] === undefined) return
    const account = object(one['account'], `${where}.account`)
    only(account, `${where}.account`, ['homePage', 'name'], ['homePage', 'name'])
    iri(account['homePage'], `${where}.account.homePage`)
    ask(
      typeof account['name'] === 'string' && account['name'] !== '',
      `${where}.account.name`,
      'must be a text',
    )
  }
  function activity(value: unknown, where: string) {
    const one = object(value, where)
    only(one, where, ['objectType', 'id', 'definition'], ['id'])
    ask(one['objectType'] === undefined || one['objectType'] === 'Activity', where, 'must be an Activity')
    iri(one['id'], `${where}.id`)
    if (one['definition'] === undefined) return
    const definition = object(one['definition'], `${where}.definition`)
    only(definition, `${where}.definition`, [
      'name',
      'description',
      'type',
      'moreInfo',
      'interactionType',
      'extensions',
    ])
    if (definition['name'] !== undefined) languageMap(definition['name'], `${where}.definition.name`)
    if (definition['type'] !== undefined) iri(definition['type'], `${where}.definition.type`)
    const kind = definition['interactionType']
    ask(
      kind === undefined || interactions.includes(String(kind)),
      `${where}.definition`,
      'knows no such interaction',
    )
    extensions(definition['extensions'], `${where}.definition.extensions`)
  }
  function reference(value: unknown, where: string) {
    const one = object(value, where)
    only(one, where, ['objectType', 'id'], ['objectType', 'id'])
    ask(one['objectType'] === 'StatementRef', where, 'must be a StatementRef')
    id(one['id'], `${where}.id`)
  }
  function score(value: unknown, where: string) {
    const one = object(value, where)
    only(one, where, ['scaled', 'raw', 'min', 'max'])
    const of = (name: string) => {
      const number = one[name]
      ask(number === undefined || Number.isFinite(number), `${where}.${name}`, 'must be a number')
      return typeof number === 'number' ? number : undefined
    }
    const [scaled = 0, raw, min = -Infinity, max = Infinity] = [of('scaled'), of('raw'), of('min'), of('max')]
    ask(scaled >= -1 && scaled <= 1, `${where}.scaled`, 'must lie between -1 and 1')
    ask(min < max, where, 'min must be less than max')
    ask(raw === undefined || (raw >= min && raw <= max), `${where}.raw`, 'must lie between min and max')
  }
  function result(value: unknown) {
    const one = object(value, 'result')
    only(one, 'result', ['score', 'success', 'completion', 'response', 'duration', 'extensions'])
    if (one['score'] !== undefined) score(one['score'], 'result.score')
    flag(one['success'], 'result.success')
    flag(one['completion'], 'result.completion')
    ask(
      one['response'] === undefined || typeof one['response'] === 'string',
      'result.response',
      'must be a text',
    )
    const lasted = one['duration']
    ask(lasted === undefined || duration.test(String(lasted)), 'result.duration', 'must be ISO 8601')
    extensions(one['extensions'], 'result.extensions')
  }
  function context(value: unknown, ofActivity: boolean) {
    const one = object(value, 'context')
    only(one, 'context', [
      ...['registration', 'instructor', 'team', 'contextActivities', 'contextAgents', 'contextGroups'],
      ...['revision', 'platform', 'language', 'statement', 'extensions'],
    ])
    if (one['registration'] !== undefined) id(one['registration'], 'context.registration')
    if (one['instructor'] !== undefined) agent(one['instructor'], 'context.instructor')
    const around = object(one['contextActivities'] ?? {}, 'context.contextActivities')
    only(around, 'context.contextActivities', ['parent', 'grouping', 'category', 'other'])
    for (const [kind, list] of Object.entries(around)) {
      ask(Array.isArray(list), `context.contextActivities.${kind}`, 'should be an array')
      for (const each of [list].flat()) activity(each, `context.contextActivities.${kind}`)
    }
    for (const name of ['revision', 'platform'])
      ask(one[name] === undefined || ofActivity, `context.${name}`, 'may stand beside an activity only')
    const spoken = one['language']
    ask(
      spoken === undefined || language.test(String(spoken)),
      'context.language',
      'must be a tag of RFC 5646',
    )
    if (one['statement'] !== undefined) reference(one['statement'], 'context.statement')
    extensions(one['extensions'], 'context.extensions')
  }
  function noNull(value: unknown, where: string) {
    if (/extensions/.test(where)) return
    ask(value !== null, where, 'must not be null')
    if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) noNull(inner, `${where}.${key}`)
  }

  const whole = object(statement, 'statement')
  const properties = [
    'id',
    'actor',
    'verb',
    'object',
    'result',
    'context',
    'timestamp',
    'stored',
    'authority',
    'version',
  ]
  only(whole, 'statement', [...properties, 'attachments'], ['actor', 'verb', 'object'])
  noNull(whole, 'statement')
  if (whole['id'] !== undefined) id(whole['id'], 'id')
  agent(whole['actor'], 'actor')
  const verb = object(whole['verb'], 'verb')
  only(verb, 'verb', ['id', 'display'], ['id'])
  iri(verb['id'], 'verb.id')
  if (verb['display'] !== undefined) languageMap(verb['display'], 'verb.display')
  const about = object(whole['object'], 'object')
  const isReference = about['objectType'] === 'StatementRef'
  if (isReference) reference(about, 'object')
  else activity(about, 'object')
  ask(verb['id'] !== voiding || isReference, 'object', 'of what voids must be the voided statement')
  if (whole['result'] !== undefined) result(whole['result'])
  if (whole['context'] !== undefined) context(whole['context'], !isReference)
  for (const name of ['timestamp', 'stored']) if (whole[name] !== undefined) time(whole[name], name)
  return broken
}
