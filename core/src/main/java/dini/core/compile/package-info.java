/**
 * From a recorded {@link dini.core.Program} to code that runs: {@code Inliner} puts programs in the
 * place of calls whose programs are known, {@link dini.core.compile.Simplifier} removes what is not
 * needed, {@code Schedule} gathers chains of elementwise equations and of what they read and
 * reduce, {@code Storages} decides which results share an array, and {@link
 * dini.core.compile.Executable} is the list of steps that is left, with the arrays they write to.
 * {@code Loops} writes code for the arithmetic in chains that run often.
 *
 * <p>Whatever is done here leaves every bit as it is: the same operations, rounded alike, on the
 * same elements in the same order.
 */
package dini.core.compile;
