package dini.linalg.solver;

import dini.core.dense.DenseTensor;
import dini.linalg.Status;

/**
 * What a solve gives, see {@link dini.linalg.Solution}.
 *
 * @param x the solution or last iterate, a vector; NaN if the matrix is singular
 * @param status how the solve ended
 * @param steps the iterations done
 * @param residual the norm of the true residual
 */
public record Outcome(DenseTensor x, Status status, int steps, double residual) {}
