package dini.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Splitting work over threads. */
@Timeout(60)
class ThreadsTest {
  /** More than the work that is split at least, for any number of pieces above one. */
  private static final double DEAR = 1e12;

  @BeforeEach
  void thereAreThreads() {
    assumeTrue(Threads.count() > 1, "the build gives the tests several threads");
  }

  private static int[] visits(int n, double picoseconds, int unit) {
    AtomicIntegerArray visits = new AtomicIntegerArray(n);
    Threads.split(
        n,
        picoseconds,
        unit,
        (from, to) -> {
          assertThat(from % unit).isZero();
          for (int i = from; i < to; i++) {
            visits.incrementAndGet(i);
          }
        });
    int[] each = new int[n];
    for (int i = 0; i < n; i++) {
      each[i] = visits.get(i);
    }
    return each;
  }

  @Test
  void everyPieceIsDoneOnce() {
    for (int n : new int[] {1, 2, 7, 64, 65, 1000}) {
      for (double picoseconds : new double[] {1, 1e6, DEAR}) {
        for (int unit : new int[] {1, 8, 999, 4096}) {
          assertThat(visits(n, picoseconds, unit)).containsOnly(1);
        }
      }
    }
  }

  @Test
  void longRangesHaveNoOverflow() {
    List<String> ranges = new ArrayList<>();
    Threads.split(
        Integer.MAX_VALUE,
        1 << 30,
        (_, from, to) -> {
          synchronized (ranges) {
            ranges.add(from + " " + to);
          }
        });
    assertThat(ranges).containsExactlyInAnyOrder("0 1073741824", "1073741824 2147483647");
  }

  /** Each part waits for the other: only two threads get there. */
  @Test
  void partsRunAtOnce() {
    CountDownLatch both = new CountDownLatch(2);
    List<Integer> workers = new ArrayList<>();
    Threads.split(
        2,
        1,
        (worker, _, _) -> {
          synchronized (workers) {
            workers.add(worker);
          }
          both.countDown();
          try {
            assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    assertThat(workers).hasSize(2).contains(0).doesNotHaveDuplicates();
  }

  @Test
  void oneThreadIsTheCallers() {
    Thread caller = Thread.currentThread();
    boolean[] pays = {true};
    Threads.limited(
        1,
        () -> {
          pays[0] = Threads.pays(10, DEAR);
          Threads.split(
              10,
              1,
              (worker, _, _) -> {
                assertThat(Thread.currentThread()).isSameAs(caller);
                assertThat(worker).isZero();
              });
          return null;
        });
    assertThat(pays[0]).isFalse();
    assertThat(Threads.pays(10, DEAR)).isTrue();
    assertThat(Threads.pays(1, DEAR)).isFalse();
    assertThat(Threads.pays(1000, 1)).isFalse();
  }

  @Test
  void limitEndsWithTheComputationAndStaysOnItsThread() throws Exception {
    int all = Threads.count();
    assertThat(Threads.<Integer>limited(1, Threads::count)).isEqualTo(1);
    assertThat(Threads.<Integer>limited(all + 5, Threads::count)).isEqualTo(all);
    assertThatThrownBy(
            () ->
                Threads.limited(
                    1,
                    () -> {
                      throw new IllegalStateException("within");
                    }))
        .hasMessage("within");
    assertThat(Threads.count()).isEqualTo(all);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<Integer> there = Threads.limited(1, () -> other.submit(Threads::count));
      assertThat(there.get()).isEqualTo(all);
    }
  }

  @Test
  void whatAPartThrowsArrives() {
    for (int bad = 0; bad < 8; bad++) {
      int thrower = bad;
      assertThatThrownBy(
              () ->
                  Threads.split(
                      8,
                      1,
                      (_, from, _) -> {
                        if (from == thrower) {
                          throw new IllegalStateException("part " + from);
                        }
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("part " + bad);
      assertThatThrownBy(
              () ->
                  Threads.split(
                      8,
                      1,
                      (_, from, _) -> {
                        if (from == thrower) {
                          throw new OutOfMemoryError("part " + from);
                        }
                      }))
          .isInstanceOf(OutOfMemoryError.class);
    }
    assertThat(visits(100, DEAR, 1)).containsOnly(1);
  }

  @Test
  void interruptsAreKept() {
    Thread.currentThread().interrupt();
    assertThat(visits(1000, DEAR, 1)).containsOnly(1);
    Threads.split(2, 1, (_, _, _) -> pause());
    assertThat(Thread.interrupted()).isTrue();
  }

  /** Long enough that the caller goes to sleep. */
  private static void pause() {
    long start = System.nanoTime();
    while (System.nanoTime() - start < 2_000_000) {
      Thread.onSpinWait();
    }
  }

  /** From workers of the common pool, threads and virtual threads at once, and nested. */
  @Test
  void callsFromEverywhereAtOnce() throws Exception {
    List<Future<?>> calls = new ArrayList<>();
    try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 100; i++) {
        for (ExecutorService each : List.of(virtual, threads, ForkJoinPool.commonPool())) {
          calls.add(each.submit(ThreadsTest::nested));
        }
      }
      for (Future<?> call : calls) {
        call.get();
      }
    }
  }

  private static void nested() {
    AtomicIntegerArray sums = new AtomicIntegerArray(6);
    Threads.split(
        6,
        1,
        (_, part, _) -> {
          for (int count : visits(5, DEAR, 1)) {
            sums.addAndGet(part, count);
          }
        });
    for (int part = 0; part < 6; part++) {
      assertThat(sums.get(part)).isEqualTo(5);
    }
  }
}
