package dini.functional.golden;

import com.google.gson.JsonObject;
import dini.core.Tensor;
import java.util.List;

/** An operation of the library as the golden records call it. */
@FunctionalInterface
interface Op {
  List<Tensor> apply(List<Tensor> inputs, JsonObject params);
}
