/** Microbenchmarks of single parts; {@code tests/bench/inside} runs them. */
package tfl.tests.inside;
