/**
 * The language on Truffle: {@link tfl.interpreter.TflLanguage} parses and translates, {@link
 * tfl.interpreter.TflContext} is one session, {@link tfl.interpreter.TflException} every error a program can meet.
 */
package tfl.interpreter;
