/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  typedRoutes: true,
  agentRules: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  serverExternalPackages: [
    'better-sqlite3',
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
