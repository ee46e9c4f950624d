// Plain text whose addresses can be followed.

const address = /(https?:\/\/[^\s<>"]+)/

export const LinkedText = ({ text }: { text: string }) =>
  text.split(address).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text is split once and never reordered
      <a key={index} href={part} className="break-all text-primary underline underline-offset-4">
        {part}
      </a>
    ) : (
      part
    ),
  )
