package dini.functional.golden;

import com.google.gson.JsonObject;
import dini.core.Tensor;
import java.util.List;

/** A composite function as the golden records describe it in words. */
@FunctionalInterface
interface Formula {
  Tensor apply(List<Tensor> inputs, JsonObject params);
}
