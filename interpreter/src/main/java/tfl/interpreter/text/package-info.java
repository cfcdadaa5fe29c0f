/** Words for messages: near names. */
package tfl.interpreter.text;
