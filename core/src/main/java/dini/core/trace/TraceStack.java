package dini.core.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The live traces of one thread, outermost first. */
public final class TraceStack {
  private static final ThreadLocal<TraceStack> CURRENT = ThreadLocal.withInitial(TraceStack::new);

  private final ArrayList<Trace> live = new ArrayList<>();
  private long nextLevel;
  private Substitution substitution;

  private TraceStack() {}

  /** The stack of the calling thread. */
  public static TraceStack current() {
    return CURRENT.get();
  }

  /** A level between the traces that there are and those to come. */
  long newLevel() {
    return nextLevel++;
  }

  /** What stands for tracers now, or null. */
  Substitution substitution() {
    return substitution;
  }

  /** Lets something stand for tracers, or with null nothing. */
  void substitution(Substitution present) {
    substitution = present;
  }

  private boolean isActive(Trace trace) {
    return trace.open
        && trace.mode == Trace.ACTIVE
        && (substitution == null || !substitution.covers(trace));
  }

  /** Opens a trace for forward mode or linearization. */
  public DerivativeTrace derivative() {
    return push(new DerivativeTrace(nextLevel++));
  }

  /** Opens a trace for vectorization. */
  public BatchTrace batch(int size) {
    return push(new BatchTrace(nextLevel++, size));
  }

  /** Opens a trace that records a program. */
  public StageTrace stage() {
    return push(new StageTrace(nextLevel++));
  }

  /** Opens a trace that records a program with all that is done with tracers from outside. */
  StageTrace stage(Substitution substitution) {
    return push(new StageTrace(nextLevel++, substitution));
  }

  private <T extends Trace> T push(T trace) {
    forgetEnded();
    live.add(trace);
    return trace;
  }

  /**
   * Ends a trace and what was opened after it, which is something only where an error kept it from
   * being closed: their tracers are dead from now on.
   *
   * <p>When the thread's stack is exhausted, this call may itself fail. So that the trace is dead
   * even then, callers first clear {@link Trace#open} in their own frame.
   */
  public void close(Trace trace) {
    trace.open = false;
    for (int last = live.size() - 1, at = live.lastIndexOf(trace); at >= 0 && last >= at; last--) {
      live.removeLast().open = false;
    }
  }

  /** Drops traces that ended without being removed. */
  private void forgetEnded() {
    while (!live.isEmpty() && !live.getLast().open) {
      live.removeLast();
    }
  }

  /** The traces whose tracers are processed, not looked through; outermost first. */
  public List<Trace> active() {
    return live.stream().filter(this::isActive).toList();
  }

  /** The linearizations among {@link #active}. */
  LinearTrace[] recording() {
    List<LinearTrace> recording = new ArrayList<>();
    for (Trace trace : live) {
      if (trace instanceof DerivativeTrace derivative
          && derivative.linear != null
          && isActive(trace)) {
        recording.add(derivative.linear);
      }
    }
    return recording.toArray(LinearTrace[]::new);
  }

  /** The derivative trace of a linearization and the traces inside it, as they are now. */
  Scene scene(LinearTrace linear) {
    forgetEnded();
    return Scene.of(
        linear.level,
        live.stream().filter(trace -> trace.open && trace.level >= linear.level).toList(),
        Optional.ofNullable(substitution));
  }

  /**
   * What a computation gives that runs where a scene's traces are live and as they were, inside
   * those of the present that are outside of the scene.
   */
  <R> R within(Scene scene, Supplier<R> computation) {
    List<Trace> traces = scene.traces();
    List<Trace> liveBefore = List.copyOf(live);
    boolean[] openBefore = new boolean[traces.size()];
    int[] modesBefore = new int[traces.size()];
    for (int i = 0; i < openBefore.length; i++) {
      openBefore[i] = traces.get(i).open;
      modesBefore[i] = traces.get(i).mode;
    }
    try {
      live.removeIf(trace -> trace.level >= scene.level());
      live.addAll(traces);
      for (int i = 0; i < openBefore.length; i++) {
        set(traces.get(i), true, scene.modes().get(i));
      }
      return Substitution.under(scene.substitution(), computation);
    } finally {
      live.clear();
      live.addAll(liveBefore);
      for (int i = 0; i < openBefore.length; i++) {
        set(traces.get(i), openBefore[i], modesBefore[i]);
      }
    }
  }

  private static void set(Trace trace, boolean open, int mode) {
    trace.open = open;
    trace.mode = mode;
    if (trace instanceof DerivativeTrace derivative && derivative.linear != null) {
      derivative.linear.open = open;
    }
  }

  /** The trace opened last and still open. */
  public Trace innermost() {
    forgetEnded();
    return live.getLast();
  }

  /** Whether no transformation runs on this thread. */
  public boolean isEmpty() {
    forgetEnded();
    return live.isEmpty();
  }

  /** Looks through the tracers of a derivative or stage trace until {@link #restore}. */
  public static void suspend(Trace trace) {
    trace.mode = Trace.SUSPENDED;
  }

  /** Sees one lane of the tracers of a batch trace until {@link #restore}. */
  public static void selectLane(BatchTrace trace, int lane) {
    trace.mode = lane;
  }

  /** Makes the tracers of a trace its own again. */
  public static void restore(Trace trace) {
    trace.mode = Trace.ACTIVE;
  }

  /** Which of the live traces were looked through; forgets it. */
  boolean[] takeTouched() {
    forgetEnded();
    boolean[] touched = new boolean[live.size()];
    for (int i = 0; i < touched.length; i++) {
      touched[i] = takeTouched(live.get(i));
    }
    return touched;
  }

  /** Whether one of the first live traces was looked through. */
  boolean isTouched(int count) {
    return live.subList(0, count).stream().anyMatch(trace -> trace.touched);
  }

  /** Marks the live traces that were looked through before. */
  void touch(boolean[] touched) {
    for (int i = 0; i < Math.min(touched.length, live.size()); i++) {
      live.get(i).touched |= touched[i];
    }
  }

  /** Whether a tracer was looked through since the last call; forgets it. */
  public static boolean takeTouched(Trace trace) {
    boolean touched = trace.touched;
    trace.touched = false;
    return touched;
  }
}
