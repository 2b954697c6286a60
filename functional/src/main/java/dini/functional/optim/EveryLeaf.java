package dini.functional.optim;

import java.util.function.Predicate;

/** The mask of all leaves. */
enum EveryLeaf implements Predicate<String> {
  MASK;

  @Override
  public boolean test(String leaf) {
    return true;
  }

  @Override
  public String toString() {
    return "all leaves";
  }
}
