// The product's own settings, with the names of functions kept: for a profile that people can read.
import product from '../../../next.config.js'

/** @type {import('next').NextConfig} */
export default {
  ...product,
  experimental: { ...product.experimental, serverMinification: false },
}
