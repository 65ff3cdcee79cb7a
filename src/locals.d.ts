/// <reference types="astro/client" />

declare namespace App {
  /** What src/middleware.ts puts beside each request. */
  interface Locals {
    session: import('#people/session.ts').Session | null
    looks: import('#ui/looks.ts').Looks
    /** The address of the client as our own server saw it (after TRUSTED_PROXY). */
    address: string
    /** The questions of the lesson that is being rendered, public halves by item id. */
    lesson?: import('#quiz/lesson-questions.ts').LessonQuestions
    /** Why something is not shown, for the page that says so. */
    refusal?: import('#refusal.ts').Refusal
  }
}
