/**
 * The protocol's side: lifecycle, texts that change, and which feature answers which request. Entry:
 * {@link tfl.editor.server.Connection#serve}. All work is done by one thread, in the order in which it comes.
 */
package tfl.editor.server;
