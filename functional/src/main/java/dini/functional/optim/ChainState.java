package dini.functional.optim;

import java.util.List;

/**
 * The states of the links of a chain.
 *
 * @param states one state a link, in order; each a tree
 */
public record ChainState(List<?> states) {}
