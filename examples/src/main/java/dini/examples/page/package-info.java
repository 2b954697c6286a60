/**
 * TorchOpt's page on implicit differentiation, block by block, and its transformations: {@code
 * ./dini page} lists them, and docs/from-torchopt.md sets their lines beside ours. Each class is
 * one block and stands alone.
 */
package dini.examples.page;
