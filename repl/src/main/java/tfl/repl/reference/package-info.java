/**
 * Documentation as web pages: what modules say about themselves in, files that a browser reads out. It starts no
 * session and knows no values.
 */
package tfl.repl.reference;
