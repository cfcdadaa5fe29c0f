/**
 * The language on Truffle: {@link tfl.interpreter.TflLanguage} parses and translates, {@link
 * tfl.interpreter.TflContext} is one session, {@link tfl.interpreter.TflException} every error a program can meet, and
 * {@link tfl.interpreter.ApplyPrimitive} the one place where tensors are computed or written down.
 */
package tfl.interpreter;
