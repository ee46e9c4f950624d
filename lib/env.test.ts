import { describe, expect, test } from 'vitest'
import { AppError } from './core/errors'
import { expectedOf, ownHostOf, readEnv, settings } from './env'

const strong = Buffer.from(Array.from({ length: 32 }, (_, i) => (i * 37 + 11) % 256)).toString('base64url')
const local = { AUTH_SECRET: strong }
const deployed = {
  AUTH_SECRET: strong,
  APP_URL: 'https://app.example',
  MAIL_URL: 'smtp://mail.example',
  MAIL_FROM: 'App <no-reply@app.example>',
}

/** The sentence with which these variables are refused. */
const refusal = (variables: Record<string, string | undefined>): string => {
  try {
    readEnv(variables)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    expect(error.code).toBe('misconfigured')
    return error.details.detail ?? ''
  }
  throw new Error('these settings were accepted')
}

describe('the settings of a fresh clone', () => {
  test('need nothing but the secret', () => {
    expect(readEnv(local)).toEqual({
      PORT: 3000,
      APP_URL: 'http://localhost:3000',
      AUTH_SECRET: strong,
      DATA_DIR: '.data',
      MAIL_FROM: 'Handstamp <no-reply@localhost>',
      JWT_ISSUER: 'http://localhost:3000',
      JWT_AUDIENCE: 'http://localhost:3000',
      SERVICE_AUDIENCES: [],
      CONNECT_ORIGINS: [],
      ACCESS_TTL: 300,
      IDLE_TTL: 3600,
      ABSOLUTE_TTL: 86_400,
      REMEMBER_IDLE_TTL: 1_209_600,
      REMEMBER_ABSOLUTE_TTL: 2_592_000,
      ROTATION_GRACE: 30,
      REVOCATION_POLL: 2,
      JWT_ALG: 'ES256',
      TOKEN_ENCRYPTION: 'off',
      KEY_ROTATION: 2_592_000,
      INTERNAL_ORIGIN: 'http://127.0.0.1:3000',
      TRUSTED_PROXIES: [],
      PASSWORD_MIN_LENGTH: 15,
      PASSWORD_BREACH_CHECK: 'off',
      MAX_SESSIONS: 50,
      EMAIL_SIGN_IN: 'on',
      LAB: 'on',
      UV_THREADPOOL_SIZE: 4,
      LOG_LEVEL: 'info',
      local: true,
      secure: false,
      development: false,
      peerToken: null,
      providers: [],
    })
  })

  test('follow the port', () => {
    expect(readEnv({ ...local, PORT: '4000' })).toMatchObject({
      PORT: 4000,
      APP_URL: 'http://localhost:4000',
      INTERNAL_ORIGIN: 'http://127.0.0.1:4000',
    })
  })

  test('take an empty variable for an unset one', () => {
    expect(
      readEnv({
        ...local,
        PORT: '',
        APP_URL: '',
        MAIL_URL: '',
        ACCESS_TTL: '',
        AUTH_SECRET_PREVIOUS: '',
        TRUSTED_PROXIES: '',
      }),
    ).toEqual(readEnv(local))
  })

  test('know development by NODE_ENV', () => {
    expect(readEnv({ ...local, NODE_ENV: 'development' }).development).toBe(true)
    expect(readEnv({ ...local, NODE_ENV: 'production' }).development).toBe(false)
  })
})

