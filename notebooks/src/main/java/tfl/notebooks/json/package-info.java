/**
 * JSON as maps, lists, texts, numbers, truths and null. {@link tfl.notebooks.json.Json} reads and writes it, {@link
 * tfl.notebooks.json.Fields} asks an object for what should be in it.
 */
package tfl.notebooks.json;
