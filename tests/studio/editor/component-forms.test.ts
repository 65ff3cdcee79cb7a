// Whoever inserts a component is asked for exactly what the door will ask of it, in Chinese.
import { expect, test } from 'vitest'
import { componentNames, componentShape } from '#course/components.ts'
import { componentForms } from '#studio/editor/component-forms.ts'

const forms = componentForms()

test('every component and every field of it has a name and a help in Chinese', () => {
  expect(forms.map(({ name }) => name)).toEqual(componentNames)
  for (const { name, label, help, fields } of forms) {
    expect(label, name).toMatch(/^\p{Script=Han}+$/u)
    expect(help, name).toMatch(/\p{Script=Han}/u)
    const props = Object.keys(componentShape(name)?.props.shape ?? {})
    expect(fields.map((field) => field.name).toSorted()).toEqual(props.toSorted())
    for (const field of fields) {
      expect(field.label, `${name} ${field.name}`).toMatch(/\p{Script=Han}/u)
      expect(field.help, `${name} ${field.name}`).toMatch(/\p{Script=Han}|JPG|MP|PDF|vtt/u)
    }
  }
})

test('what is required, how long it may be and which files fit comes from the schema', () => {
  const quote = forms.find(({ name }) => name === 'Quote')?.fields ?? []
  const of = (name: string) => quote.find((field) => field.name === name)
  expect(of('work')).toMatchObject({ required: true, most: 120, long: false, accept: null })
  expect(of('translation')).toMatchObject({ required: false, most: 1000, long: true })
  expect(of('attribution')?.options.map(({ text }) => text)).toContain('作者存疑')
  const accepts = forms.flatMap(({ fields }) => fields.flatMap(({ accept }) => accept ?? []))
  expect(accepts).toEqual(
    expect.arrayContaining(['image/jpeg,image/png,image/webp', 'audio/*', '.vtt', '.pdf,.pptx']),
  )
})

test('they can be given to a page', () => expect(JSON.parse(JSON.stringify(forms))).toEqual(forms))
