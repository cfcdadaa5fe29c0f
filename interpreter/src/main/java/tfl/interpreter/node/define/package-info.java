/** Definitions: functions, structs, modules. */
package tfl.interpreter.node.define;
