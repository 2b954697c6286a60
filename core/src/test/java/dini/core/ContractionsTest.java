package dini.core;

import static dini.core.Contractions.einsum;
import static dini.core.Contractions.kron;
import static dini.core.Contractions.tensordot;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.trace.Staging;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contractions: meanings, orders, refusals. Values and derivatives are in the catalogue. */
class ContractionsTest {

  @Test
  void meanings() {
    Tensor a = tensor(new double[][] {{1, 2}, {3, 4}});
    assertThat(einsum("ij,jk->ik", a, a)).isEqualTo(Products.matmul(a, a));
    assertThat(einsum("ii", a)).isEqualTo(Tensors.scalar(5));
    assertThat(einsum(" i j -> j i ", a)).isEqualTo(a.transpose());
    assertThat(einsum("->", Tensors.scalar(3))).isEqualTo(Tensors.scalar(3));
    assertThat(einsum(",->", Tensors.scalar(3), Tensors.scalar(4))).isEqualTo(Tensors.scalar(12));
    assertThat(einsum("...->", a)).isEqualTo(Tensors.scalar(10));
    assertThat(einsum("i...->...", a)).isEqualTo(tensor(4, 6));
    // capitals come first without an arrow
    assertThat(einsum("aB", a)).isEqualTo(a.transpose());
    assertThat(einsum("ij,jk->ik", zeros(2, 0), zeros(0, 3))).isEqualTo(zeros(2, 3));
    Tensor whole = a.astype(DType.INT64);
    assertThat(einsum("ij,jk->ik", whole, whole))
        .isEqualTo(Products.matmul(a, a).astype(DType.INT64));
    assertThat(kron(Tensors.scalar(2), a)).isEqualTo(a.mul(2));
    assertThat(tensordot(a, a, 0).shape()).isEqualTo(Shape.of(2, 2, 2, 2));
    assertThat(Products.dot(ones(2, 3), ones(4, 3, 5)).shape()).isEqualTo(Shape.of(2, 4, 5));
    assertThat(Products.matvec(ones(4, 2, 3), ones(3)).shape()).isEqualTo(Shape.of(4, 2));
  }

  private static String program(String equation, Tensor... operands) {
    List<TensorType> types = List.of(operands).stream().map(Tensor::type).toList();
    return Staging.stage(x -> new Tensor[] {einsum(equation, x)}, types).program().toString();
  }

  @Test
  void aChainIsContractedFromItsCheapEnd() {
    // (A B) v takes 2000 multiplications for A B, A (B v) takes 200 in all
    String program = program("ij,jk,k->i", ones(10, 20), ones(20, 10), ones(10));
    assertThat(program).doesNotContain("[10,10]");
    assertThat(program.split("matmul", -1)).hasSize(3);
  }

  @Test
  void transposedOperandsAreNotMoved() {
    assertThat(program("ji,jk->ik", ones(3, 2), ones(3, 4))).doesNotContain("= transpose");
    assertThat(program("ij,kj->ik", ones(2, 3), ones(4, 3))).doesNotContain("= transpose");
    assertThat(program("bji,bkj->bik", ones(5, 3, 2), ones(5, 4, 3))).doesNotContain("= transpose");
    assertThat(program("bji,jk->ik", ones(5, 3, 2), ones(3, 4))).contains("sum");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ij,jk->il | no operand has 'l' of the result",
        "ij,jk->ii | the result has 'i' twice",
        "i1->i | '1' in \"i1->i\"",
        "i..j | '.' in \"i..j\"",
        "i.j | '.'",
        "...i... | more than one ellipsis",
        "ij->j->i | '-'",
        "ij | has 1 operands, got 2 tensors",
        "ij,jk,kl | has 3 operands, got 2 tensors",
        "ij,j->i | operand 1 of \"ij,j->i\" is f64[3,4], expected 1 axes",
        "ij,jkl... | operand 1 of \"ij,jkl...\" is f64[3,4], expected 3 or more axes",
        "ij,ik->jk | 'i' has extents 2 and 3",
        "i...,j... | an axis of the ellipsis has extents 3 and 4",
      })
  void refusals(String equation, String message) {
    assertThatThrownBy(() -> einsum(equation, ones(2, 3), ones(3, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("einsum: ")
        .hasMessageContaining(message);
  }

  @Test
  void otherRefusals() {
    assertThatThrownBy(() -> einsum("i,i", ones(2), ones(2).astype(DType.FLOAT32)))
        .isInstanceOf(DTypeException.class)
        .hasMessageContaining("einsum");
    assertThatThrownBy(() -> tensordot(ones(2, 3), ones(2, 3), 1))
        .isInstanceOf(ShapeException.class)
        .hasMessage("tensordot: axis 1 of f64[2,3] and axis 0 of f64[2,3]: extents differ");
    assertThatThrownBy(() -> tensordot(ones(2), ones(2), 2)).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> tensordot(ones(2, 2), ones(2, 2), new int[] {0, -2}, new int[] {0, 1}))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> tensordot(ones(2), ones(2), new int[] {0}, new int[0]))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> kron(ones(2), ones(2).astype(DType.FLOAT32)))
        .isInstanceOf(DTypeException.class);
    assertThatThrownBy(() -> Products.dot(ones(2), ones(3))).isInstanceOf(ShapeException.class);
  }
}
