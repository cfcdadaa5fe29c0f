/**
 * TFL for Java programs: a typed face on the polyglot API, with limits and permissions.
 *
 * <p>Knows the polyglot API alone; what it needs of the language it asks as any other embedder would.
 */
package tfl.embedding;
