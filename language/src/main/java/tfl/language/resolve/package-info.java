/**
 * Names to slots. Entry: {@link tfl.language.resolve.Resolver#resolve}, which decides for each name of a tree
 * where its value lives, and finds the mistakes that only names show. The tree stays as it is; answers are in
 * a {@link tfl.language.resolve.Resolution}, keyed by the identity of nodes. No value and no type may enter.
 */
package tfl.language.resolve;
