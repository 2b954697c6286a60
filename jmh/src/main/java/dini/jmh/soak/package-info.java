/** Work for an hour, and whether memory grows under it. */
package dini.jmh.soak;
