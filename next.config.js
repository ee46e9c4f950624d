// Files of the lab are named page.lab.tsx and so on: with LAB=off they are no pages, and nothing of them is built.
const lab = process.env.LAB === 'off' ? [] : ['lab.tsx', 'lab.ts']

/** @type {import('next').NextConfig} */
export default {
  pageExtensions: ['tsx', 'ts', ...lab],
  poweredByHeader: false,
  typedRoutes: true,
  agentRules: false,
  reactStrictMode: true,
  // A mailed link carries a token, and `next dev` prints every address.
  logging: {
    incomingRequests: { ignore: [/^\/(?:verify-email|not-me|reset-password|undo-email|undo-deletion)\/link/] },
  },
  images: { unoptimized: true },
  serverExternalPackages: [
    'better-sqlite3',
    'pg',
    '@node-rs/argon2',
    'pino',
    'nodemailer',
    '@zxcvbn-ts/core',
    '@zxcvbn-ts/language-common',
    '@zxcvbn-ts/language-en',
  ],
  experimental: {
    agentUpgrade: false,
  },
}
