package dini.functional.catalogue;

import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;

import dini.core.DType;
import dini.core.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Hashes of all results of the catalogue, to be compared with those of another run or thread. */
final class Fingerprint {
  private Fingerprint() {}

  /** What is compared across kernels. */
  static Stream<Entry> entries() {
    return Catalogue.all();
  }

  /** The hash of every sample in both precisions. */
  static Map<String, Long> ofAll() {
    Map<String, Long> hashes = new TreeMap<>();
    for (Entry entry : entries().toList()) {
      for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
        Sample.eachAndLarge(entry, dtype, 71)
            .forEach(sample -> hashes.put(sample.toString(), of(sample)));
      }
    }
    return hashes;
  }

  /** The hash of every small sample in FLOAT64. */
  static Map<String, Long> ofSmall() {
    Map<String, Long> hashes = new TreeMap<>();
    for (Entry entry : Catalogue.ALL) {
      Sample.each(entry, DType.FLOAT64, 72)
          .forEach(sample -> hashes.put(sample.toString(), of(sample)));
    }
    return hashes;
  }

  /** Value, derivatives and lanes. */
  static long of(Sample sample) {
    Entry entry = sample.entry();
    long hash = mix(1, entry.operation().apply(sample.arguments()));
    hash = mix(hash, vmap((Tensor[] x) -> entry.operation().apply(x), sample.lanes(2)));
    if (entry.differentiable() && Catalogue.hasFloatingResult(entry)) {
      Tensor[] x = sample.point();
      hash = mix(hash, jvp(sample.function(), x, sample.direction(1, x)).tangent());
      hash = mix(hash, grad(sample.weighted(), x));
    }
    return hash;
  }

  private static long mix(long hash, Tensor... tensors) {
    long mixed = hash;
    for (Tensor x : tensors) {
      mixed = mixed * 31 + x.type().toString().hashCode();
      for (double element : x.toArray()) {
        mixed = mixed * 0x9E3779B97F4A7C15L + Double.doubleToLongBits(element);
        mixed ^= mixed >>> 32;
      }
    }
    return mixed;
  }
}
