// A mail as the use cases hand it over: already in words, not yet on its way.
export type Message = { to: string; subject: string; text: string; html: string }
