/** A service of one model, as a Java program would write it; it knows TFL by its facade alone. */
package example;
