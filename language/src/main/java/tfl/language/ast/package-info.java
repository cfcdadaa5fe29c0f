/**
 * The tree of a TFL text, as written: sealed interfaces and records, one span a node, no meaning and no sugar
 * removed. Entry type {@link tfl.language.ast.Module}. Passes over it are switches over
 * {@link tfl.language.ast.Expr}, {@link tfl.language.ast.Statement} and {@link tfl.language.ast.Pattern};
 * what they find out lives in tables keyed by the node's identity, for nodes are never changed and equal
 * records may stand at two places. No token and no slot may enter.
 */
package tfl.language.ast;
