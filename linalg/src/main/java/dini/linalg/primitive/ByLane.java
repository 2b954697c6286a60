package dini.linalg.primitive;

import dini.core.Program;
import dini.core.Reductions;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Rules;
import dini.core.trace.Batching;
import dini.core.trace.Bind;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * A primitive applied to one lane after the other: each lane is a system of its own, and stops when
 * it is solved. One equation, however many lanes there are.
 *
 * @param rule the primitive
 * @param size the number of lanes, at least 1
 * @param batched the operands with a leading axis of that extent
 */
public record ByLane(Rules rule, int size, BitSet batched) implements Rules {

  private boolean[] flags(int count) {
    boolean[] flags = new boolean[count];
    for (int i = 0; i < count; i++) {
      flags[i] = batched.get(i);
    }
    return flags;
  }

  @Override
  public String label() {
    return rule.label();
  }

  @Override
  public String parameters() {
    return rule.parameters() + ", lanes=" + size;
  }

  @Override
  public Optional<Program> subprogram() {
    return rule.subprogram();
  }

  @Override
  public TensorType[] types(TensorType[] arguments) {
    TensorType[] lane = arguments.clone();
    for (int i = 0; i < lane.length; i++) {
      lane[i] = batched.get(i) ? lane(arguments[i]) : arguments[i];
    }
    TensorType[] types = rule.types(lane);
    Arrays.setAll(types, i -> new TensorType(types[i].shape().insert(0, size), types[i].dtype()));
    return types;
  }

  private static TensorType lane(TensorType type) {
    return new TensorType(type.shape().remove(0), type.dtype());
  }

  @Override
  public DenseTensor[] evaluate(DenseTensor[] arguments) {
    Tensor[] results =
        Batching.byLane(lane -> Bind.bindAll(rule, lane), size, arguments, flags(arguments.length));
    return Arrays.copyOf(results, results.length, DenseTensor[].class);
  }

  /** That of every lane. */
  @Override
  public Tensor[] jvp(Tensor[] primals, Tensor[] results, Tensor[] tangents) {
    int count = primals.length;
    Tensor[] all = Arrays.copyOf(primals, count + results.length + count, Tensor[].class);
    boolean[] lanes = Arrays.copyOf(flags(count), all.length);
    System.arraycopy(results, 0, all, count, results.length);
    Arrays.fill(lanes, count, count + results.length, true);
    for (int i = 0; i < count; i++) {
      int at = count + results.length + i;
      all[at] = tangents[i] == null ? primals[i] : tangents[i];
      lanes[at] = batched.get(i);
    }
    return Batching.map(
        lane -> {
          Tensor[] moved = Arrays.copyOfRange(lane, count + results.length, lane.length);
          Arrays.setAll(moved, i -> tangents[i] == null ? null : moved[i]);
          return rule.jvp(
              Arrays.copyOf(lane, count),
              Arrays.copyOfRange(lane, count, count + results.length),
              moved);
        },
        size,
        all,
        lanes);
  }

  /** That of every lane; what is the same in all lanes gets the sum of theirs. */
  @Override
  public Tensor[] transpose(Tensor[] cotangents, Tensor[] operands) {
    int count = operands.length;
    boolean[] lanes = Arrays.copyOf(flags(count), count + cotangents.length);
    TensorType[] resultTypes = types(Bind.types(operands));
    Tensor[] all = Arrays.copyOf(operands, lanes.length, Tensor[].class);
    for (int i = 0; i < count; i++) {
      if (Linear.is(operands[i])) {
        // it has no value, and takes no part
        all[i] = Tensors.scalar(0);
        lanes[i] = false;
      }
    }
    for (int i = 0; i < cotangents.length; i++) {
      all[count + i] = cotangents[i] == null ? Tensors.zeros(resultTypes[i]) : cotangents[i];
      lanes[count + i] = true;
    }
    boolean[] defined = new boolean[count];
    Tensor[] mapped =
        Batching.map(
            lane -> {
              Tensor[] own = Arrays.copyOf(lane, count);
              for (int i = 0; i < count; i++) {
                if (Linear.is(operands[i])) {
                  TensorType type = operands[i].type();
                  own[i] = Linear.unknown(batched.get(i) ? lane(type) : type);
                }
              }
              Tensor[] each = rule.transpose(Arrays.copyOfRange(lane, count, lane.length), own);
              return defined(each, defined);
            },
            size,
            all,
            lanes);
    Tensor[] results = new Tensor[count];
    for (int i = 0, at = 0; i < count; i++) {
      if (defined[i]) {
        Tensor own = mapped[at++];
        results[i] = batched.get(i) ? own : Reductions.sum(own, 0);
      }
    }
    return results;
  }

  /** Those that are not null, and which. */
  private static Tensor[] defined(Tensor[] tensors, boolean[] defined) {
    for (int i = 0; i < tensors.length; i++) {
      defined[i] = tensors[i] != null;
    }
    return Arrays.stream(tensors).filter(tensor -> tensor != null).toArray(Tensor[]::new);
  }

  @Override
  public Tensor[] batch(int outer, Tensor[] arguments, boolean[] outerBatched) {
    if (outer == 0) {
      TensorType[] lane = Bind.types(arguments);
      for (int i = 0; i < lane.length; i++) {
        lane[i] = outerBatched[i] ? lane(lane[i]) : lane[i];
      }
      return Arrays.stream(types(lane))
          .map(type -> new TensorType(type.shape().insert(0, 0), type.dtype()))
          .map(Tensors::zeros)
          .toArray(Tensor[]::new);
    }
    return of(this, outer, outerBatched).bind(arguments);
  }

  /** A primitive over lanes. */
  static ByLane of(Rules rule, int size, boolean[] batched) {
    BitSet bits = new BitSet();
    for (int i = 0; i < batched.length; i++) {
      bits.set(i, batched[i]);
    }
    return new ByLane(rule, size, bits);
  }

  Tensor[] bind(Tensor[] arguments) {
    return Bind.bindAll(this, arguments.clone());
  }
}
