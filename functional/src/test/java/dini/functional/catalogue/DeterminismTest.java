package dini.functional.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The same input gives the same bits, again and from many threads at once. */
class DeterminismTest {
  private static final int THREADS = 8;

  @Test
  void runsRepeat() {
    Map<String, Long> first = Fingerprint.ofAll();
    for (int run = 0; run < 3; run++) {
      assertEquals(first, Fingerprint.ofAll());
    }
  }

  @Test
  void threadsDoNotDisturbEachOther() throws Exception {
    Map<String, Long> alone = Fingerprint.ofAll();
    List<Callable<Map<String, Long>>> tasks = Collections.nCopies(THREADS, Fingerprint::ofAll);
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Map<String, Long>> results = new ArrayList<>();
      for (Future<Map<String, Long>> future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
      assertEquals(Collections.nCopies(THREADS, alone), results);
    }
  }
}
