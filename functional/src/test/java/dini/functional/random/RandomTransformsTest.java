package dini.functional.random;

import static dini.core.Reductions.sum;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.makeProgram;
import static dini.functional.Transforms.vmap;
import static dini.functional.random.Continuous.normal;
import static dini.functional.random.Continuous.uniform;
import static dini.functional.random.Keys.key;
import static dini.functional.random.Keys.split;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.DType;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.trace.Closed;
import dini.core.trace.Staging;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys and numbers inside transformations. */
class RandomTransformsTest {

  /** A function of a key. */
  record Named(String name, Function<Key, Tensor> draw) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Named> draws() {
    TensorType narrow = new TensorType(Shape.of(2, 3), DType.FLOAT32);
    return List.of(
        new Named("normal", k -> normal(k, 2, 3)),
        new Named("normal, FLOAT32", k -> normal(k, narrow)),
        new Named("uniform", k -> uniform(k, Shape.of(600), -1, 3)),
        new Named("exponential", k -> Continuous.exponential(k, 7)),
        new Named("gumbel", k -> Continuous.gumbel(k)),
        new Named("bits", k -> Discrete.bits(k, 3)),
        new Named("bernoulli", k -> Discrete.bernoulli(k, 0.3, 9)),
        new Named("bernoulli of tensors", k -> Discrete.bernoulli(k, tensor(0.1, 0.9))),
        new Named("rademacher", k -> Discrete.rademacher(k, 9)),
        new Named("randint", k -> Discrete.randint(k, Shape.of(2, 2), -3, 1L << 62)),
        new Named("permutation", k -> Discrete.permutation(k, 20)),
        new Named("permutation of a tensor", k -> Discrete.permutation(k, tensor(1, 2, 3))),
        new Named("choice", k -> Discrete.choice(k, tensor(1, 2, 3), 5)),
        new Named("categorical", k -> Discrete.categorical(k, tensor(1, 2, 3))),
        new Named("split", k -> normal(split(k).get(1), 2)),
        new Named("foldIn", k -> normal(Keys.foldIn(k, 1), 2)));
  }

  @ParameterizedTest
  @MethodSource("draws")
  void lanesHaveTheNumbersThatTheirKeysGiveAlone(Named named) {
    Key keys = split(key(1), 6);
    Tensor lanes = vmap(k -> named.draw.apply(k), keys);
    for (int i = 0; i < 6; i++) {
      assertThat(lanes.get(i)).isEqualTo(named.draw.apply(keys.get(i)));
    }
    Key square = new Key(keys.words().reshape(2, 3, 2));
    Tensor twice = vmap(row -> vmap(k -> named.draw.apply(k), row), square);
    assertThat(twice.reshape(lanes.shape().toArray())).isEqualTo(lanes);
  }

  @ParameterizedTest
  @MethodSource("draws")
  void programsHaveTheSameNumbers(Named named) {
    Tensor[] words = {key(2).words()};
    Closed program =
        Staging.stage(
            leaves -> new Tensor[] {named.draw.apply(new Key(leaves[0]))},
            List.of(words[0].type()));
    assertThat(program.apply(words)[0]).isEqualTo(named.draw.apply(key(2)));
    assertThat(program.apply(key(3).words())[0]).isEqualTo(named.draw.apply(key(3)));
  }

  @Test
  void programsNameTheirPrimitives() {
    assertThat(makeProgram((Key k) -> normal(split(k).get(0), 3), key(0)).toString())
        .contains("i32[2,2] = split[count=2] a")
        .contains("f64[3] = normal[shape=(3,), dtype=f64]");
  }

  @Test
  void samplesAreConstants() {
    Tensor z = normal(key(3), 3);
    Function<Tensor, Tensor> f = x -> sum(x.mul(normal(key(3), 3)));
    assertThat(grad(f, ones(3))).isEqualTo(z);
  }

  /** Location and scale of a sample that is a function of them. */
  public record Gaussian(Tensor mean, Tensor std) {}

  @Test
  void reparameterizedSamplesAreDifferentiableInTheirParameters() {
    Tensor z = normal(key(4), 5);
    Gaussian at = new Gaussian(scalar(2), scalar(0.5));
    Gaussian gradient = grad(g -> sum(g.mean().add(g.std().mul(normal(key(4), 5)))), at);
    assertThat(gradient.mean()).isEqualTo(scalar(5));
    assertThat(gradient.std()).isEqualTo(sum(z));
    assertThat(jvp(s -> s.mul(normal(key(4), 5)), scalar(2), scalar(1)).tangent()).isEqualTo(z);
  }

  /** A key may stand in a tree that is differentiated. */
  public record State(Tensor x, Key key) {}

  @Test
  void keysInsideDifferentiatedTrees() {
    State state = new State(ones(2), key(5));
    State gradient = grad(s -> sum(s.x().mul(normal(s.key(), 2))), state);
    assertThat(gradient.x()).isEqualTo(normal(key(5), 2));
    assertThat(gradient.key().words().toIntArray()).containsOnly(0);
  }

  @Test
  void gradientsAreMappedOverKeys() {
    Key keys = split(key(6), 4);
    Tensor each = vmap(k -> grad(x -> sum(x.pow(2).mul(normal(k, 3))), ones(3)), keys);
    for (int i = 0; i < 4; i++) {
      assertThat(each.get(i)).isEqualTo(normal(keys.get(i), 3).mul(2));
    }
    Tensor summed = grad(x -> sum(vmap(k -> sum(x.mul(normal(k, 3))), keys)), ones(3));
    Tensor expected = normal(keys.get(0), 3);
    for (int i = 1; i < 4; i++) {
      expected = expected.add(normal(keys.get(i), 3));
    }
    assertNear(summed, expected.toArray());
  }
}
