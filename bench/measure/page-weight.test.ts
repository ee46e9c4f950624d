// Which scripts a page loads at first.
import { expect, test } from 'vitest'
import { scriptsIn } from './page-weight'

test('scripts are those in tags and those of client components, each once, without those for old browsers', () => {
  const html = `<link rel="preload" as="script" href="/_next/static/chunks/a.js"/>
    <script src="/_next/static/chunks/a.js" async=""></script>
    <script src="/_next/static/chunks/old.js" noModule=""></script>
    <script src="/_next/static/chunks/old.js" nomodule></script>
    <script src="/_next/static/chunks/b~1_x.js?dpl=1" async=""></script>
    <script>self.__next_f.push([1,"7:I[1,[\\"/_next/static/chunks/c.js\\",\\"static/chunks/b~1_x.js\\"],\\"X\\"]"])</script>`
  expect(scriptsIn(html)).toEqual(['a', 'b~1_x', 'c'].map((name) => `/_next/static/chunks/${name}.js`))
})