describe('the settings of a deployment', () => {
  test('are https, not local, and issue tokens in the name of APP_URL', () => {
    expect(readEnv(deployed)).toMatchObject({
      local: false,
      secure: true,
      JWT_ISSUER: 'https://app.example',
      JWT_AUDIENCE: 'https://app.example',
    })
  })

  test('say what a token must say, with the longest life that any session may have', () => {
    expect(expectedOf(readEnv(deployed))).toEqual({
      issuer: 'https://app.example',
      audience: 'https://app.example',
      accessTtl: 300,
      absoluteTtl: 2_592_000,
    })
    expect(expectedOf(readEnv({ ...deployed, REMEMBER_ABSOLUTE_TTL: '1h' })).absoluteTtl).toBe(86_400)
  })

  test('can be set one by one', () => {
    const given = {
      ...deployed,
      JWT_ISSUER: 'https://id.example',
      JWT_AUDIENCE: 'app',
      ACCESS_TTL: '1m',
      PASSWORD_MIN_LENGTH: '8',
      TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.1',
      LOG_LEVEL: 'silent',
      INTERNAL_ORIGIN: 'http://127.0.0.1:8080',
      AUTH_SECRET_PREVIOUS: strong,
      DATABASE_URL: 'postgres://app:secret@db.example:5432/app',
    }
    expect(readEnv(given)).toMatchObject({
      JWT_ISSUER: 'https://id.example',
      JWT_AUDIENCE: 'app',
      ACCESS_TTL: 60,
      PASSWORD_MIN_LENGTH: 8,
      TRUSTED_PROXIES: ['10.0.0.0/8', '192.0.2.1'],
      LOG_LEVEL: 'silent',
      INTERNAL_ORIGIN: 'http://127.0.0.1:8080',
      AUTH_SECRET_PREVIOUS: strong,
      DATABASE_URL: 'postgres://app:secret@db.example:5432/app',
    })
  })

  test.each([['localhost'], ['127.0.0.1'], ['[::1]']])('are local on %s, also over https', (host) => {
    expect(ownHostOf(readEnv(local)).isLoopback(host)).toBe(true)
    expect(readEnv({ ...local, APP_URL: `http://${host}:3000` })).toMatchObject({ local: true, secure: false })
    expect(readEnv({ ...local, APP_URL: `https://${host}` })).toMatchObject({ local: true, secure: true })
  })

  test.each([
    ['http://app.example'],
    ['http://192.168.1.5:3000'],
    ['http://0.0.0.0:3000'],
    ['http://localhost.evil.example'],
    ['http://127.0.0.1.evil.example'],
  ])('%s must be https', (url) => {
    expect(refusal({ ...deployed, APP_URL: url })).toBe('APP_URL must be https:// unless its host is localhost')
  })

  test('never have test hooks, however good their token', () => {
    expect(refusal({ ...deployed, TEST_HOOKS: strong })).toBe(
      'TEST_HOOKS must not be set unless the host of APP_URL is localhost',
    )
    expect(readEnv({ ...local, TEST_HOOKS: strong }).TEST_HOOKS).toBe(strong)
    expect(readEnv({ ...local, TEST_HOOKS: '' }).TEST_HOOKS).toBeUndefined()
  })

  test('need a way to send mail and somebody to send it', () => {
    expect(refusal({ ...deployed, MAIL_URL: '' })).toMatch(/^MAIL_URL /)
    expect(refusal({ ...deployed, MAIL_FROM: '' })).toMatch(/^MAIL_FROM /)
  })
})

const weak: [name: string, secret: string][] = [
  ['secret', 'secret'],
  ['a sentence', 'this is my very long and very secret sentence'],
  ['31 bytes', Buffer.from(strong, 'base64url').subarray(0, 31).toString('base64url')],
  ['32 × a', 'a'.repeat(32)],
  ['43 × A', 'A'.repeat(43)],
  ['44 × a', 'a'.repeat(44)],
  ['one byte 32 times', Buffer.alloc(32, 0x5a).toString('base64url')],
  ['two bytes in turn', Buffer.from(Array.from({ length: 32 }, (_, i) => i % 2)).toString('base64url')],
  ['eight bytes four times', Buffer.from('abcdefgh'.repeat(4)).toString('base64url')],
  ['padding', `${strong}=`],
  ['standard base64', Buffer.alloc(33, 0xfb).toString('base64')],
  ['a space after it', `${strong} `],
  ['hexadecimal of 15 bytes', 'abcdef0123456789abcdef01234567'],
]

describe('T12 a weak secret', () => {
  test('that is missing or empty is asked for, with the way to make one', () => {
    for (const variables of [{}, { AUTH_SECRET: '' }])
      expect(refusal(variables)).toMatch(/^AUTH_SECRET is missing\. Make one with: node -e /)
  })

  test.each(weak)('%s is refused by name, with the way to make one, and is not printed', (_, secret) => {
    for (const name of ['AUTH_SECRET', 'AUTH_SECRET_PREVIOUS', 'TEST_HOOKS']) {
      const sentence = refusal({ ...local, [name]: secret })
      expect(sentence).toMatch(new RegExp(`^${name} must be 32 random bytes in base64url\\. Make one with: node -e `))
      if (secret !== 'secret') expect(sentence).not.toContain(secret)
    }
  })
})

