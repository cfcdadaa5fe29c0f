/**
 * One running TFL: a polyglot context, the services that the language offers to tools, and how errors read. Prompts,
 * notebooks and editors speak to the language through {@link tfl.session.Session}.
 *
 * <p>Knows the language's text and the polyglot API; never nodes or graphs, terminals or sockets.
 */
package tfl.session;
