/**
 * The format of NumPy's {@code .npy} arrays, as files and as members of archives: headers, and the
 * elements behind them.
 *
 * <p>Builds on {@code dini.core.dense}; {@code dini.core.Npy} and {@code dini.core.Npz} are its
 * doors.
 */
package dini.core.numpy;
