/**
 * One program with a subcommand for each example; {@link dini.examples.Main} lists them.
 *
 * <p>Uses the library as any user would, through exported packages only; nothing depends on it.
 */
package dini.examples;
