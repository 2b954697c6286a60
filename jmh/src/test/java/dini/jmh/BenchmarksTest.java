package dini.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dini.jmh.peer.Peers;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Every benchmark runs once at its first size, after the set-up that compares its results, with
 * every value of its other parameters: so that none rots unseen.
 */
class BenchmarksTest {

  @TestFactory
  Stream<DynamicTest> everyBenchmarkRuns() throws ReflectiveOperationException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : classes()) {
      Class<?> benchmark = Class.forName(name);
      List<Object> instances = List.of(benchmark.getConstructor().newInstance());
      for (Field field : benchmark.getFields()) {
        if (field.isAnnotationPresent(Param.class)) {
          instances = withEach(benchmark, instances, field);
        }
      }
      for (Object instance : instances) {
        tests.add(DynamicTest.dynamicTest(describe(instance), () -> run(instance)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(25);
    return tests.stream();
  }

  private static Set<String> classes() {
    Set<String> classes = new TreeSet<>();
    for (BenchmarkListEntry entry :
        BenchmarkList.defaultList()
            .getAll(
                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
                List.of())) {
      classes.add(entry.getUserClassQName());
    }
    return classes;
  }

  /** Copies of the instances with each value of a parameter; of sizes only the first. */
  private static List<Object> withEach(Class<?> benchmark, List<Object> instances, Field field)
      throws ReflectiveOperationException {
    List<Object> values = values(field);
    List<Object> result = new ArrayList<>();
    for (Object value : field.getName().equals("size") ? values.subList(0, 1) : values) {
      for (Object instance : instances) {
        Object copy = benchmark.getConstructor().newInstance();
        for (Field other : benchmark.getFields()) {
          if (other.isAnnotationPresent(Param.class)) {
            other.set(copy, other.get(instance));
          }
        }
        field.set(copy, value);
        result.add(copy);
      }
    }
    return result;
  }

  private static List<Object> values(Field field) {
    String[] texts = field.getAnnotation(Param.class).value();
    if (field.getType().isEnum()) {
      return Stream.<Object>of(field.getType().getEnumConstants()).toList();
    }
    return Arrays.stream(texts)
        .map(
            text ->
                field.getType() == int.class
                    ? (Object) Integer.valueOf(text)
                    : field.getType() == boolean.class ? (Object) Boolean.valueOf(text) : text)
        .toList();
  }

  private static String describe(Object instance) throws ReflectiveOperationException {
    StringBuilder text = new StringBuilder(instance.getClass().getName());
    for (Field field : instance.getClass().getFields()) {
      if (field.isAnnotationPresent(Param.class)) {
        text.append(" ").append(field.get(instance));
      }
    }
    return text.toString();
  }

  private static void run(Object instance) throws ReflectiveOperationException {
    for (Method method : instance.getClass().getMethods()) {
      if (method.isAnnotationPresent(Setup.class)) {
        method.invoke(instance);
      }
    }
    for (Method method : instance.getClass().getMethods()) {
      if (method.isAnnotationPresent(Benchmark.class) && Peers.areThereFor(method.getName())) {
        assertThatCode(() -> assertThat(method.invoke(instance)).isNotNull())
            .as(method.getName())
            .doesNotThrowAnyException();
      }
    }
  }
}
