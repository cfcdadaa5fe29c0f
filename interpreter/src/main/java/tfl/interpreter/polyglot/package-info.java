/**
 * TFL as other languages and tools see it: {@link tfl.interpreter.polyglot.PolyglotFrontend} runs texts, {@link
 * tfl.interpreter.polyglot.GuestValue} shows values, and the member {@code __session__} of the language's
 * scope serves
 * prompts and notebooks. Nothing else imports this package.
 */
package tfl.interpreter.polyglot;
