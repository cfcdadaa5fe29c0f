/**
 * What editors ask for, one class a feature: each takes a {@link tfl.editor.model.Document} and a place in it, and
 * gives the protocol's answer. Knows no connection.
 */
package tfl.editor.feature;
