// What a hall is called by its unit.

/** 石桥村村史馆; a community or a township goes by its own name. */
export const hallName = (unit: string): string => (unit.endsWith('村') ? `${unit}村史馆` : unit)
