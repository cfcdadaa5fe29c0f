/** Calls: how arguments find their parameters, and how call sites remember whom they call. */
package tfl.interpreter.node.call;
