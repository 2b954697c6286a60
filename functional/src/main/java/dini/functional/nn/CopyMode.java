package dini.functional.nn;

/**
 * How {@link StateDicts} takes the state of a target. Values do not change, so no mode copies
 * numbers; what differs is which derivatives the state has.
 */
public enum CopyMode {
  /** The tensors themselves, with their derivatives. */
  REFERENCE,
  /** The same: no operation can tell a copy of an immutable value from the value. */
  COPY,
  /** The values without derivatives. */
  DEEPCOPY
}
