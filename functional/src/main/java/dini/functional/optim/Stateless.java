package dini.functional.optim;

/** The state of a transformation that remembers nothing. */
public record Stateless() {
  static final Stateless STATE = new Stateless();
}
