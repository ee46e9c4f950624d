// The limits: the page that nobody protects, and the same behind a middleware that does nothing.
import { email, nextStart, type Subject } from './subject'

const open = { cookie: '', marker: email }

export const bare: Subject = {
  name: 'bare',
  label: 'bare page',
  how: 'nothing: the page is rendered for whoever asks',
  layers: ['layout', 'settings', 'bare'],
  serve: nextStart,
  env: () => ({}),
  signIn: async () => open,
}

export const emptyMiddleware: Subject = {
  ...bare,
  name: 'empty-middleware',
  label: 'empty middleware',
  how: 'an edge middleware that lets everything through: what Next itself asks for a gate',
  layers: ['layout', 'settings', 'bare', 'empty-middleware'],
}
