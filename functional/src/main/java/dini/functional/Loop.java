package dini.functional;

import dini.core.Observer;
import dini.core.TreeException;
import dini.core.Trees;
import dini.core.trace.Bind;
import dini.core.trace.DerivativeTrace;
import dini.core.trace.Trace;
import dini.core.trace.TraceStack;
import dini.functional.Unrolling.StepObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A loop that {@link Unrolling} describes.
 *
 * @param name the method that made it
 * @param observers who may stop it
 * @param limit how many steps there are at most
 * @param segment how many steps are one checkpoint; with all of them in one there is none
 */
record Loop<S>(
    String name,
    UnaryOperator<S> step,
    List<StepObserver<? super S>> observers,
    int limit,
    int segment) {

  static <S> Loop<S> of(String name, UnaryOperator<S> step, int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException(name + ": " + limit + " steps; expected 0 or more");
    }
    return new Loop<>(name, step, List.of(), limit, limit);
  }

  Loop<S> until(Predicate<? super S> stop) {
    return observedBy((steps, state) -> !stop.test(state));
  }

  Loop<S> observedBy(StepObserver<? super S> observer) {
    List<StepObserver<? super S>> all = new ArrayList<>(observers);
    all.add(observer);
    return new Loop<>(name, step, List.copyOf(all), limit, segment);
  }

  Loop<S> checkpointed() {
    return new Loop<>(name, step, observers, limit, (int) Math.ceil(Math.sqrt(limit)));
  }

  Unrolled<S> run(S init) {
    Unrolled<S> at = new Unrolled<>(init, 0, ends(init, 0));
    while (!at.stopped() && at.steps() < limit) {
      Segment next = new Segment(at.steps());
      S state = segment < limit ? Checkpoint.checkpoint(next, at.state()) : next.apply(at.state());
      at = new Unrolled<>(state, next.first + next.taken, next.stopped);
    }
    return at;
  }

  /** Some steps on end. The first run finds how many; later ones take as many. */
  private final class Segment implements UnaryOperator<S> {
    private final int first;
    private int taken = -1;
    private boolean stopped;

    Segment(int first) {
      this.first = first;
    }

    @Override
    public S apply(S init) {
      boolean again = taken >= 0;
      int count = again ? taken : Math.min(segment, limit - first);
      S state = init;
      int steps = 0;
      while (steps < count && !(stopped && !again)) {
        Observer.throwIfInterrupted(name, first + steps);
        state = step.apply(state);
        steps++;
        if (state == null) {
          throw new TreeException(name + ": step " + (first + steps) + " returned null");
        }
        if (!again) {
          stopped = ends(state, first + steps);
        }
      }
      taken = steps;
      return state;
    }
  }

  /** Whether to stop at a state, which is shown without its derivatives; all are asked. */
  private boolean ends(S state, int steps) {
    if (observers.isEmpty()) {
      return false;
    }
    List<Trace> derivatives =
        TraceStack.current().active().stream()
            .filter(trace -> trace instanceof DerivativeTrace)
            .toList();
    derivatives.forEach(TraceStack::suspend);
    try {
      S plain = Trees.treeMap(Bind::resolve, state);
      boolean ends = false;
      for (StepObserver<? super S> observer : observers) {
        ends |= !observer.proceed(steps, plain);
      }
      return ends;
    } finally {
      derivatives.forEach(TraceStack::restore);
    }
  }
}