const wrong: [name: string, values: string[]][] = [
  ['PORT', ['0', '65536', '-1', '3000.5', 'xyzzy', ' ', 'NaN']],
  [
    'APP_URL',
    [
      'xyzzy',
      'https://xyzzy.example/path',
      'https://xyzzy.example/',
      'https://user:xyzzy@app.example',
      'https://',
      'HTTPS://XYZZY.example',
      'https://xyzzy.example:443',
      'https://xyzzy.example?x',
      'file:///xyzzy',
      'javascript:xyzzy',
      'ftp://localhost',
      'ws://localhost:3000',
    ],
  ],
  ['INTERNAL_ORIGIN', ['xyzzy', 'http://127.0.0.1:3000/', 'http://xyzzy@127.0.0.1', 'ftp://127.0.0.1']],
  [
    'DATABASE_URL',
    [
      'xyzzy',
      'mysql://app:xyzzy@db.example/app',
      'postgres://',
      'postgres:xyzzy',
      'sqlite:xyzzy',
      'file:xyzzy',
      'postgres://a:xyzzy@:x',
    ],
  ],
  ['MAIL_URL', ['xyzzy', 'http://xyzzy.example', 'smtp://', 'file:']],
  ['JWT_ALG', ['xyzzy', 'none', 'es256', 'HS512', 'ES384', 'RSA']],
  ['TOKEN_ENCRYPTION', ['xyzzy', 'true', 'ON', '1']],
  ['KEY_ROTATION', ['xyzzy', '9m', '1s']],
  ['PASSWORD_MIN_LENGTH', ['7', '65', 'xyzzy', '15.5']],
  [
    'PASSWORD_BREACH_CHECK',
    [
      'xyzzy',
      'on',
      'https://',
      'http://xyzzy.example/range/',
      'https://xyzzy.example/range',
      'https://a:xyzzy@b.example/',
      'https://xyzzy.example/?q=/',
      'ftp://localhost/xyzzy/',
    ],
  ],
  ['MAX_SESSIONS', ['0', '-1', '1001', '1.5', 'many']],
  ['LAB', ['xyzzy', 'ON', 'true']],
  ['LOG_LEVEL', ['xyzzy', 'INFO', 'trace']],
  ...['ACCESS_TTL', 'IDLE_TTL', 'ABSOLUTE_TTL', 'REMEMBER_IDLE_TTL', 'REMEMBER_ABSOLUTE_TTL', 'ROTATION_GRACE'].map(
    (name): [string, string[]] => [name, ['xyzzy', '5', '0s', '-5m', '5 m', '1h30m']],
  ),
]

describe('a wrong setting is refused by its name', () => {
  test.each(wrong.flatMap(([name, values]) => values.map((value) => [name, value])))(
    '%s = %j',
    (name = '', value = '') => {
      const sentence = refusal({ ...local, [name]: value })
      expect(sentence).toMatch(new RegExp(`^${name} `))
      expect(sentence.toLowerCase()).not.toContain('xyzzy')
    },
  )

  test('and several are named in one sentence', () => {
    const sentence = refusal({ AUTH_SECRET: 'xyzzy', PORT: 'xyzzy', ACCESS_TTL: 'xyzzy' })
    for (const name of ['AUTH_SECRET', 'PORT', 'ACCESS_TTL']) expect(sentence).toContain(`${name} `)
    expect(sentence).not.toContain('xyzzy')
  })
})

test('every setting says what it is for', () => {
  for (const [name, schema] of Object.entries(settings.shape)) expect(schema.meta()?.about, name).toMatch(/\w/)
})

describe('the audiences of services', () => {
  test('are absolute URIs, comma separated', () => {
    expect(readEnv({ ...local, SERVICE_AUDIENCES: 'https://a.example, urn:b:c' }).SERVICE_AUDIENCES).toEqual([
      'https://a.example',
      'urn:b:c',
    ])
  })
  test('are none under HS256, which no service can verify', () => {
    const SERVICE_AUDIENCES = 'https://a.example'
    expect(refusal({ ...local, SERVICE_AUDIENCES, JWT_ALG: 'HS256' })).toMatch(/^SERVICE_AUDIENCES must be empty/)
    expect(readEnv({ ...local, JWT_ALG: 'HS256' }).SERVICE_AUDIENCES).toEqual([])
  })
  test.each([['billing'], ['//a.example'], ['/api'], ['https://a.example#x'], ['https://'], ['https://a.example,x']])(
    'are refused by name: %s',
    (SERVICE_AUDIENCES) => {
      expect(refusal({ ...local, SERVICE_AUDIENCES })).toMatch(/^SERVICE_AUDIENCES must be absolute URIs/)
    },
  )
})

test.each(['off', 'hibp', 'https://breaches.example/range/', 'http://127.0.0.1:9000/', 'http://[::1]:9000/x/'])(
  'PASSWORD_BREACH_CHECK may be %s',
  (service) => {
    expect(readEnv({ ...local, PASSWORD_BREACH_CHECK: service }).PASSWORD_BREACH_CHECK).toBe(service)
  },
)

describe('the origins that pages may call', () => {
  test('are exact, comma separated', () => {
    const CONNECT_ORIGINS = 'https://api.example, http://127.0.0.1:4000'
    expect(readEnv({ ...local, CONNECT_ORIGINS }).CONNECT_ORIGINS).toEqual([
      'https://api.example',
      'http://127.0.0.1:4000',
    ])
  })
  test.each([
    ['*'],
    ['https://*.example'],
    ['https://api.example/'],
    ['https://api.example;sandbox'],
    ['http://a.example'],
  ])('are refused by name: %s', (CONNECT_ORIGINS) => {
    expect(refusal({ ...local, CONNECT_ORIGINS })).toMatch(/^CONNECT_ORIGINS must be exact origins .* no \*, no path/)
  })
  test('are refused together when one is', () => {
    expect(refusal({ ...local, CONNECT_ORIGINS: 'https://api.example, https://*' })).toMatch(/^CONNECT_ORIGINS/)
  })
})
