// What this product is called: the one place to rename it.

/** As people read it: pages, mails. */
export const productName = 'Handstamp'

/** In lower case: cookie names. A new one signs everybody out, as nobody's cookies are known any more. */
export const slug = 'handstamp'
