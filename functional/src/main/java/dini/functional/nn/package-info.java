/**
 * Modules: records of tensors with methods. A record is a tree already, so a module needs no base
 * class and no registration of parameters: {@code grad(net -> net.loss(batch), net)} is a net of
 * gradients.
 *
 * <pre>{@code
 * record Net(Linear hidden, Linear out) {
 *   Tensor apply(Tensor x) {
 *     return out.apply(tanh(hidden.apply(x)));
 *   }
 * }
 * }</pre>
 *
 * <p>Here are a few layers, of which {@link dini.functional.nn.BatchNorm} shows how running
 * statistics are told from parameters; losses; modules whose parameters solve an inner problem,
 * differentiable in the meta-parameters that pose it; modules whose gradient is estimated from
 * values; and the state dictionaries of TorchOpt.
 *
 * <p>Builds on {@code dini.functional}, its {@code optim} and its {@code random}, which know
 * nothing of this package.
 */
package dini.functional.nn;
