package dini.functional.optim;

import dini.core.Tensor;
import java.util.Optional;

/**
 * The parameters of {@link Schedules#exponential(Exponential)}.
 *
 * @param from the first value
 * @param rate the factor of {@code steps} steps; the constant 0 makes the schedule constant
 * @param steps the number of steps of one factor; 0 or less makes the schedule constant
 * @param begin the count at which it leaves the first value
 * @param staircase whether it changes only after every {@code steps} steps
 * @param end where it stops: the least value if the rate is below 1, else the largest
 */
public record Exponential(
    Hyperparameter from,
    Hyperparameter rate,
    int steps,
    int begin,
    boolean staircase,
    Optional<Hyperparameter> end) {

  /**
   * A smooth one from count 0 on, without an end.
   *
   * @param from the first value
   * @param rate the factor of {@code steps} steps
   * @param steps the number of steps of one factor
   */
  public Exponential(double from, double rate, int steps) {
    this(Hyperparameter.of(from), Hyperparameter.of(rate), steps, 0, false, Optional.empty());
  }

  /**
   * The same with another rate.
   *
   * @param rate the factor of {@code steps} steps
   * @return the parameters
   */
  public Exponential withRate(double rate) {
    return withRate(Hyperparameter.of(rate));
  }

  /**
   * The same with another rate that has a derivative.
   *
   * @param rate the factor of {@code steps} steps
   * @return the parameters
   */
  public Exponential withRate(Tensor rate) {
    return withRate(Hyperparameter.of(rate));
  }

  /**
   * The same with another rate.
   *
   * @param rate the factor of {@code steps} steps
   * @return the parameters
   */
  public Exponential withRate(Hyperparameter rate) {
    return new Exponential(from, rate, steps, begin, staircase, end);
  }

  /**
   * The same from a later count on.
   *
   * @param begin the count at which it leaves the first value
   * @return the parameters
   */
  public Exponential withBegin(int begin) {
    return new Exponential(from, rate, steps, begin, staircase, end);
  }

  /**
   * The same with or without steps.
   *
   * @param staircase whether it changes only after every {@code steps} steps
   * @return the parameters
   */
  public Exponential withStaircase(boolean staircase) {
    return new Exponential(from, rate, steps, begin, staircase, end);
  }

  /**
   * The same with an end.
   *
   * @param end where it stops
   * @return the parameters
   */
  public Exponential withEnd(double end) {
    return withEnd(Hyperparameter.of(end));
  }

  /**
   * The same with an end that has a derivative.
   *
   * @param end where it stops
   * @return the parameters
   */
  public Exponential withEnd(Tensor end) {
    return withEnd(Hyperparameter.of(end));
  }

  /**
   * The same with an end.
   *
   * @param end where it stops
   * @return the parameters
   */
  public Exponential withEnd(Hyperparameter end) {
    return new Exponential(from, rate, steps, begin, staircase, Optional.of(end));
  }

  /** The hyperparameters, the same text in every run. */
  @Override
  public String toString() {
    return Printed.components(this);
  }
}
